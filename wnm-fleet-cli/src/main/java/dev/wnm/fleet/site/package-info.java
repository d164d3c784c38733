/** The page, the API and the metrics of a fleet, by the server of {@code wnm-web}; what is shown is read by one thread, however many look. */
@NullMarked
package dev.wnm.fleet.site;

import org.jspecify.annotations.NullMarked;

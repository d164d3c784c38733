/** The colony in the text format of Prometheus. */
@NullMarked
package dev.wnm.web.metrics;

import org.jspecify.annotations.NullMarked;

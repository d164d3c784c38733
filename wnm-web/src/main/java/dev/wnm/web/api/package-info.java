/** The colony in JSON: what is asked, and what is ordered. */
@NullMarked
package dev.wnm.web.api;

import org.jspecify.annotations.NullMarked;

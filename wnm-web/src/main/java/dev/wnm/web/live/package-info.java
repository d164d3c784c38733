/** What the colony looks like now, kept in memory, so that any number of readers cost no more than one. */
@NullMarked
package dev.wnm.web.live;

import org.jspecify.annotations.NullMarked;

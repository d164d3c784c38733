/** What wnm's own modules share and nobody else should use: it may change at any time. */
@NullMarked
package dev.wnm.spi.internal;

import org.jspecify.annotations.NullMarked;

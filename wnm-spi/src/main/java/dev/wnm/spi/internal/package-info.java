/** What wnm's own modules share and nobody else should use: it may change at any time. */
package dev.wnm.spi.internal;

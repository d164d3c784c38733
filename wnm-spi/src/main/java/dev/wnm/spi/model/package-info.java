/**
 * The words that wnm and its back ends share: nodes' ports, versions, containers and their groups, as immutable records.
 *
 * <p>Nothing here does I/O or reads a clock.
 */
@NullMarked
package dev.wnm.spi.model;

import org.jspecify.annotations.NullMarked;

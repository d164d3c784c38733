/**
 * What back ends need to read what a person wrote: how a text is split into words as a shell does, and how bad input is said.
 */
@NullMarked
package dev.wnm.spi.config;

import org.jspecify.annotations.NullMarked;

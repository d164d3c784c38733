/** Fleets that exist in memory only, on which the real state machine and the real decision engine are tried. Uses all other packages. */
@NullMarked
package dev.wnm.fleet.simulate;

import org.jspecify.annotations.NullMarked;

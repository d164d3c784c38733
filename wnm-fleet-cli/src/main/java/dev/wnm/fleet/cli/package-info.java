/** {@code wnm fleet}: one class for each word after it. */
@NullMarked
package dev.wnm.fleet.cli;

import org.jspecify.annotations.NullMarked;

/**
 * Finds the back ends, on the class path and in the plug-in folder, and the node programs of that folder, and stands between core and
 * each of them: what a back end throws, leaves out or does not answer in time becomes unknown, failed or unavailable, in a sentence
 * that names it.
 *
 * <p>May use {@code model} and the SPI. What a back end offers and is given is in {@code dev.wnm.spi.manager}.
 */
@NullMarked
package dev.wnm.core.managers;

import org.jspecify.annotations.NullMarked;

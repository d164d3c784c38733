/**
 * A stand-in for the {@code ant} command and its daemon, for tests of what drives it.
 *
 * <p>May use nothing else of wnm but the SPI and the top of the testkit.
 */
package dev.wnm.testkit.ant;

/**
 * The stand-in for antnode: one script that behaves towards its process manager and its probes as a real antnode does, and
 * what installs copies of it.
 *
 * <p>May use {@code model} of the SPI and nothing else, no test library either: {@code wnm --demo} brings it along.
 */
package dev.wnm.testkit.antnode;

/**
 * Small helpers that tests share: waiting with a deadline, free ports, asking a node over plain HTTP.
 *
 * <p>May use {@code model} of the SPI, and no test library.
 */
package dev.wnm.testkit;

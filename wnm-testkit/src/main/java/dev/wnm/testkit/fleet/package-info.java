/**
 * The fleet simulator: one process that serves thousands of metrics ports, for scale runs and for back ends that exist in
 * memory only.
 *
 * <p>May use {@code dev.wnm.testkit} itself, its {@code antnode}, and {@code model} of the SPI, and no test library.
 */
package dev.wnm.testkit.fleet;

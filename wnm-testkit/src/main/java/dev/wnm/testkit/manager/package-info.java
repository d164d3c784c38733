/**
 * The conformance suite that every process manager passes, the rules that the code of wnm's own keeps to, and a process
 * manager that exists in memory only.
 *
 * <p>May use the SPI, the runner, the stand-in, the simulator, JUnit, AssertJ and
 * ArchUnit.
 */
package dev.wnm.testkit.manager;

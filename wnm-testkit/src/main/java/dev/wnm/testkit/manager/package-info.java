/**
 * The conformance suite that every process manager passes, and a process manager that exists in memory only.
 *
 * <p>May use core's {@code manager}, {@code model} and {@code command}, the stand-in, the simulator, JUnit and AssertJ.
 */
package dev.wnm.testkit.manager;

/**
 * Tests that run where no test runner is: in a container that is a machine of its own. {@link
 * dev.wnm.testkit.inside.JavaMachine} is the way in.
 *
 * <p>May use {@code dev.wnm.testkit.docker}, the runner, and JUnit.
 */
package dev.wnm.testkit.inside;

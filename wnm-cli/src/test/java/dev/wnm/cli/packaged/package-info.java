/**
 * Tests of the packaged jar from the outside: each runs {@code java -jar wnm-cli.jar} as a person would, in a HOME of its
 * own that is empty at first, with stand-ins for antnode that really listen. Where a run's process is no matter, and there are
 * many runs, one JVM with the jar's classes makes them all ({@link dev.wnm.cli.packaged.KeptJvm}).
 *
 * <p>May use the test kit and a plain look into the database; nothing of the program itself, but for how such a JVM is started.
 */
package dev.wnm.cli.packaged;

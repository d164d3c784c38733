/**
 * Tests of the packaged jar from the outside: each runs {@code java -jar wnm-cli.jar} as a person would, in a HOME of its
 * own that is empty at first, with stand-ins for antnode that really listen.
 *
 * <p>May use the test kit and a plain look into the database; nothing of the program itself.
 */
package dev.wnm.cli.packaged;

/**
 * The stand-in for antctl: one script that takes the words, keeps the files and prints the text of the real one, runs nodes
 * without a service manager, and fails in the ways that it is told to; and what installs copies of it.
 *
 * <p>May use nothing but the JDK, no test library either.
 */
package dev.wnm.testkit.antctl;

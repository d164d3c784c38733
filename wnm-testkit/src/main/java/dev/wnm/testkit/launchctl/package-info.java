/**
 * The stand-in for launchctl and the launchd behind it: one script that takes the words, checks property lists and really
 * supervises what they run; and what installs copies of it.
 *
 * <p>May use nothing but the JDK, no test library either.
 */
package dev.wnm.testkit.launchctl;

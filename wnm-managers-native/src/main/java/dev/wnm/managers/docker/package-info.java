/**
 * One Docker container for each node: {@code docker+user}.
 *
 * <p>A node's folders, logs and binary are on this machine, and in its container at the same places; the container itself
 * holds nothing and is made anew whenever it does not fit any more. It is recognised by its labels. Keeps nothing: what
 * there is, docker and the folders tell.
 *
 * <p>May use the SPI and {@code support}.
 */
package dev.wnm.managers.docker;

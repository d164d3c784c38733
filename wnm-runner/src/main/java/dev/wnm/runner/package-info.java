/**
 * Runs other programs, as {@code dev.wnm.spi.command} asks: the one place of wnm that starts a process.
 *
 * <p>Root runs no program that others could have put there.
 */
package dev.wnm.runner;

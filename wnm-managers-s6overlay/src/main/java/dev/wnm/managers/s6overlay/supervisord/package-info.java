/**
 * Turns a supervisord.conf into a tree of s6-overlay services: {@link dev.wnm.managers.s6overlay.supervisord.Conversion}
 * is the way in. Reads the operator's files and writes one new folder, by {@code output}; runs nothing.
 */
package dev.wnm.managers.s6overlay.supervisord;

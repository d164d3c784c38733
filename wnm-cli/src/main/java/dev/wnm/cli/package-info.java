/**
 * The {@code wnm} program: parses, wires, prints. Everything that decides or acts is in {@code wnm-core}.
 */
package dev.wnm.cli;

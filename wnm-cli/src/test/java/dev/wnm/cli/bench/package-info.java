/**
 * Main programs that print figures about the packaged wnm, for {@code docs/bench.md}; no test runs them, none depends on
 * time. They start the launcher of an unpacked distribution as an operator would.
 */
package dev.wnm.cli.bench;

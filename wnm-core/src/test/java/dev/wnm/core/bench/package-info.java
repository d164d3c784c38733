/** Main programs that print figures about core, for {@code docs/bench.md}; no test depends on time. */
package dev.wnm.core.bench;

/**
 * The machine: what there is of CPU, memory, load, disk and network ({@link dev.wnm.core.host.HostMeter} is the way in), whether
 * something holds a port, and waiting.
 *
 * <p>On Linux the kernel's text files are read directly, elsewhere OSHI is asked: its first answer costs a quarter of a
 * second in a cold JVM, nearly half of what a cycle may take, and {@code /proc} a tenth of that ({@code docs/bench.md}).
 * Nothing that is missing, unreadable or absurd is fatal: it is unknown, never 0, and told with its source. May use {@code model} only.
 */
@NullMarked
package dev.wnm.core.host;

import org.jspecify.annotations.NullMarked;

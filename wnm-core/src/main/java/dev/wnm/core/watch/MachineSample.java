package dev.wnm.core.watch;

import dev.wnm.core.model.HostMetrics;
import java.time.Duration;

/**
 * One look at the machine.
 *
 * @param covers the time that its rates are about: that since the look before
 * @param metrics what was seen; what is absent is unknown
 */
record MachineSample(Duration covers, HostMetrics metrics) {}

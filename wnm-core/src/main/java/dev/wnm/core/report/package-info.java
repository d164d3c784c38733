/**
 * What wnm tells about its nodes and its machine, as text, JSON, CSV, shell assignments, a config file or InfluxDB lines. What can be told
 * of a node, of a service beside nodes and of a container group is in {@link dev.wnm.core.report.NodeColumns},
 * {@link dev.wnm.core.report.CompanionLine} and {@link dev.wnm.core.report.PortLine}; {@code table} lays it out.
 *
 * <p>Pure functions: data in, text out, without a line break at the end. They print nothing, open nothing and read no clock.
 * Names, order and layout are those of the Python wnm 0.5.0, since scripts read them; what is ours alone comes last, and never
 * in {@link dev.wnm.core.report.ReportFormat#JSON_COMPAT}; {@link dev.wnm.core.report.StatusReport} is ours altogether. Lines for InfluxDB are NTracking's, unless the Python wnm's are asked for.
 * May use {@code model}, {@code allocation}, {@code config}, {@code decision}, {@code history}, {@code whatif} and {@code query}.
 */
@API(status = API.Status.STABLE)
@NullMarked
package dev.wnm.core.report;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

/**
 * Tables: each column is defined once ({@link dev.wnm.core.report.table.Column}), and text for a terminal or a pipe, CSV, JSON,
 * {@code --columns}, {@code --sort} and {@code --filter} follow from that. Knows nothing of what its rows are; pure. May use
 * {@code query} and {@code config}.
 */
@API(status = API.Status.STABLE)
@NullMarked
package dev.wnm.core.report.table;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

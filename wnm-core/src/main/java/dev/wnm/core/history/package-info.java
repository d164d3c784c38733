/**
 * What was, as it can be asked for: the machine, the nodes, decisions and operations by range of time, in a form for charts and lists;
 * and what a cycle has to leave so that it can be.
 *
 * <p>Views and values only: nothing here does I/O or reads a clock. {@code store} answers {@link dev.wnm.core.history.History}. May use
 * {@code model} and {@code decision}.
 */
@API(status = API.Status.STABLE)
@NullMarked
package dev.wnm.core.history;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

/**
 * The words of wnm: nodes, their states, ports, versions, metrics and limits, as immutable records and enums.
 *
 * <p>Nothing here does I/O, reads a clock or knows another package of wnm; everything else may use it.
 */
@API(status = API.Status.STABLE)
@NullMarked
package dev.wnm.core.model;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

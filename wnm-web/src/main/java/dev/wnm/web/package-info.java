/**
 * The page of a watched colony, its JSON API, events and metrics. {@link dev.wnm.web.WebAddOn} is found as a service by {@code --watch};
 * nothing else of wnm knows this module.
 *
 * <p>{@code http} is the server, {@code live} what is known of the colony now, {@code api} and {@code metrics} say it in JSON and for
 * Prometheus. Orders go the way of the command line: the same lock, checks, journal and limits.
 */
@NullMarked
package dev.wnm.web;

import org.jspecify.annotations.NullMarked;

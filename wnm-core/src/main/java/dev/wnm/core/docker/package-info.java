/**
 * The docker command, for back ends whose nodes live in containers.
 *
 * <p>Runs docker through {@code command} and reads what it prints; decides nothing. May use {@code command},
 * {@code manager} and {@code model}.
 */
package dev.wnm.core.docker;

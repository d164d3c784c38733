/**
 * The docker command, and what all back ends need whose nodes live in containers: whose account nodes run as, limits, names
 * of containers, images.
 *
 * <p>Runs docker through {@code command} and reads what it prints. May use {@code command}, {@code files},
 * {@code manager} and {@code model}.
 */
package dev.wnm.core.docker;

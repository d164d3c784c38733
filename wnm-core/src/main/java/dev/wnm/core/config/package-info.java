/**
 * The options of wnm: each defined once, and all that follows from its definition.
 *
 * <p>{@link dev.wnm.core.config.Options} are core's own; {@link dev.wnm.core.config.OptionRegistry} has these and those that back ends
 * declare. From one entry come the command-line option, the environment
 * variables, the config-file key, the database column, the check, the line in {@code --help} and the row in
 * {@code docs/options.md}. {@link dev.wnm.core.config.SettingsResolver} reads all sources, settles which one wins and hands
 * out immutable {@link dev.wnm.core.config.Settings}. It reads config files and nothing else: it opens no database and
 * changes nothing. May use {@code model}, {@code allocation}, {@code wallet},
 * {@code managers} and the SPI.
 */
@API(status = API.Status.STABLE)
@NullMarked
package dev.wnm.core.config;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

package dev.wnm.core.config;

/**
 * What the configuration of another program says of one of our options, not yet checked.
 *
 * @param text in the form that the option takes
 * @param where it stands, for messages, such as {@code NodeCap in /var/antctl/config}
 */
public record ForeignValue(Option<?> option, String text, String where) {}

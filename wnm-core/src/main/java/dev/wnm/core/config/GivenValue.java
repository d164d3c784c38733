package dev.wnm.core.config;

/**
 * What one source says of one option, not yet checked.
 *
 * @param text as it was written, quotes removed
 * @param origin where
 */
record GivenValue(Option<?> option, String text, Origin origin) {}

package dev.wnm.managers.support;

import java.time.Instant;

/**
 * What is told of a file without opening it.
 *
 * @param bytes how long it is
 * @param writtenAt when it was last written
 */
public record FileStat(long bytes, Instant writtenAt) {}

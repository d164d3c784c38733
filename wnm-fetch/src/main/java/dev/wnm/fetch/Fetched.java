package dev.wnm.fetch;

import java.nio.file.Path;

/**
 * What came of an order.
 *
 * @param program where the program is, or would be
 * @param isDone whether it is there now
 * @param sentence what was done, or would be
 */
public record Fetched(Path program, boolean isDone, String sentence) {}

package dev.wnm.fetch;

import dev.wnm.core.model.WantedRelease;
import java.nio.file.Path;

/**
 * What an operator wants to have.
 *
 * @param wanted which release
 * @param configured where nodes get their copies from, as {@code --antnode_path} says
 * @param mayBeOlder whether it may take the place of a program that is newer
 * @param dryRun whether only to say what would be done; nothing is written then
 */
public record FetchOrder(WantedRelease wanted, Path configured, boolean mayBeOlder, boolean dryRun) {}

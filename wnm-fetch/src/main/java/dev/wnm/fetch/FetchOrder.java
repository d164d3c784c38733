package dev.wnm.fetch;

import dev.wnm.core.model.WantedRelease;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an operator wants to have.
 *
 * @param wanted which release
 * @param digest the SHA-256 that the program itself has to have, as small hexadecimal digits; empty where any will do that is signed
 * @param configured where nodes get their copies from, as {@code --antnode_path} says
 * @param mayBeOlder whether it may take the place of a program that is newer
 * @param dryRun whether only to say what would be done; nothing is written then
 */
public record FetchOrder(WantedRelease wanted, Optional<String> digest, Path configured, boolean mayBeOlder, boolean dryRun) {
  /** One that names no digest. */
  public FetchOrder(WantedRelease wanted, Path configured, boolean mayBeOlder, boolean dryRun) {
    this(wanted, Optional.empty(), configured, mayBeOlder, dryRun);
  }
}

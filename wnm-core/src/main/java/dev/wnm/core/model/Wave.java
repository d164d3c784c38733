package dev.wnm.core.model;

import dev.wnm.spi.model.Version;
import java.time.Instant;
import java.util.Optional;

/**
 * A binary on its way to the nodes. One node gets it first; the others get it once that one has proven it, and none as long as
 * it is held back because a node died with it.
 *
 * @param binary what tells the binary from every other one
 * @param version its version, where that can be read
 * @param since deaths before this time, whole seconds, do not speak against it
 * @param proven whether a node has answered with it for the settling time
 * @param held whether no node gets it because one died with it
 * @param failures upgrades to it in a row that failed, 0 or more
 * @param retryAfter no upgrade to it is tried before this time; {@link Instant#EPOCH} means at once
 * @param trouble why it is held back, or why the last upgrade failed, in a clause; else empty
 */
public record Wave(String binary, Optional<Version> version, Instant since, boolean proven, boolean held, int failures,
    Instant retryAfter, String trouble) {

  /** One that no node has got yet. */
  public static Wave of(String binary, Optional<Version> version, Instant now) {
    return new Wave(binary, version, now, false, false, 0, Instant.EPOCH, "");
  }

  /** A node has answered with it for the settling time. */
  public Wave passed(Instant now) {
    return new Wave(binary, version, held ? now : since, true, false, 0, Instant.EPOCH, "");
  }

  /** An upgrade to it failed before it could be seen how the node does with it. */
  public Wave failed(String reason, Instant now) {
    return new Wave(binary, version, since, proven, held, failures + 1, BackOff.after(failures, now), held ? trouble : reason);
  }

  /** A node died with it. */
  public Wave heldBack(String reason, Instant now) {
    return new Wave(binary, version, now, false, true, failures, retryAfter, reason);
  }

  /** How the binary is called in sentences. */
  public String name() {
    return version.map(known -> "version " + known).orElse("this binary");
  }
}

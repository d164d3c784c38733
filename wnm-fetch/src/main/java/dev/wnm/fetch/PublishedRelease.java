package dev.wnm.fetch;

import dev.wnm.spi.model.Version;
import java.net.URI;
import java.util.Optional;

/**
 * A release that can be downloaded.
 *
 * @param archive where its archive is
 * @param signature where the archive's signature is
 * @param digest the archive's checksum as {@code sha256:} and hexadecimal digits, where the publisher tells it
 */
record PublishedRelease(Version version, URI archive, URI signature, Optional<String> digest) {
  boolean isPreRelease() {
    return version.text().contains("-");
  }
}

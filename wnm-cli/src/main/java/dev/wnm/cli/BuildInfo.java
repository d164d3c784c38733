package dev.wnm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What was built: version and commit, put into the jar by the build. */
final class BuildInfo {
  private BuildInfo() {}

  /** {@code wnm version 1.0.0 (commit 0123abc)}. */
  static String line() {
    Properties build = new Properties();
    try (InputStream file = BuildInfo.class.getResourceAsStream("build.properties")) {
      build.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the jar of wnm is damaged", e);
    }
    String commit = build.getProperty("git.commit.id.abbrev", "");
    return "wnm version " + build.getProperty("git.build.version") + (commit.isEmpty() ? "" : " (commit " + commit + ")");
  }
}

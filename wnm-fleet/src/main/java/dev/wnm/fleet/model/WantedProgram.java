package dev.wnm.fleet.model;

import dev.wnm.fleet.json.Texts;

/**
 * A release of the node program.
 *
 * @param version such as {@code 0.4.17}
 * @param sha256 of the program itself, as 64 small hexadecimal digits: what a host gets may be nothing else
 */
public record WantedProgram(String version, String sha256) {
  public WantedProgram {
    if (!version.matches("[0-9]{1,6}(\\.[0-9]{1,6}){1,3}(-[0-9A-Za-z.]{1,32})?")) {
      throw new IllegalArgumentException("a version must be such as 0.4.17, not '" + Texts.shown(version) + "'");
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a SHA-256 must be 64 small hexadecimal digits, not '" + Texts.shown(sha256) + "'");
    }
  }

  @Override
  public String toString() {
    return version + " (SHA-256 " + sha256.substring(0, 12) + "…)";
  }
}

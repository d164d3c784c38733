package dev.wnm.spi.program;

import java.util.Locale;

/** Whether the nodes of a program upgrade themselves, with the settings of today. */
public enum SelfUpgrade {
  /** They look for newer releases and move to them by themselves. */
  ON,
  /** Only wnm changes their binaries. */
  OFF,
  /** Nobody can tell: some of its releases do. */
  UNKNOWN;

  /** For reports: {@code on}, {@code off} or {@code unknown}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

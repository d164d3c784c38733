package dev.wnm.spi.manager;

import java.util.Locale;

/** Families of operating systems that keep their files, and run their services, in different ways. */
public enum OperatingSystem {
  LINUX, MACOS, OTHER;

  /** The one of this name, as Java's property {@code os.name} has it. */
  public static OperatingSystem named(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return lowerCase.startsWith("linux") ? LINUX : lowerCase.startsWith("mac") ? MACOS : OTHER;
  }
}

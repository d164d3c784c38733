package dev.wnm.core.service;

import java.nio.file.Files;
import java.nio.file.Path;

/** What files tell of systemd, without running anything. */
public final class SystemdFacts {
  private SystemdFacts() {}

  /** Whether it runs here. @param top where the file system begins */
  public static boolean runs(Path top) {
    return Files.isDirectory(top.resolve("run/systemd/system"));
  }

  /** Whether the services of an account run without a session, and from boot on. @param top where the file system begins */
  public static boolean lingers(Path top, String account) {
    return Files.exists(top.resolve("var/lib/systemd/linger").resolve(account));
  }
}

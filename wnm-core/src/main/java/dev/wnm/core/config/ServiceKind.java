package dev.wnm.core.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How wnm itself is kept running: the words of {@code --service_kind}. */
public enum ServiceKind {
  /** A service that stays up, of systemd or launchd. */
  SERVICE,
  /** A timer of systemd. */
  TIMER,
  /** A line in the account's crontab. */
  CRON;

  /** As it stands on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this word. @throws IllegalArgumentException when there is none */
  public static ServiceKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ServiceKind::word).toList();
  }
}

package dev.wnm.managers.s6overlay.companion;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What becomes of a running service that has lost what it needs. */
public enum OnLoss {
  /** It goes on, and the loss is reported. */
  LEAVE,
  /** It is stopped and started again, which waits for what it needs. */
  RESTART,
  /** It is stopped, and started again when what it needs is back. */
  STOP;

  private static final String OPTION = "--on_loss";

  /** Reads {@code --on_loss}. */
  public static Map<String, OnLoss> read(String text, Map<String, Set<String>> members) {
    NamedValues values = NamedValues.read(OPTION, text, "NAME=" + Arrays.stream(values()).map(OnLoss::word).collect(Collectors.joining("|")));
    return values.one(members, value -> Arrays.stream(values()).filter(each -> each.word().equals(value)).findFirst()
        .orElseThrow(() -> values.refused(value)));
  }

  /** As it stands on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.wnm.core.config;

import java.util.Locale;
import java.util.Set;

/** What the settings ask for in matters of the firewall: {@link Options#FIREWALL}, put in terms of this machine. */
public enum FirewallMode {
  /** The operator wants ufw. */
  UFW,
  /** ufw where it is installed, since wnm has root's rights for nodes anyway. */
  UFW_IF_THERE,
  /** Nothing was asked for, and wnm does without root's rights. */
  NO_RIGHTS,
  /** The operator wants none. */
  NONE;

  /** The Python wnm's variable, without {@code WNM_} and in lower case. It overrules every other source. */
  static final String DISABLED = "firewall_disabled";

  private static final Set<String> YES = Set.of("1", "true", "yes");

  public static FirewallMode of(Settings settings) {
    Platform platform = settings.platform();
    String disabled = platform.environment().getOrDefault("WNM_" + DISABLED.toUpperCase(Locale.ROOT), "");
    if (YES.contains(disabled.strip().toLowerCase(Locale.ROOT))) {
      return NONE;
    }
    return switch (settings.get(Options.FIREWALL)) {
      case "ufw" -> UFW;
      case "none" -> NONE;
      default -> platform.root() || settings.isForWholeSystem() ? UFW_IF_THERE : NO_RIGHTS;
    };
  }
}

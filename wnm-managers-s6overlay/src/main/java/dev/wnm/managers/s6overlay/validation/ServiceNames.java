package dev.wnm.managers.s6overlay.validation;

import java.util.Set;
import java.util.regex.Pattern;

/** Names that services of a tree can have. */
public final class ServiceNames {
  /** Services and bundles that s6-overlay brings: others may depend on them, and not be called so. */
  public static final Set<String> OF_OVERLAY = Set.of("base", "top", "fix-attrs", "legacy-services", "legacy-cont-init");
  /** Bundles of s6-overlay to which a tree may add. */
  public static final Set<String> AT_BOOT = Set.of("user", "user2");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,149}");

  private ServiceNames() {}

  /** Whether s6-rc, the shell and the programs of the image take a name as it is. */
  public static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches();
  }

  /** Whether s6-rc keeps it for itself. */
  public static boolean isOfS6Rc(String name) {
    return name.startsWith("s6rc-") || name.startsWith("s6-rc-");
  }
}

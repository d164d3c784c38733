package dev.wnm.managers.s6overlay.supervisord;

import java.util.Set;
import java.util.regex.Pattern;

/** What a service or bundle may be called: one file name that s6-rc, s6-overlay and the shell take as it is. */
final class Names {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,119}");
  /** Bundles and services of s6-overlay and s6-rc themselves. */
  private static final Set<String> TAKEN = Set.of("base", "user", "user2", "top", "default", "fix-attrs", "init-adduser",
      "legacy-services", "legacy-cont-init");

  private Names() {}

  static String check(String name, Place place) {
    if (!ALLOWED.matcher(name).matches()) {
      throw place.refuse("'" + name + "' cannot be the name of a service: letters, digits and _ . @ + - are allowed, the"
          + " first a letter, digit or _, up to 120");
    }
    if (TAKEN.contains(name) || name.startsWith("s6rc-") || name.startsWith("s6-rc-")) {
      throw place.refuse("'" + name + "' is a name that s6-overlay needs itself; rename the section");
    }
    return name;
  }
}

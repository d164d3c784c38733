package dev.wnm.managers.s6overlay.companion;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a service needs before it can start: a resource or a place in the network. */
public final class Need {
  private static final String OPTION = "--needs";

  private Need() {}

  /** Reads {@code --needs}: of each service what it needs, in the order given. */
  public static Map<String, List<Check>> read(String text, Map<String, Set<String>> members) {
    NamedValues values = NamedValues.read(OPTION, text, "NAME=CHECK, where a check is " + Check.FORM);
    return values.several(members, value -> Check.read(values, value));
  }
}

package dev.wnm.core.host;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says of each thing once that it cannot be read. */
final class Warnings {
  private static final System.Logger LOG = System.getLogger(HostMeter.class.getName());

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  void unreadable(String what, String consequence) {
    if (told.add(what)) {
      LOG.log(System.Logger.Level.WARNING, "{0} cannot be read: {1}", what, consequence);
    }
  }
}

package dev.wnm.core.colony;

import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NoticesEnds;
import dev.wnm.spi.manager.NoticesEnds.LookOut;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What back ends notice of nodes between two cycles: that some have ended, as a hint. Kept over many cycles, each of which says by
 * {@link Colony#lookOut} whom it is about. Needs neither lock nor database. Not for use by several threads.
 */
public final class NodeEnds implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NodeEnds.class.getName());

  /** By type; empty where one of that type notices nothing. */
  private final Map<String, Optional<LookOut>> lookOuts = new HashMap<>();
  private Map<String, List<NodeSpec>> nodes = Map.of();
  private Map<String, String> settings = Map.of();

  /** Which nodes seem to have lost their process since the last call, by their numbers. Returns at once. */
  public Set<Integer> ended() {
    Set<Integer> ended = new HashSet<>();
    nodes.forEach((type, members) -> lookOuts.getOrDefault(type, Optional.empty()).ifPresent(lookOut -> {
      try {
        ended.addAll(lookOut.ended(members));
      } catch (ManagerUnavailableException e) {
        only(type, e);
        lookOut.close();
        lookOuts.remove(type);
      }
    }));
    return ended;
  }

  /** Makes one for a type, where it offers that. */
  @FunctionalInterface
  interface Maker {
    Optional<NoticesEnds> of(String type) throws ManagerUnavailableException;
  }

  /** @param present the settings: with others, all begin to look out anew */
  void of(Map<String, List<NodeSpec>> running, Map<String, String> present, Maker maker) {
    if (!present.equals(settings)) {
      close();
      settings = Map.copyOf(present);
    }
    nodes = Map.copyOf(running);
    running.keySet().stream().filter(type -> !lookOuts.containsKey(type)).toList().forEach(type -> begin(type, maker));
  }

  /** Where it fails it is tried again in the next cycle. */
  private void begin(String type, Maker maker) {
    try {
      Optional<NoticesEnds> offered = maker.of(type);
      lookOuts.put(type, offered.isPresent() ? Optional.of(offered.get().lookOut()) : Optional.empty());
    } catch (ManagerUnavailableException e) {
      only(type, e);
    }
  }

  private static void only(String type, ManagerUnavailableException why) {
    LOG.log(System.Logger.Level.DEBUG, "only cycles see to nodes of {0} now: {1}", type, why.getMessage());
  }

  @Override
  public void close() {
    lookOuts.values().forEach(lookOut -> lookOut.ifPresent(LookOut::close));
    lookOuts.clear();
  }
}

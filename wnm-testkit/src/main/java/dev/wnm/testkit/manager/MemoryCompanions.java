package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.CompanionAction;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.CompanionResult;
import dev.wnm.spi.manager.CompanionView;
import dev.wnm.spi.manager.GroupCompanions;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Services beside the nodes of a {@linkplain InMemoryMachine#companions machine in memory}: they have a state and a log, and no
 * process. Safe to use from many threads.
 */
public final class MemoryCompanions {
  private final Map<String, Map<String, CompanionView>> views = new TreeMap<>();
  private final Map<CompanionName, List<String>> logs = new LinkedHashMap<>();
  private final Map<CompanionName, String> failing = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();

  MemoryCompanions() {}

  /** A group has this service from now on, or it does so. */
  public synchronized void put(String group, CompanionView view) {
    views.computeIfAbsent(group, key -> new TreeMap<>()).put(view.service(), view);
  }

  /** A service prints a line. */
  public synchronized void print(CompanionName companion, String line) {
    logs.computeIfAbsent(companion, key -> new ArrayList<>()).add(line);
  }

  /** Whatever is done to a service fails, for this reason, from now on. */
  public synchronized void fail(CompanionName companion, String reason) {
    failing.put(companion, reason);
  }

  /** What was done to services, in order: {@code WHO start a1/caddy}. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** @param isUp whether a group's container runs */
  synchronized Map<String, GroupCompanions> of(List<String> groups, Predicate<String> isUp) {
    Map<String, GroupCompanions> all = new LinkedHashMap<>();
    groups.forEach(group -> all.put(group, isUp.test(group)
        ? GroupCompanions.known(List.copyOf(views.getOrDefault(group, Map.of()).values()))
        : GroupCompanions.unknown("its container does not run")));
    return all;
  }

  synchronized CompanionResult operate(CompanionName companion, CompanionAction action, String by) {
    asked.add(by + " " + action.verb() + " " + companion);
    if (failing.containsKey(companion)) {
      return CompanionResult.failed(failing.get(companion));
    }
    CompanionView view = views.getOrDefault(companion.group(), Map.of()).get(companion.service());
    if (view == null) {
      return CompanionResult.failed("there is no " + companion);
    }
    boolean isUp = view.state() == CompanionView.State.UP;
    return switch (action) {
      case START -> isUp ? CompanionResult.unchanged("up") : become(companion, CompanionView.State.UP, "up");
      case STOP -> isUp ? become(companion, CompanionView.State.DOWN, "down") : CompanionResult.unchanged("down");
      case RESTART -> become(companion, CompanionView.State.UP, "up");
      case RELOAD -> isUp ? CompanionResult.done("HUP") : CompanionResult.failed("it does not run");
    };
  }

  private CompanionResult become(CompanionName companion, CompanionView.State state, String words) {
    put(companion.group(), CompanionView.builder(companion.service(), state).build());
    return CompanionResult.done(words);
  }

  /** A position is the number of lines before it; nobody is waited for. */
  synchronized LogPart log(CompanionName companion, LogRequest request) throws ManagerUnavailableException {
    List<String> all = logs.get(companion);
    if (all == null) {
      throw new ManagerUnavailableException(companion + " has no log");
    }
    int from = request.from().map(Integer::parseInt).orElse(Math.max(0, all.size() - request.lines()));
    return LogPart.of(all.subList(from, all.size()), Integer.toString(all.size()));
  }

  synchronized String explain(CompanionName companion) throws ManagerUnavailableException {
    if (!views.getOrDefault(companion.group(), Map.of()).containsKey(companion.service())) {
      throw new ManagerUnavailableException("there is no " + companion);
    }
    return companion.service() + " runs in memory";
  }
}

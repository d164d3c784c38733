package dev.wnm.fleet.model;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one host is asked. Nothing that can be asked changes anything, and there is no question that runs a command.
 *
 * @param kind what about
 * @param details more of it, by name, such as which node
 */
public record Question(Kind kind, Map<String, String> details) {
  private static final int LONGEST = 2_000;

  /** What can be asked, and with which details. */
  public enum Kind {
    /** How it stands now. */
    STATUS,
    /** Its nodes, one by one: {@code filter}, {@code sort}, {@code columns} as in reports. */
    NODES,
    /** The end of nodes' logs: {@code nodes}, {@code lines}, {@code since} as the options of that name. */
    LOGS,
    /** Why it does what it does: {@code node} for the life of one. */
    EXPLAIN,
    /** What its own recorded samples would have led to with other {@code settings}, {@code since} when. */
    REPLAY
  }

  public Question {
    details = Map.copyOf(new TreeMap<>(details));
    details.values().stream().filter(text -> text.length() > LONGEST).findFirst().ifPresent(text -> {
      throw new IllegalArgumentException("a detail of a question is at most " + LONGEST + " characters long");
    });
  }

  /** One without details. */
  public static Question of(Kind kind) {
    return new Question(kind, Map.of());
  }

  /** A detail; empty where it is not said. */
  public Optional<String> detail(String name) {
    return Optional.ofNullable(details.get(name)).filter(text -> !text.isEmpty());
  }
}

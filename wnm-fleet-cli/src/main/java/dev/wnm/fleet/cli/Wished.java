package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What became of a wish for several hosts, by host. */
record Wished(Map<HostName, Outcome> outcomes) {
  Wished {
    outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
  }

  /**
   * What became of it at one host.
   *
   * @param word in one
   * @param reason why it is not done, in a sentence; empty where it is done, or that is not known
   */
  record Outcome(Word word, Optional<String> reason) {
    static final Outcome DONE = new Outcome(Word.DONE, Optional.empty());
    static final Outcome WAITING = new Outcome(Word.WAITING, Optional.empty());
  }

  /** The same, for programs. */
  enum Word {
    /** The host said that it is in force. */
    DONE("done"),
    /** The host said that it will not do it. */
    REFUSED("refused"),
    /** The wish could not be kept, so that no host will do it. */
    FAILED("failed"),
    /** The wish is kept, and the host has not answered yet, or is at it. */
    WAITING("waiting");

    private final String text;

    Word(String text) {
      this.text = text;
    }
  }

  /** Whether all said that it is in force. */
  boolean isDone() {
    return outcomes.values().stream().allMatch(outcome -> outcome.word() == Word.DONE);
  }

  /** For programs, what became of it at one of the hosts. */
  Document document(HostName host) {
    Outcome outcome = Objects.requireNonNull(outcomes.get(host), "a host that nothing was wished of");
    return new Document().put("host", host).put("outcome", outcome.word().text).put("reason", outcome.reason());
  }

  /** The same of all. */
  List<Document> documents() {
    return outcomes.keySet().stream().map(this::document).toList();
  }
}

package dev.wnm.spi.manager;

import dev.wnm.spi.model.ProcessFacts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a service that runs beside nodes is doing. What is not known is empty, which is not the same as 0 or as well. Made by
 * {@link #builder}, which a further part leaves as it is. Texts come from the service itself, as do its last words: whoever prints
 * them keeps them from steering a terminal.
 *
 * @param service its name in its group
 * @param state what it does
 * @param since since when
 * @param pid its process, in the numbers of its container
 * @param ready whether it says that it can be used; empty for one that does not tell
 * @param restarts how often it was started again after its process ended, as far back as is remembered
 * @param why why it does not run, or waits
 * @param lacks what it needs and has not
 * @param health what its repeated check says; empty when it has none
 * @param limits what it may use, a clause each
 * @param rights what was taken from its rights, a clause each
 * @param lastWords what it printed last
 * @param facts what its process uses
 * @param connections how many TCP connections it has
 */
public record CompanionView(
    String service,
    State state,
    Optional<Instant> since,
    OptionalLong pid,
    Optional<Boolean> ready,
    OptionalInt restarts,
    Optional<String> why,
    Optional<String> lacks,
    Optional<Health> health,
    List<String> limits,
    List<String> rights,
    Optional<String> lastWords,
    ProcessFacts facts,
    OptionalInt connections) {

  /** What a service does. */
  public enum State {
    /** It runs. */
    UP,
    /** It waits for what it needs, or has lost that. */
    LACKING,
    /** It ended and is about to be started again. */
    WAITING,
    /** It was stopped on purpose. */
    DOWN,
    /** It ended well by itself, and is not started again. */
    ENDED,
    /** It died, and is not started again. */
    GIVEN_UP,
    /** It has not been started yet. */
    NOT_STARTED,
    /** That cannot be told. */
    UNKNOWN
  }

  /**
   * What a repeated check says.
   *
   * @param state well, failing, ill, given-up or another word of the back end's
   * @param since since when
   * @param words what the last check printed
   */
  public record Health(String state, Optional<Instant> since, String words) {}

  public CompanionView {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(state, "state");
    limits = List.copyOf(limits);
    rights = List.copyOf(rights);
  }

  /** One of which nothing else is known yet. */
  public static Builder builder(String service, State state) {
    return new Builder(service, state);
  }

  /** What is known of a service, part by part. */
  public static final class Builder {
    private final String service;
    private final State state;
    private Optional<Instant> since = Optional.empty();
    private OptionalLong pid = OptionalLong.empty();
    private Optional<Boolean> ready = Optional.empty();
    private OptionalInt restarts = OptionalInt.empty();
    private Optional<String> why = Optional.empty();
    private Optional<String> lacks = Optional.empty();
    private Optional<Health> health = Optional.empty();
    private List<String> limits = List.of();
    private List<String> rights = List.of();
    private Optional<String> lastWords = Optional.empty();
    private ProcessFacts facts = ProcessFacts.NONE;
    private OptionalInt connections = OptionalInt.empty();

    private Builder(String service, State state) {
      this.service = service;
      this.state = state;
    }

    public Builder since(Instant time) {
      since = Optional.of(time);
      return this;
    }

    public Builder pid(long process) {
      pid = OptionalLong.of(process);
      return this;
    }

    public Builder ready(boolean isReady) {
      ready = Optional.of(isReady);
      return this;
    }

    public Builder restarts(int count) {
      restarts = OptionalInt.of(count);
      return this;
    }

    public Builder why(String clause) {
      why = Optional.of(clause);
      return this;
    }

    public Builder lacks(String clause) {
      lacks = Optional.of(clause);
      return this;
    }

    /** @param words what the last check printed */
    public Builder health(String word, Optional<Instant> when, String words) {
      health = Optional.of(new Health(word, when, words));
      return this;
    }

    public Builder limits(List<String> clauses) {
      limits = clauses;
      return this;
    }

    public Builder rights(List<String> clauses) {
      rights = clauses;
      return this;
    }

    public Builder lastWords(String words) {
      lastWords = Optional.of(words);
      return this;
    }

    public Builder facts(ProcessFacts ofProcess) {
      facts = ofProcess;
      return this;
    }

    public Builder connections(int count) {
      connections = OptionalInt.of(count);
      return this;
    }

    public CompanionView build() {
      return new CompanionView(service, state, since, pid, ready, restarts, why, lacks, health, limits, rights, lastWords, facts,
          connections);
    }
  }
}

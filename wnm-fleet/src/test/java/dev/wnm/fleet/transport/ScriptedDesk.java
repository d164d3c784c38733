package dev.wnm.fleet.transport;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** A host that says what a test wants it to. */
public final class ScriptedDesk implements HostDesk {
  private final HostName host;
  private String bootId = "boot-1";
  private long sequence;
  private int running = 3;
  private Duration ahead = Duration.ZERO;
  private int grouped = 17;
  private Optional<Wish> wish = Optional.empty();
  private WishAnswer answer = WishAnswer.NONE;
  private Function<Question, Reply> answers = question -> Reply.of(question.kind() + " " + question.details());

  public ScriptedDesk(String host) {
    this.host = new HostName(host);
  }

  public synchronized ScriptedDesk running(int nodes) {
    running = nodes;
    return this;
  }

  /** Its clock is ahead by so much; behind where that is negative. */
  public synchronized ScriptedDesk clockAhead(Duration by) {
    ahead = by;
    return this;
  }

  /** @param nodes of its one group, which has block 1 */
  public synchronized ScriptedDesk grouped(int nodes) {
    grouped = nodes;
    return this;
  }

  public synchronized ScriptedDesk boot(String id, long lastSequence) {
    bootId = id;
    sequence = lastSequence;
    return this;
  }

  public synchronized ScriptedDesk answering(Function<Question, Reply> with) {
    answers = with;
    return this;
  }

  /** What is wished of it, as far as it knows. */
  public synchronized Optional<Wish> wish() {
    return wish;
  }

  @Override
  public synchronized HostState state() {
    sequence++;
    return new HostState(host, new HostState.Run(Integer.toHexString(host.hashCode()), bootId, sequence, Optional.empty()), Instant.now().plus(ahead),
        Labels.parse("site=home"), "1.0.0", Duration.ofMinutes(1),
        new HostState.Nodes(Map.of("RUNNING", running), Map.of("antnode 0.4.17", running), OptionalInt.of(20), OptionalInt.of(0), Optional.of(Instant.now().plus(ahead))),
        List.of(new HostState.Resource("Memory", "room", OptionalDouble.of(41.5), OptionalDouble.of(60), OptionalDouble.of(75), OptionalLong.of(12))),
        new HostState.Outlook("well", "all is well; “quotes” and <b>ä</b>", List.of(), List.of("add 1 node"), List.of(), "added 1", Optional.of(Instant.now())),
        Map.of("node_cap", "20"), Optional.of(new HostState.Groups(200, 55, BlockList.ALL, List.of(new HostState.Group("a1", 1, grouped)))), answer);
  }

  @Override
  public synchronized WishAnswer take(Wish wanted) {
    if (wish.isEmpty() || wanted.generation() > wish.get().generation()) {
      wish = Optional.of(wanted);
      answer = wanted.settings().containsKey("refuse") ? new WishAnswer(wanted.generation(), WishAnswer.Outcome.REFUSED, "it is to be refused")
          : new WishAnswer(wanted.generation(), WishAnswer.Outcome.APPLIED, "");
    }
    return answer;
  }

  @Override
  public Reply answer(Question question) {
    Function<Question, Reply> now;
    synchronized (this) {
      now = answers;
    }
    return now.apply(question);
  }
}

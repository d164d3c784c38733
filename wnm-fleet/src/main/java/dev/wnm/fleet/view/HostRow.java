package dev.wnm.fleet.view;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A host as an operator sees it.
 *
 * @param name it
 * @param belief what is believed of it
 * @param state what it said last; empty where it never did
 * @param heard when that came; empty where it never did
 * @param skew how much its clock is ahead of the one by which {@code heard} is told; negative where it is behind; empty where that is not known
 * @param now the time of the look
 * @param remarks what else there is to say, a sentence each
 */
public record HostRow(HostName name, Belief belief, Optional<HostState> state, Optional<Instant> heard, Optional<Duration> skew, Instant now,
    List<String> remarks) {
  public HostRow {
    remarks = List.copyOf(remarks);
  }

  /** The same later, when nothing was heard since: after a while it is silent. */
  public HostRow at(Instant later) {
    boolean isSilent = belief.isFresh() && state.isPresent() && heard.isPresent() && HostBook.isSilent(state.get(), heard.get(), later);
    return new HostRow(name, isSilent ? Belief.SILENT : belief, state, heard, skew, later, remarks);
  }

  /** How long ago it was heard; empty where it never was. */
  public Optional<Duration> age() {
    return heard.map(at -> at.isAfter(now) ? Duration.ZERO : Duration.between(at, now));
  }

  /** What it said, as far as that is believed to be so now. */
  public Optional<HostState> fresh() {
    return state.filter(said -> belief.isFresh());
  }
}

package dev.wnm.fleet.transport;

import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishAnswer;

/** Answers for a host, whichever transport asks. Safe to use by several threads. */
public interface HostDesk {
  /** How it stands now. @throws FleetException when that cannot be told */
  HostState state() throws FleetException;

  /** Carries a wish out, or says why not. One that is not newer than what came before changes nothing. */
  WishAnswer take(Wish wish);

  /** Answers a question. */
  Reply answer(Question question);
}

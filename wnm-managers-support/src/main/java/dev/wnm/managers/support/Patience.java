package dev.wnm.managers.support;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.spi.program.Stopping;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * How long nodes may take to end after they were asked to.
 *
 * @param instead the same for all, for tests with nodes that will not end; empty for what each one's program needs
 */
public record Patience(Optional<Duration> instead) {
  /** What each one's program needs. */
  public static final Patience OF_PROGRAMS = new Patience(Optional.empty());

  /** The same for all. */
  public static Patience of(Duration instead) {
    return new Patience(Optional.of(instead));
  }

  /** How long this node may take. */
  public Duration with(NodeSpec node) {
    return after(node.program().stopping());
  }

  /** How long a node may take that is asked so. */
  public Duration after(Stopping how) {
    return instead.orElse(how.grace());
  }

  /** How long any node may take. */
  public Duration longest() {
    return instead.orElseGet(() ->
        NodePrograms.all().stream().map(program -> program.stopping().grace()).max(Comparator.naturalOrder()).orElseThrow());
  }
}

package dev.wnm.core.managers;

import dev.wnm.core.managers.Border.BrokenCallException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NoticesEnds;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One that looks out, as core sees it: it returns at once or is unavailable from then on, and tells of no other nodes than those it
 * was asked about.
 */
final class GuardedLookOut implements NoticesEnds.LookOut {
  private static final System.Logger LOG = System.getLogger(GuardedLookOut.class.getName());
  /** It need not be waited for: this is for what hangs. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final NoticesEnds.LookOut lookOut;
  private final String name;
  private final CallLimits limits;
  private String broken = "";

  GuardedLookOut(NoticesEnds.LookOut lookOut, String name, CallLimits limits) {
    this.lookOut = lookOut;
    this.name = name;
    this.limits = limits;
  }

  @Override
  public Set<Integer> ended(List<NodeSpec> running) throws ManagerUnavailableException {
    if (!broken.isEmpty()) {
      throw new ManagerUnavailableException(broken);
    }
    try {
      Set<Integer> asked = running.stream().map(NodeSpec::id).collect(Collectors.toSet());
      asked.retainAll(Border.run(name, "ended", limit(), limits.grace(), () -> Set.copyOf(Whole.checked(lookOut.ended(running)))));
      return asked;
    } catch (ManagerUnavailableException | BrokenCallException e) {
      broken = Border.sentence(e);
      throw new ManagerUnavailableException(broken);
    }
  }

  private Duration limit() {
    return limits.look().compareTo(AT_ONCE) < 0 ? limits.look() : AT_ONCE;
  }

  @Override
  public void close() {
    try {
      Border.run(name, "close", limit(), limits.grace(), () -> {
        lookOut.close();
        return true;
      });
    } catch (ManagerUnavailableException | BrokenCallException e) {
      LOG.log(System.Logger.Level.DEBUG, "a lookout is left behind", e);
    }
  }
}

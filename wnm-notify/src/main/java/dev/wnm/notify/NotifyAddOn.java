package dev.wnm.notify;

import dev.wnm.core.config.NotifyTarget;
import dev.wnm.core.config.Options;
import dev.wnm.core.watch.WatchAddOn;
import java.util.List;
import java.util.Optional;

/** Tells of events where {@code --notify} or {@code --notify_file} names somebody. */
public final class NotifyAddOn implements WatchAddOn {
  @Override
  public Optional<Running> begin(Host host) {
    List<NotifyTarget> targets = Targets.of(host.settings());
    return targets.isEmpty() ? Optional.empty()
        : Optional.of(new Dispatch(targets, Kinds.of(host.settings()), Couriers.ofThisMachine(host.tools().runner()),
            host.settings().find(Options.WATCH).isPresent() ? Limits.OF_A_WATCH : Limits.OF_A_CYCLE, host));
  }

  @Override
  public boolean isForSingleCycles() {
    return true;
  }
}

package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.config.Options;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.watch.WatchAddOn;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** What goes along with a watch. Nothing that one of them does wrong reaches the cycles. */
final class AddOns implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AddOns.class.getName());

  private final List<WatchAddOn.Running> running = new ArrayList<>();

  /** @throws IOException when one of them was asked for and cannot begin */
  void begin(WatchAddOn.Host host) throws IOException {
    for (WatchAddOn addOn : ServiceLoader.load(WatchAddOn.class)) {
      addOn.begin(host).ifPresent(running::add);
    }
    if (running.isEmpty() && host.settings().find(Options.SERVE).filter(text -> !text.isEmpty()).isPresent()) {
      throw new BadInputException(Options.SERVE + ": this wnm was built without the page");
    }
  }

  void ends(Colony colony, CycleReport report) {
    for (WatchAddOn.Running addOn : running) {
      try {
        addOn.ends(colony, report);
      } catch (RuntimeException | LinkageError | StackOverflowError defect) {
        LOG.log(System.Logger.Level.WARNING, "{0} failed after a cycle: {1}", addOn.getClass().getName(), defect);
      }
    }
  }

  @Override
  public void close() {
    running.forEach(WatchAddOn.Running::close);
  }
}

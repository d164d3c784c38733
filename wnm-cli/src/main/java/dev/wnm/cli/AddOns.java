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
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What goes along with cycles. Nothing that one of them does wrong reaches the cycles. */
final class AddOns implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AddOns.class.getName());

  private final List<WatchAddOn.Running> running = new ArrayList<>();

  /** @throws IOException when one of them was asked for and cannot begin */
  void begin(WatchAddOn.Host host) throws IOException {
    begin(host, addOn -> true);
    if (running.isEmpty() && host.settings().find(Options.SERVE).filter(text -> !text.isEmpty()).isPresent()) {
      throw new BadInputException(Options.SERVE + ": this wnm was built without the page");
    }
  }

  /** Those of a single cycle. @throws IOException when one of them was asked for and cannot begin */
  void beginForOneCycle(WatchAddOn.Host host) throws IOException {
    begin(host, WatchAddOn::isForSingleCycles);
    if (running.isEmpty()) {
      throw new BadInputException(Options.NOTIFY + ": this wnm was built without what tells of events");
    }
  }

  private void begin(WatchAddOn.Host host, Predicate<WatchAddOn> which) throws IOException {
    for (WatchAddOn addOn : ServiceLoader.load(WatchAddOn.class)) {
      if (which.test(addOn)) {
        addOn.begin(host).ifPresent(running::add);
      }
    }
  }

  void ends(Colony colony, CycleReport report) {
    each(addOn -> addOn.ends(colony, report));
  }

  void fails(Colony colony) {
    each(addOn -> addOn.fails(colony));
  }

  void rests() {
    each(WatchAddOn.Running::rests);
  }

  private void each(Consumer<WatchAddOn.Running> what) {
    for (WatchAddOn.Running addOn : running) {
      try {
        what.accept(addOn);
      } catch (RuntimeException | LinkageError | StackOverflowError defect) {
        LOG.log(System.Logger.Level.WARNING, "{0} failed after a cycle: {1}", addOn.getClass().getName(), defect);
      }
    }
  }

  @Override
  public void close() {
    each(WatchAddOn.Running::close);
  }
}

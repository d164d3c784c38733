package dev.wnm.notify;

import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.config.NotifyTarget;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.Event;
import dev.wnm.core.watch.Notifier;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tells everybody once that this is a test. */
public final class NotifyTest implements Notifier {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  @Override
  public List<Tried> test(Settings settings, String colony, Dependencies tools) {
    List<NotifyTarget> targets = Targets.of(settings);
    if (targets.isEmpty()) {
      throw new BadInputException(Options.NOTIFY_TEST + " needs somebody to tell: name programs and addresses with " + Options.NOTIFY + " or in the file of "
          + Options.NOTIFY_FILE);
    }
    Instant now = tools.clock().instant();
    Event event = Event.of(Event.Kind.TEST, now, "", "this is a test, asked for by " + tools.platform().user(), "");
    return test(targets, new Message((colony.isEmpty() ? "wnm" : colony) + "-test-" + now.getEpochSecond(), event, MachineName.get(), colony),
        Couriers.ofThisMachine(tools.runner()));
  }

  private static List<Tried> test(List<NotifyTarget> targets, Message message, Couriers couriers) {
    ExecutorService threads = Executors.newFixedThreadPool(targets.size());
    try {
      List<Future<Attempt>> attempts = targets.stream().map(target -> threads.submit(() -> couriers.tell(target, message, LIMIT))).toList();
      List<Tried> tried = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        tried.add(new Tried(targets.get(i).name(), failure(attempts.get(i))));
      }
      return tried;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadInputException(Options.NOTIFY_TEST + " was interrupted");
    } finally {
      threads.shutdownNow();
    }
  }

  private static Optional<String> failure(Future<Attempt> attempt) throws InterruptedException {
    try {
      return Optional.of(attempt.get()).filter(end -> !end.isTold()).map(Attempt::why);
    } catch (ExecutionException e) {
      return Optional.of(Reason.of(e.getCause() == null ? e : e.getCause()));
    }
  }
}

package dev.wnm.core.colony;

import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.model.Event;
import dev.wnm.core.model.Told;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.EventLog;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is to be told of a colony, and to whom it was told: events stay here until everybody has been told. Whoever tells them says so
 * afterwards; one that is cut off in between tells the same event once more, under the same number.
 *
 * <p>Those who are told go by a word each from which nobody can tell how to reach them.
 */
public final class Outbox {
  private final EventLog log;
  private final Function<Optional<CycleReport>, EventLog.Found> survey;
  private final Instant now;

  Outbox(ColonyStore store, Function<Optional<CycleReport>, EventLog.Found> survey, Instant now) {
    log = store.eventLog();
    this.survey = survey;
    this.now = now;
  }

  /**
   * Adds what is new since this was last done.
   *
   * @param report of the cycle that is over; empty when it could not be run
   * @param targets who is to be told; those who are new need not be told what was before
   */
  public void add(Optional<CycleReport> report, Collection<String> targets) {
    log.keep(survey.apply(report), targets, now);
  }

  /** How far somebody was told. */
  public Told told(String target) {
    return log.told(target).orElseGet(() -> Told.since(target, 0));
  }

  /** The events after one, the oldest first. @param most no more than so many */
  public List<Event> after(long number, int most) {
    return log.after(number, most);
  }

  /** Remembers how far these were told. */
  public void remember(Collection<Told> progress) {
    log.keep(progress);
  }

  /**
   * The same between two cycles: takes the lock for as long as that takes, which is a moment.
   *
   * @return whether that could be done; not when another wnm is at work, or the database cannot be used now
   */
  public static boolean remember(Collection<Told> progress, SettingsResolver sources, Dependencies tools) {
    try (CycleLock lock = CycleLock.take(sources.database(), tools.clock().instant());
        ColonyStore store = ColonyStore.openExisting(sources.database(), tools.clock())) {
      store.eventLog().keep(progress);
      return true;
    } catch (CycleLock.HeldException busy) {
      return false;
    } catch (IOException | RuntimeException e) {
      System.getLogger(Outbox.class.getName()).log(System.Logger.Level.DEBUG, "what was told is not remembered yet", e);
      return false;
    }
  }
}

package dev.wnm.core.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.colony.LogLines;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rounds that fail in all the ways that cycles do. */
class RoundsTest {
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final List<String> answers = new ArrayList<>();

  /** Runs these rounds one after the other. @return what was logged */
  private List<String> all(Rounds.Round... rounds) {
    Rounds watch = new Rounds(MOMENT, answers::add);
    try (LogLines log = new LogLines()) {
      for (Rounds.Round round : rounds) {
        watch.run(round);
      }
      return log.at(Level.SEVERE);
    }
  }

  private static void fine() {}

  private static Rounds.Round failing(RuntimeException with) {
    return () -> {
      throw with;
    };
  }

  private static Rounds.Round unavailable(String why) {
    return () -> {
      throw new ManagerUnavailableException(why);
    };
  }

  @Test
  void troubleIsSaidWhenItBeginsChangesAndEndsAndNotEachTime() {
    List<String> log = all(RoundsTest::fine, unavailable("the engine is down (after 1.2 s)"), unavailable("the engine is down (after 3 s)"),
        unavailable("the engine is down (after 10 ms)"), failing(new StoreException("the disk is full")),
        failing(new StoreException("the disk is full")), RoundsTest::fine, RoundsTest::fine);

    assertThat(log).satisfiesExactly(
        begins -> assertThat(begins).startsWith("no cycle could run: the engine is down (after 1.2 s); it is tried again"),
        changes -> assertThat(changes).isEqualTo("still no cycle could run, now because: the disk is full"));
    assertThat(answers).containsExactly("cycles run again, after 5 that could not");
  }

  @Test
  void nothingThatACycleMayThrowEndsIt() {
    List<String> log = all(RoundsTest::fine, failing(new NullPointerException("a defect")), () -> {
      throw new IOException("gone");
    }, () -> {
      throw new StackOverflowError();
    }, () -> {
      throw new NoClassDefFoundError("a plug-in's");
    }, failing(new BadInputException("config line 1: unknown option")), RoundsTest::fine);

    assertThat(log).hasSize(5);
    assertThat(log.get(0)).contains("defect of wnm");
  }

  @Test
  void whatAPersonHasToMendEndsItOnlyAtTheStart() {
    Rounds watch = new Rounds(MOMENT, line -> {});
    assertThatThrownBy(() -> watch.run(failing(new BadInputException("--node_cap: no")))).isInstanceOf(BadInputException.class).hasMessage("--node_cap: no");
  }

  @Test
  void waitsGrowInTroubleUpToALimit() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(List.of(0, 1, 2, 3, 4, 5, 1_000_000).stream().map(failures -> Rounds.waitAfter(failures, minute).toSeconds())
        .collect(Collectors.toList())).containsExactly(60L, 60L, 120L, 240L, 300L, 300L, 300L);
    assertThat(Rounds.waitAfter(9, Duration.ofHours(2))).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void figuresAloneAreNoNews() {
    assertThat(Rounds.withoutFigures("another wnm is at work (process 12 since 2026-11-21T08:00:00Z), exit 1 after 0.3 s"))
        .isEqualTo(Rounds.withoutFigures("another wnm is at work (process 99 since 2026-11-22T09:01:02Z), exit 1 after 14 s"));
    assertThat(Rounds.withoutFigures("antnode0001 is gone")).isNotEqualTo(Rounds.withoutFigures("antnode0002 is gone"));
  }
}

package dev.wnm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.store.StoreException;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Rounds that fail in all the ways that cycles do. */
@ResourceLock("dev.wnm.cli.LogOutput")
class WatchTest {
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    LogOutput.start(new PrintStream(err, true, StandardCharsets.UTF_8), Stamps.NONE);
  }

  private List<String> log() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Runs these rounds one after the other. */
  private void all(Watch.Round... rounds) {
    AtomicInteger ran = new AtomicInteger();
    AtomicReference<Watch> watch = new AtomicReference<>();
    watch.set(new Watch(MOMENT, new PrintStream(out, true, StandardCharsets.UTF_8)::println, () -> {
      int now = ran.getAndIncrement();
      if (now == rounds.length - 1) {
        watch.get().end();
      }
      return rounds[now].run();
    }));
    watch.get().run();
    assertThat(ran).hasValue(rounds.length);
  }

  private static ExitCode fine() {
    return ExitCode.DONE;
  }

  private static Watch.Round failing(RuntimeException with) {
    return () -> {
      throw with;
    };
  }

  private static Watch.Round unavailable(String why) {
    return () -> {
      throw new ManagerUnavailableException(why);
    };
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void troubleIsSaidWhenItBeginsChangesAndEndsAndNotEachTime() {
    all(WatchTest::fine, unavailable("the engine is down (after 1.2 s)"), unavailable("the engine is down (after 3 s)"),
        unavailable("the engine is down (after 10 ms)"), failing(new StoreException("the disk is full")),
        failing(new StoreException("the disk is full")), WatchTest::fine, WatchTest::fine);

    assertThat(log()).satisfiesExactly(
        begins -> assertThat(begins).startsWith("ERROR [Watch] no cycle could run: the engine is down (after 1.2 s); it is tried again"),
        changes -> assertThat(changes).isEqualTo("ERROR [Watch] still no cycle could run, now because: the disk is full"));
    assertThat(printed().lines().toList()).containsExactly("cycles run again, after 5 that could not");
  }

  @Test
  void nothingThatACycleMayThrowEndsIt() {
    all(WatchTest::fine, failing(new NullPointerException("a defect")), () -> {
      throw new IOException("gone");
    }, () -> {
      throw new StackOverflowError();
    }, () -> {
      throw new NoClassDefFoundError("a plug-in's");
    }, failing(new BadInputException("config line 1: unknown option")), WatchTest::fine);

    assertThat(log()).hasSize(5).allSatisfy(line -> assertThat(line).startsWith("ERROR [Watch]"));
    assertThat(log().get(0)).contains("defect of wnm");
  }

  @Test
  void whatAPersonHasToMendEndsItOnlyAtTheStart() {
    Watch watch = new Watch(MOMENT, line -> {}, failing(new BadInputException("--node_cap: no")));
    assertThatThrownBy(watch::run).isInstanceOf(BadInputException.class).hasMessage("--node_cap: no");
  }

  @Test
  void waitsGrowInTroubleUpToALimit() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(List.of(0, 1, 2, 3, 4, 5, 1_000_000).stream().map(failures -> Watch.waitAfter(failures, minute).toSeconds())
        .collect(Collectors.toList())).containsExactly(60L, 60L, 120L, 240L, 300L, 300L, 300L);
    assertThat(Watch.waitAfter(9, Duration.ofHours(2))).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void figuresAloneAreNoNews() {
    assertThat(Watch.withoutFigures("another wnm is at work (process 12 since 2026-11-21T08:00:00Z), exit 1 after 0.3 s"))
        .isEqualTo(Watch.withoutFigures("another wnm is at work (process 99 since 2026-11-22T09:01:02Z), exit 1 after 14 s"));
    assertThat(Watch.withoutFigures("antnode0001 is gone")).isNotEqualTo(Watch.withoutFigures("antnode0002 is gone"));
  }
}

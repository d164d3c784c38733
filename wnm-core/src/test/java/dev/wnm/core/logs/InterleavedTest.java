package dev.wnm.core.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedTest {
  private final List<String> told = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<LogRequest> asked = new ArrayList<>();
  /** What happens at each pause, before the log is asked again. */
  private final List<Runnable> meanwhile = new ArrayList<>();

  /** A log that a test writes. */
  private final class Written {
    private final List<String> lines = new ArrayList<>();
    private String reason = "";
    private String broken = "";

    Written(String... first) {
      lines.addAll(List.of(first));
    }

    NamedLog as(String name) {
      return as(name, false);
    }

    NamedLog as(String name, boolean waits) {
      return new NamedLog(name, waits, request -> {
        asked.add(request);
        if (!broken.isEmpty()) {
          throw new ManagerUnavailableException(broken);
        }
        String end = Integer.toString(lines.size());
        return !reason.isEmpty() ? LogPart.none(reason, end)
            : LogPart.of(lines.subList(request.from().map(Integer::parseInt).orElse(Math.max(0, lines.size() - request.lines())), lines.size()), end);
      });
    }
  }

  private Interleaved of(NamedLog... logs) {
    return new Interleaved(List.of(logs), new Interleaved.Reader() {
      @Override
      public void line(String line) {
        told.add(line);
      }

      @Override
      public void lacks(String name, String why) {
        told.add("! " + name + ": " + why);
      }

      @Override
      public boolean goesOn() {
        return !meanwhile.isEmpty();
      }
    }, length -> {
      pauses.add(length);
      meanwhile.remove(0).run();
    });
  }

  @Test
  void linesAreInTheOrderOfTimeWithTheNamesOfTheirLogs() {
    assertThat(of(new Written("2026-11-30T06:00:01Z a", "  more of a", "2026-11-30T06:00:04Z c").as("one"),
        new Written("2026-11-30T06:00:02Z b").as("two")).show(LogRequest.last(9))).isTrue();

    assertThat(told).containsExactly("one: 2026-11-30T06:00:01Z a", "one:   more of a", "two: 2026-11-30T06:00:02Z b", "one: 2026-11-30T06:00:04Z c");
  }

  @Test
  void whereNoTimesAreToldOneLogComesAfterTheOther() {
    of(new Written("a", "b").as("one"), new Written("c").as("two")).show(LogRequest.last(9));

    assertThat(told).containsExactly("one: a", "one: b", "two: c");
  }

  @Test
  void aLogAloneHasNoNamesAndCannotSteerTheTerminal() {
    of(new Written("a\u001b[31m\u0007b").as("one")).show(LogRequest.last(9));

    assertThat(told).containsExactly("a b");
  }

  @Test
  void whatComesIsToldWithPausesAsLongAsNothingDoes() {
    Written log = new Written("a");
    Interleaved logs = of(log.as("one"));
    logs.show(LogRequest.last(9));
    meanwhile.addAll(List.of(() -> {}, () -> log.lines.add("b"), () -> {}));

    logs.follow(LogRequest.last(9));

    assertThat(told).containsExactly("a", "b");
    assertThat(pauses).hasSize(3).allMatch(length -> length.toMillis() >= 1_000);
    assertThat(asked).as("a node's log is not waited for").allMatch(request -> request.patience().isZero());
  }

  @Test
  void oneThatWaitsIsAskedWithPatienceAndWithoutPauses() {
    Written log = new Written("a");
    Interleaved logs = of(log.as("one", true));
    logs.show(LogRequest.last(9));
    log.broken = "its container has ended";
    meanwhile.add(() -> {});

    logs.follow(LogRequest.last(9));

    assertThat(asked.get(1).patience()).isEqualTo(Duration.ofSeconds(10));
    assertThat(pauses).isEmpty();
    assertThat(told).as("and one that breaks ends it").containsExactly("a", "! one: its container has ended");
  }

  @Test
  void oneThatIsGoneSaysSoOnceAndGoesOnWhenItIsBack() {
    Written log = new Written("a");
    Interleaved logs = of(log.as("one"), new Written("b").as("two"));
    logs.show(LogRequest.last(9));
    meanwhile.addAll(List.of(() -> log.reason = "there is none", () -> {}, () -> {
      log.reason = "";
      log.lines.add("c");
    }, () -> {}));

    logs.follow(LogRequest.last(9));

    assertThat(told).containsExactly("one: a", "two: b", "! one: there is none", "one: c");
  }

  @Test
  void oneThatCannotBeReadDoesNotHideTheOthers() {
    Written log = new Written();
    log.broken = "no permission";

    assertThat(of(log.as("one"), new Written("b").as("two")).show(LogRequest.last(9))).isFalse();
    assertThat(told).containsExactly("! one: no permission", "two: b");
  }
}

package dev.wnm.managers.antdaemon;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read from the daemon's stream of events, and what of a stream that is not as it should be. */
class EventsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static Events of(String text) {
    return Events.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), code -> "with code " + code);
  }

  private static String event(String type, String more) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"node_id\":3" + more + "}\n\n";
  }

  static Stream<String[]> events() {
    return Stream.of(
        new String[] {event("node_crashed", ",\"exit_code\":2"), "ended with code 2"},
        new String[] {event("node_crashed", ",\"exit_code\":null"), "was ended by a signal"},
        new String[] {event("node_errored", ",\"message\":\"Node crashed 5 times\\u001b[31m\\nin all\""), "is not started again: Node crashed 5 times | in all"},
        new String[] {event("node_evicted", ",\"reason\":\"only 498 MiB free\",\"reclaimed_bytes\":1"),
            "was evicted, its folder and key deleted: only 498 MiB free"},
        new String[] {event("node_upgraded", ",\"old_version\":\"0.23.1\",\"new_version\":\"0.23.2\""),
            "has upgraded itself from 0.23.1 to 0.23.2"});
  }

  @ParameterizedTest
  @MethodSource("events")
  void eachEventThatTellsMoreThanAStateHasItsWords(String event, String words) {
    try (Events events = of(": keep-alive\n\n" + event("node_starting", "") + event)) {
      assertThat(events.lastWords(3, LONG)).isEqualTo("; the ant daemon says that it " + words);
      assertThat(events.lastWords(4, Duration.ZERO)).isEmpty();
      assertThat(events.hasEnded(3)).isEqualTo(words.contains("not started again") || words.contains("evicted"));
    }
  }

  static Stream<String> oddStreams() {
    String good = event("node_crashed", ",\"exit_code\":1").strip();
    return Stream.of("", good.substring(0, good.length() - 1), "data: []\n", "data: {\"type\":\"node_crashed\"}\n", "data: null\n",
        "data: {\"type\":7,\"node_id\":3}\n", "data: {\"type\":\"node_errored\",\"node_id\":3,\"message\":{}}\n",
        "x".repeat(Events.MOST_BYTES_OF_A_LINE * 3) + "\n" + good + "\n", (": \n".repeat(Events.MOST_BYTES / 3 + 10)) + good + "\n",
        "data: " + "[".repeat(Events.MOST_BYTES_OF_A_LINE - 100) + "\n");
  }

  @ParameterizedTest
  @MethodSource("oddStreams")
  void aStreamThatMakesNoSenseTellsNothingAndEndsTheWait(String stream) {
    try (Events events = of(stream)) {
      assertThat(events.lastWords(3, LONG)).isEmpty();
      assertThat(events.hasEnded(3)).isFalse();
    }
  }

  @Test
  void nothingIsWaitedForWhereNoneWillCome() {
    assertThat(Events.none().lastWords(1, LONG)).isEmpty();
  }

  @Test
  void anEventThatComesLateIsWaitedForAndClosingEndsTheReader() throws IOException {
    PipedOutputStream daemon = new PipedOutputStream();
    InputStream stream = new PipedInputStream(daemon);
    try (Events events = Events.of(stream, code -> "with code " + code)) {
      daemon.write(event("node_crashed", ",\"exit_code\":7").getBytes(StandardCharsets.UTF_8));
      daemon.flush();
      assertThat(events.lastWords(3, LONG)).contains("with code 7");
    }
    daemon.close();
    eventually("nobody reads any more", () -> Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("wnm-ant-daemon-events")));
  }
}

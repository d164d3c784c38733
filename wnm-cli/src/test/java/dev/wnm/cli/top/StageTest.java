package dev.wnm.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wnm.spi.command.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageTest {
  private static final String ENTERS = "\u001b[?1049h";
  private static final String LEAVES = "\u001b[?1049l";
  private static final Clock CLOCK = Clock.fixed(Sample.NOW, ZoneOffset.UTC);
  private static final Pattern STATE = Pattern.compile("state=(\\S+)");

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private DumbTerminal terminal(String keys) throws IOException {
    DumbTerminal terminal = new DumbTerminal("test", "xterm", new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)), shown, StandardCharsets.UTF_8);
    terminal.setSize(new Size(80, 24));
    return terminal;
  }

  private static Stage stage(DumbTerminal terminal) {
    return new Stage(terminal, terminal.reader());
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  private static Reader reader() {
    return new Reader(() -> Sample.snapshot(Sample.running(3)), Duration.ofHours(1));
  }

  @Test
  void showsViewsUntilQIsPressedAndLeavesTheTerminalAsItWas() throws Exception {
    DumbTerminal terminal = terminal("?q");
    Attributes before = new Attributes(terminal.getAttributes());
    try (Reader reader = reader(); Stage stage = stage(terminal)) {
      new Top(stage, reader, CLOCK, true).run();
    }
    assertThat(shown()).contains(ENTERS, "[Now]", "[Keys]").endsWith(LEAVES);
    assertThat(terminal.getAttributes().getLocalFlags()).isEqualTo(before.getLocalFlags());
  }

  @Test
  void endsWhenTheTerminalGoesAway() throws Exception {
    try (Reader reader = reader(); Stage stage = stage(terminal("jj"))) {
      new Top(stage, reader, CLOCK, true).run();
    }
    assertThat(shown()).endsWith(LEAVES);
  }

  @Test
  void leavesTheTerminalAsItWasAfterADefect() throws Exception {
    DumbTerminal terminal = terminal("q");
    Attributes before = new Attributes(terminal.getAttributes());
    assertThatThrownBy(() -> {
      try (Stage stage = stage(terminal)) {
        stage.extent();
        throw new IllegalStateException("a defect");
      }
    }).hasMessage("a defect");
    assertThat(shown()).contains(ENTERS).endsWith(LEAVES);
    assertThat(terminal.getAttributes().getLocalFlags()).isEqualTo(before.getLocalFlags());
  }

  @Test
  void takesTheNewSizeOfAWindow() throws Exception {
    DumbTerminal terminal = terminal("q");
    try (Stage stage = stage(terminal)) {
      assertThat(stage.extent()).isEqualTo(new Extent(80, 24));
      terminal.setSize(new Size(200, 60));
      terminal.raise(Terminal.Signal.WINCH);
      assertThat(stage.extent()).isEqualTo(new Extent(200, 60));
    }
  }

  @Test
  void showsNothingAfterItsEnd() throws Exception {
    Stage stage = stage(terminal("q"));
    stage.extent();
    stage.close();
    stage.show(Frame.of(Sample.model(Sample.running(1)), Extent.USUAL, true, Sample.NOW));
    assertThat(shown()).endsWith(LEAVES);
  }

  /** Whatever ends the JVM; on a real terminal, as {@code script} has one. */
  @ParameterizedTest
  @ValueSource(strings = {"q", "defect", "TERM", "INT", "HUP", "exit"})
  void leavesARealTerminalAsItWasFound(String end) throws Exception {
    String all = onARealTerminal(program(end));
    List<String> states = states(all);
    assertThat(all).contains(ENTERS, "[Now]");
    assertThat(all.lastIndexOf(LEAVES)).isGreaterThan(all.lastIndexOf(ENTERS));
    assertThat(all.substring(all.lastIndexOf(LEAVES))).doesNotContain("[Now]");
    assertThat(states).as(all).hasSize(2);
    assertThat(states.get(1)).isEqualTo(states.get(0));
  }

  @Test
  void leavesTheTerminalToTheShellWhileItIsSuspendedAndShowsAllAgainAfterwards() throws Exception {
    String all = onARealTerminal("set -m; " + program("TSTP") + "; echo; echo state=$(stty -g); fg");
    List<String> states = states(all);
    assertThat(states).as(all).hasSize(3);
    assertThat(states).allMatch(state -> state.equals(states.get(0)));
    String meanwhile = all.substring(all.indexOf(LEAVES));
    assertThat(all.substring(0, all.indexOf(LEAVES))).contains(ENTERS, "[Now]");
    assertThat(meanwhile).containsSubsequence("state=", ENTERS, "[Now]", LEAVES, "state=");
  }

  private static String program(String end) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Stream.of(java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), StageOnATerminal.class.getName(), end)
        .map(Shell::word).collect(Collectors.joining(" "));
  }

  private static List<String> states(String all) {
    return STATE.matcher(all).results().map(result -> result.group(1)).toList();
  }

  /** All that was shown on it, with its state before and after. */
  private static String onARealTerminal(String program) throws IOException {
    assumeThat(Stream.of("/usr/bin/script", "/bin/stty", "/usr/bin/stty").map(Path::of).filter(Files::exists)).hasSizeGreaterThan(1);
    // Whoever starts the tests in the background has signals ignored, and so would this be.
    ProcessBuilder builder = new ProcessBuilder("timeout", "300", "env", "--default-signal=HUP,INT,TERM,TSTP", "SHELL=/bin/bash", "script", "-qec",
        "stty cols 80 rows 24; echo state=$(stty -g); " + program + "; echo; echo state=$(stty -g)", "/dev/null")
        .redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().put("TERM", "xterm");
    return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}

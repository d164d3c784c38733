package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code --init} on a real terminal, as {@code script} has one, with somebody who answers. */
class InitDialogIT {
  private static final String LIMIT_SECONDS = "300";
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";
  private TestHost host;

  @BeforeEach
  void aMachine() throws IOException {
    host = TestHost.create();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  /** What was shown, and how it ended. */
  private record Session(String shown, int exit) {}

  /** @param answer what is typed at a prompt, made from all that was shown since the one before */
  private record Step(String prompt, UnaryOperator<String> answer) {
    static Step of(String prompt, String answer) {
      return new Step(prompt, shown -> answer);
    }
  }

  private Session onATerminal(String behind, List<String> words, List<Step> steps) throws Exception {
    List<String> program = new ArrayList<>(List.of("-jar", PackagedJar.path().toString()));
    program.addAll(words);
    ProcessBuilder wnm = host.wnm().process(program);
    String line = wnm.command().stream().map(Shell::argument).collect(Collectors.joining(" "));
    ProcessBuilder builder = new ProcessBuilder("timeout", LIMIT_SECONDS, "env", "--default-signal=HUP,INT,TERM", "script", "-qec",
        "stty cols 80 rows 24; " + line + behind, "/dev/null")
        .directory(wnm.directory()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(wnm.environment());
    builder.environment().put("TERM", "xterm");
    Process process = builder.start();
    StringBuilder shown = new StringBuilder();
    try (InputStream out = process.getInputStream(); OutputStream in = process.getOutputStream()) {
      for (Step step : steps) {
        String since = until(out, step.prompt());
        shown.append(since);
        String answer = step.answer().apply(since);
        in.write((answer.length() == 1 && answer.charAt(0) < ' ' ? answer : answer + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
      }
      shown.append(new String(out.readAllBytes(), StandardCharsets.UTF_8));
    }
    return new Session(shown.toString().replace("\r\n", "\n"), process.waitFor());
  }

  /** All that comes before a prompt, or the end. */
  private static String until(InputStream out, String prompt) throws IOException {
    byte[] wanted = prompt.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int next = out.read(); next >= 0; next = out.read()) {
      read.write(next);
      byte[] all = read.toByteArray();
      if (all.length >= wanted.length && Arrays.equals(all, all.length - wanted.length, all.length, wanted, 0, wanted.length)) {
        break;
      }
    }
    return read.toString(StandardCharsets.UTF_8);
  }

  private List<String> words(String... more) {
    List<String> words = new ArrayList<>(List.of("--init", "--port_start", Integer.toString(host.portStart()), "--metrics_port_start",
        Integer.toString(host.metricsPortStart()), "--rpc_port_start", Integer.toString(host.rpcPortStart())));
    words.addAll(List.of(more));
    return words;
  }

  /** The number before a process manager in the list. */
  private static String numberOf(String type, String shown) {
    Matcher line = Pattern.compile("(?m)^ +(\\d+) +" + Pattern.quote(type) + " ").matcher(shown);
    assertThat(line.find()).as(shown).isTrue();
    return line.group(1);
  }

  @Test
  void whoeverAnswersGetsAPlanAndThenAColony() throws Exception {
    Session session = onATerminal("", words(), List.of(Step.of("Wallet: ", "0x123"), Step.of("Wallet: ", TestHost.WALLET),
        new Step("Number [1]: ", shown -> numberOf("setsid+user", shown)), Step.of("Number [2]: ", "4"), Step.of("at most [", "2"),
        Step.of("percent [", ""), Step.of("percent [", ""), Step.of("percent [", ""), Step.of("Router with UPnP [", "n"),
        Step.of("Set up? [y/N]: ", "y")));
    assertThat(session.exit()).as(session.shown()).isZero();
    assertThat(session.shown()).contains("is not a wallet", "This is the plan:", "up to 2 with setsid+user",
        "initialized " + host.database() + ": up to 2 nodes with setsid+user");
    assertThat(session.shown().lines().filter(line -> !line.startsWith("initialized ") && !line.startsWith("with these limits ")
        && !line.contains(host.home().toString()) && !line.contains("WARN"))).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    Map<String, String> machine = host.colony().rows("SELECT * FROM machine").get(0);
    assertThat(machine).containsEntry("node_cap", "2").containsEntry("rewards_address", TestHost.WALLET).containsEntry("no_upnp", "1")
        .containsEntry("delay_start", "30").containsEntry("process_manager", "setsid+user");
  }

  @Test
  void aNoCtrlDAndCtrlCChangeNothing() throws Exception {
    List<String> words = words("--process_manager", "setsid+user", "--node_cap", "2", "--no_upnp");
    Session no = onATerminal("", words, List.of(Step.of("Wallet: ", TestHost.WALLET), Step.of("Set up? [y/N]: ", "")));
    assertThat(no.exit()).as(no.shown()).isEqualTo(2);
    assertThat(no.shown()).endsWith("wnm: the answer was no: --init is given up, and nothing was changed\n");
    Session end = onATerminal("", words, List.of(Step.of("Wallet: ", CTRL_D)));
    assertThat(end.exit()).as(end.shown()).isEqualTo(2);
    assertThat(end.shown()).contains("the answers ended");
    Session interrupted = onATerminal("", words, List.of(Step.of("Wallet: ", CTRL_C)));
    assertThat(interrupted.exit()).as(interrupted.shown()).isEqualTo(130);
    assertThat(host.home().resolve(".local/share")).doesNotExist();
  }

  @Test
  void withoutATerminalOnBothSidesNothingIsAsked() throws Exception {
    String sentence = "wnm: --init needs --rewards_address: WALLET or WALLET:WEIGHT";
    WnmRun run = host.run(words("--process_manager", "setsid+user").toArray(String[]::new));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith(sentence);
    assertThat(run.out()).isEmpty();
    for (String elsewhere : List.of(" | cat", " </dev/null")) {
      Session session = onATerminal(elsewhere, words("--process_manager", "setsid+user"), List.of());
      assertThat(session.shown()).startsWith(sentence).doesNotContain("Wallet");
    }
    assertThat(host.home().resolve(".local/share")).doesNotExist();
  }
}

package dev.wnm.fleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Platform;
import dev.wnm.core.report.table.Screen;
import dev.wnm.runner.ProcessCommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/fleet.md says is what the commands take. */
class FleetDocsTest {
  private static final Path PAGE = Path.of("../docs/fleet.md");
  private static final Pattern COMMAND = Pattern.compile("(?m)^wnm fleet (.+)$|`wnm fleet ([^`]+)`");
  /** A row of the table of simulated roll-outs. */
  private static final Pattern TABLE = Pattern.compile("(?m)^\\|[^|]+\\| ([0-9.]+) h \\| ([0-9,]+) \\|$");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--([a-z][a-z0-9_-]*)");

  @Test
  void everyCommandThatIsSpokenOfIsUnderstood() throws IOException {
    List<String> lines = COMMAND.matcher(Files.readString(PAGE)).results().map(found -> found.group(1) == null ? found.group(2) : found.group(1)).toList();
    assertThat(lines).hasSizeGreaterThan(20);
    for (String line : lines) {
      List<String> words = words(line);
      if (words.get(0).startsWith("--") || words.get(0).equals("COMMAND")) {
        continue;
      }
      FleetCommand command = Commands.all().stream().filter(each -> each.name().equals(words.get(0))).findFirst()
          .orElseThrow(() -> new AssertionError("docs/fleet.md speaks of wnm fleet " + line));
      assertThatCode(() -> Asked.read(command, words.subList(1, words.size()))).as(line).doesNotThrowAnyException();
    }
  }

  @Test
  void everyOptionThatIsSpokenOfExistsAndEveryCommandIsSpokenOf() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> known = Commands.all().stream().flatMap(command -> Asked.optionsOf(command).getOptions().stream()).map(option -> option.getLongOpt())
        .collect(Collectors.toSet());
    Stream<String> spoken = OPTION.matcher(page).results().map((MatchResult found) -> found.group(1)).distinct();
    assertThat(spoken.filter(name -> !known.contains(name) && !name.equals("help") && OptionRegistry.ofClassPath().find(name).isEmpty())).isEmpty();
    assertThat(Commands.all()).allSatisfy(command -> assertThat(page).contains("wnm fleet " + command.name()));
  }

  @Test
  void theTableOfSimulatedRollOutsIsWhatTheDriverAndTheDecisionEngineMakeOfThem() throws IOException {
    List<String> told = TABLE.matcher(Files.readString(PAGE)).results().map(row -> row.group(1) + " h, " + row.group(2).replace(",", "")).toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FleetContext context = new FleetContext(Platform.here(), InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8), System.err,
        Screen.NONE, new ProcessCommandRunner(), Clock.systemUTC(), List.of("wnm"));

    assertThat(new FleetProgram(Commands.all(), context).run(List.of("simulate", "--hosts", "250", "--nodes", "400"))).isZero();

    assertThat(told).hasSize(3).containsExactlyElementsOf(
        out.toString(StandardCharsets.UTF_8).lines().skip(1).map(line -> line.replaceAll("^.*?(\\S+ h) +([0-9]+)$", "$1, $2")).toList());
  }

  /** As a shell takes them apart. */
  private static List<String> words(String line) throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", "set -f; printf '%s\\n' " + line).start();
    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
  }
}

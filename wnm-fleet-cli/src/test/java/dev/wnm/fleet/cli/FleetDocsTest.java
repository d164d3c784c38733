package dev.wnm.fleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wnm.core.config.OptionRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Set<String> known = Commands.all().stream().flatMap(command -> command.options().getOptions().stream()).map(option -> option.getLongOpt())
        .collect(Collectors.toSet());
    Stream<String> spoken = OPTION.matcher(page).results().map((MatchResult found) -> found.group(1)).distinct();
    assertThat(spoken.filter(name -> !known.contains(name) && !name.equals("help") && OptionRegistry.ofClassPath().find(name).isEmpty())).isEmpty();
    assertThat(Commands.all()).allSatisfy(command -> assertThat(page).contains("wnm fleet " + command.name()));
  }

  /** As a shell takes them apart. */
  private static List<String> words(String line) throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", "set -f; printf '%s\\n' " + line).start();
    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
  }
}

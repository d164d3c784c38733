package dev.wnm.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.RunMode;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.spi.manager.OperatingSystem;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be checked of README and docs without running anything. */
class DocsTest {
  /** Options of other programs that the pages speak of, and a spelling that they show to be refused. */
  private static final Set<String> FOREIGN = Set.of("data-binary", "data-urlencode", "restart", "format", "mount", "cap-drop", "name",
      "detach", "security-opt", "root-dir", "rewards-address", "evm-network", "stop-on-upgrade", "relay",
      "debug", "create-home", "shell", "system", "user-group", "nodecap", "service-name", "json", "node-port", "metrics-port",
      "peer", "first", "data-dir-path", "log-dir-path", "path", "auto-restart", "crate-version", "env", "network", "cap-add",
      "locked", "root", "log-format", "pids-limit", "log-opt", "ulimit", "user", "privileged", "tail", "rm", "volume",
      "stop-timeout", "now",
      // Of caddy.
      "adapter",
      // Of wnm-companions, in the container.
      "by", "from", "wait",
      // That of examples/back-end: DocsExamplesIT runs what the page shows of it.
      "plain_patience",
      // Of pip.
      "no-deps", "no-binary");

  private static final Platform PLATFORM =
      new Platform(OperatingSystem.LINUX, Path.of("/home/op"), "op", false, 4, Map.of(), Path.of("/home/op"));

  static List<DocPage> pages() {
    return DocPage.all();
  }

  /** All but the page of what wnm refuses, which has options that there are not, and that of fleets, whose words FleetDocsTest knows. */
  static List<DocPage> pagesOfWhatWorks() {
    return pages().stream().filter(page -> !page.path().endsWith("errors.md") && !page.path().endsWith("fleet.md")).toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(DocPage page) {
    for (String link : page.links()) {
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
      assertThat(target).as("%s: %s", page, link).exists();
      if (parts.length > 1) {
        assertThat(DocPage.read(target).anchors()).as("%s: %s", page, link).contains(parts[1]);
      }
    }
  }

  @Test
  void theIndexLeadsToEveryPage() {
    DocPage index = pages().stream().filter(page -> page.toString().equals("docs/README.md")).findFirst().orElseThrow();
    assertThat(pages()).filteredOn(page -> !page.equals(index)).allSatisfy(page ->
        assertThat(index.links()).map(link -> index.path().resolveSibling(link).normalize()).contains(page.path()));
  }

  @ParameterizedTest
  @MethodSource("pagesOfWhatWorks")
  void everyOptionThatIsSpokenOfExists(DocPage page) {
    assertThat(page.options()).as(page.toString())
        .filteredOn(name -> !FOREIGN.contains(name) && !isOurs(name.replace('-', '_'))).isEmpty();
  }

  /** What is shown with its values is what wnm takes; a whole command is heeded word by word. */
  @ParameterizedTest
  @MethodSource("pagesOfWhatWorks")
  void everyCommandThatIsSpokenOfIsUnderstood(DocPage page) throws IOException {
    for (String command : page.commands()) {
      List<String> words = words(command);
      if (words.isEmpty()) {
        continue;
      }
      boolean isWhole = words.get(0).equals("wnm");
      List<String> options = isWhole ? words.subList(1, words.size()) : words;
      if (isOfAnotherProgram(options) || command.contains("…") || isMereMention(options)) {
        continue;
      }
      assertThatCode(() -> {
        Settings asked = SettingsResolver.commandLineOnly(OptionRegistry.ofClassPath(), PLATFORM, options);
        RunMode mode = RunMode.of(asked);
        if (isWhole) {
          mode.refuseUnheeded(asked, asked::isGiven);
        }
      }).as("%s: %s", page, command).doesNotThrowAnyException();
    }
  }

  private static boolean isOfAnotherProgram(List<String> options) {
    return options.stream().filter(word -> word.startsWith("--")).anyMatch(word -> {
      String name = word.substring(2).replaceFirst("=.*", "");
      return !isOurs(name.replace('-', '_')) || name.endsWith("_") || OptionRegistry.ofClassPath().find(name).isEmpty();
    });
  }

  /** A name alone, or with a word in capitals that stands for a value. */
  private static boolean isMereMention(List<String> options) {
    String last = options.get(options.size() - 1);
    return last.startsWith("--") && !last.contains("=") && !OptionRegistry.ofClassPath().find(last.substring(2)).orElseThrow().isFlag()
        || options.stream().anyMatch(word -> word.matches("(--\\w+=)?[A-Z][A-Z0-9_:,]*|.*=\\$.*"));
  }

  /** As a shell takes them apart. */
  private static List<String> words(String command) throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", "set -f; printf '%s\\n' " + command).start();
    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
  }

  /** An option, or what several have in common before an underscore: "the --show options", "--mem_…". */
  private static boolean isOurs(String name) {
    String stem = name.endsWith("_") ? name : name + "_";
    return OptionRegistry.ofClassPath().find(name).isPresent() || OptionRegistry.ofClassPath().find(name.replaceFirst("^no_", "")).isPresent()
        || OptionRegistry.ofClassPath().all().stream().anyMatch(option -> option.name().startsWith(stem));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyJsonExampleIsJson(DocPage page) {
    Stream.concat(page.blocks("json").stream(), page.blocks("jsonl").stream().flatMap(String::lines)).forEach(json ->
        assertThatCode(() -> {
          JsonReader reader = new JsonReader(new StringReader(json));
          reader.setStrictness(Strictness.STRICT);
          JsonParser.parseReader(reader);
        }).as("%s: %s", page, json).doesNotThrowAnyException());
  }
}

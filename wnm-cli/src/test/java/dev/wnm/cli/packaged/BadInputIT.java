package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.CommandArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way to get it wrong gives one clear sentence and the right exit code, and changes nothing. The table of them is
 * {@code docs/errors.md}.
 */
@Execution(value = ExecutionMode.SAME_THREAD, reason = "all cases have one machine, and look whether it changes")
class BadInputIT {
  /** The tests of a module run in its folder. */
  private static final Path PAGE = Path.of("../docs/errors.md");

  private static TestHost host;

  @BeforeAll
  static void aMachineWithOneStoppedNode() throws IOException {
    host = TestHost.keepingAJvm();
    List<String> more = new ArrayList<>(TestHost.WIDE_LIMITS);
    more.addAll(List.of("--node_cap", "5"));
    host.done(host.initWords(more));
    host.done("--force_action", "add");
    host.done("--force_action", "stop", "--service_name", "antnode0001");
  }

  @AfterAll
  static void nothingIsLeft() throws IOException {
    host.close();
  }

  static List<BadInput> badInputs() {
    return Stream.of(BadWords.ofOptions(), BadWords.ofNumbers(), BadWords.ofTexts(), BadWords.ofActions(),
        BadSurroundings.ofFiles(), BadSurroundings.ofTheDatabase(), BadSurroundings.ofTheMachine())
        .flatMap(List::stream).toList();
  }

  @ParameterizedTest
  @MethodSource("badInputs")
  void badInputGivesOneSentenceAndChangesNothing(BadInput bad) throws Exception {
    assertThat(!bad.needsRoot() || isRoot()).as("this case can be tried by root only: run the tests as root").isTrue();
    try (Scene scene = new Scene(host)) {
      bad.preparation().of(scene);
      Map<String, String> before = Snapshot.of(host.home());

      WnmRun run = scene.wnm().run(words(bad, scene));

      assertThat(run.exit()).as(run.toString()).isEqualTo(bad.exit());
      assertThat(bad.isSaidBy(sentence(run))).as(bad.sentence() + "\nis not what is said by " + run).isTrue();
      assertThat(Snapshot.of(host.home())).isEqualTo(before);
      assertThat(host.everything()).isEmpty();
    }
  }

  @Test
  void theTableIsInTheDocumentation() throws IOException {
    String page = ErrorsPage.render(badInputs());
    if (Boolean.getBoolean("wnm.docs.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE)).as("docs/errors.md is out of date; renew it with: " + ErrorsPage.COMMAND)
        .isEqualTo(page);
  }

  /** All that was printed: a refusal on standard error, or the answer to what was asked on standard output. */
  private static String sentence(WnmRun run) {
    assertThat(run.out().isEmpty() || run.err().isEmpty()).as("one of both is empty: " + run).isTrue();
    assertThat(run.err().isEmpty() || run.err().startsWith("wnm: ") && run.err().lines().count() == 1)
        .as("one sentence: " + run).isTrue();
    return (run.err().replaceFirst("^wnm: ", "") + run.out()).strip()
        .replace(host.home().toString(), "~");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static String[] words(BadInput bad, Scene scene) {
    List<String> words = bad.words().stream().filter(word -> !word.equals("@init"))
        .map(word -> word.equals("@@") ? host.database().toString() : word.replaceFirst("^@", scene.folder().toString()))
        .toList();
    if (!bad.words().contains("@init")) {
      return words.toArray(String[]::new);
    }
    List<String> init = new ArrayList<>(List.of(host.initWords(TestHost.WIDE_LIMITS)));
    // Another colony than the host's, which has its storage for itself.
    init.addAll(List.of("--dbpath", scene.file("colony.db").toString(), "--node_storage", scene.file("storage").toString()));
    return CommandArguments.overruled(init, words).toArray(String[]::new);
  }
}

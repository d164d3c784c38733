package dev.wnm.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.cli.launcher.Distribution.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  @TempDir
  private Path root;
  private Distribution wnm;

  @BeforeEach
  void unpack() throws IOException {
    wnm = new Distribution(root.toRealPath(), "wnm 1.0");
  }

  @Test
  void itStartsTheJarBesideItWithTheJavaOnPath() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15"));
    Run run = wnm.run(Map.of());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).startsWith("java jdk").containsSequence("-cp", wnm.jar().toString(), "dev.wnm.cli.Main");
    assertThat(run.words()).isEmpty();
  }

  @Test
  void argumentsArriveUntouched() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15"));
    Run run = wnm.run(Map.of(), "--dbpath", "/a folder/x*", "", "$HOME `id` 'q' \"d\" \\", "--json=1");
    assertThat(run.words()).containsExactly("--dbpath", "/a folder/x*", "", "$HOME `id` 'q' \"d\" \\", "--json=1");
  }

  @Test
  void theExitCodeIsThatOfJava() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15", "exit 4\n"));
    assertThat(wnm.run(Map.of()).exitCode()).isEqualTo(4);
  }

  @Test
  void javaTakesThePlaceOfTheShellSoThatSignalsReachIt() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15", "echo $$\n"));
    Run run = wnm.run(Map.of(), List.of("/bin/sh", "-c", "echo $$; exec \"$0\"", wnm.launcher().toString()));
    assertThat(run.lines()).hasSize(2);
    assertThat(run.lines().get(1)).isEqualTo(run.lines().get(0));
  }

  @Test
  void itFindsItsJarThroughLinksToItself() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15"));
    Path other = Files.createDirectory(root.resolve("other place"));
    Files.createSymbolicLink(other.resolve("absolute"), wnm.launcher());
    Files.createSymbolicLink(other.resolve("relative"), Path.of("absolute"));
    Run run = wnm.run(Map.of(), List.of(other.resolve("relative").toString()));
    assertThat(run.lines()).containsSequence("-cp", wnm.jar().toString());
  }

  /** A service that goes by the link lives through an upgrade, which gives the link another target. */
  @Test
  void itTellsJavaByWhichPathItWasCalled() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15"));
    Path link = Files.createSymbolicLink(root.toRealPath().resolve("wnm link"), wnm.launcher());
    assertThat(wnm.run(Map.of(), List.of(link.toString())).lines()).contains("-Dwnm.launcher=" + link);
    assertThat(wnm.run(Map.of(), List.of("/bin/sh", "-c", "cd \"$(dirname \"$0\")\" && \"./wnm link\"", link.toString())).lines())
        .contains("-Dwnm.launcher=" + link);
  }

  @Test
  void theJavaThatTheOperatorNamesWins() throws Exception {
    wnm.putOnPath(wnm.java("on path", "17.0.15"));
    Path home = wnm.java("of java home", "21.0.2").getParent().getParent();
    Path named = wnm.java("named", "25");
    assertThat(wnm.run(Map.of("JAVA_HOME", home.toString())).lines()).startsWith("java of java home");
    assertThat(wnm.run(Map.of("JAVA_HOME", home.toString(), "WNM_JAVA", named.toString())).lines()).startsWith("java named");
  }

  @Test
  void anOldJavaIsPassedOver() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15"));
    Path old = wnm.java("old", "1.8.0_352").getParent().getParent();
    assertThat(wnm.run(Map.of("JAVA_HOME", old.toString())).lines()).startsWith("java jdk");
  }

  @Test
  void aNamedJavaThatIsTooOldIsRefused() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15"));
    Path old = wnm.java("old", "11.0.2");
    Run run = wnm.run(Map.of("WNM_JAVA", old.toString()));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("wnm: WNM_JAVA is " + old + ", which is no java program of version 17 or newer; " + old
        + " is Java 11\n");
  }

  @Test
  void aNamedJavaThatIsNotThereIsRefused() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15"));
    Run run = wnm.run(Map.of("WNM_JAVA", "/nowhere/java"));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("wnm: WNM_JAVA is /nowhere/java, which is no java program of version 17 or newer\n");
  }

  @Test
  void aJavaWithoutReleaseFileIsAskedForItsVersion() throws Exception {
    Path java = wnm.java("early access", "", """
        case $1 in -version) echo 'openjdk version "22-ea" 2024-03-19' >&2; exit 0 ;; esac
        echo started
        """);
    Files.delete(java.getParent().resolveSibling("release"));
    wnm.putOnPath(java);
    assertThat(wnm.run(Map.of()).lines()).containsExactly("started");
  }

  @Test
  void aDistributionWithoutItsJarIsRefused() throws Exception {
    Files.delete(wnm.jar());
    Run run = wnm.run(Map.of());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo("wnm: " + wnm.jar() + " is missing or cannot be read: unpack the distribution anew\n");
  }

  @Test
  void moreOptionsForJavaComeAfterItsOwn() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15"));
    assertThat(wnm.run(Map.of("WNM_JAVA_OPTS", "-Xmx1g -Da=b")).lines()).containsSequence("-Xmx1g", "-Da=b", "-cp");
  }

  @Test
  void javaReadsNamesAsUtf8WhereNoLocaleIsSet() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15", "echo \"$LC_CTYPE\"\n"));
    assertThat(wnm.run(Map.of()).lines()).containsExactly("C.UTF-8");
    assertThat(wnm.run(Map.of("LANG", "C.UTF-8")).lines()).containsExactly("");
  }

  @Test
  void javaReadsNamesAsUtf8WhereTheLocaleHasAsciiOnlyOrIsNotThere() throws Exception {
    wnm.putOnPath(wnm.java("jdk", "17.0.15", "locale charmap\n"));
    for (Map<String, String> locale : List.of(Map.of("LANG", "C"), Map.of("LC_ALL", "POSIX"), Map.of("LC_CTYPE", "xx_XX.UTF-8"),
        Map.of("LANG", "xx_XX.UTF-8", "LC_CTYPE", "C"), Map.of("LC_ALL", "C.UTF-8", "LANG", "C"))) {
      assertThat(wnm.run(locale).lines()).as(locale.toString()).containsExactly("UTF-8");
    }
  }

  @Test
  void aJavaThatWarnsOfWhatLibrariesDoIsToldThatTheyMay() throws Exception {
    Path old = wnm.java("old", "17.0.15");
    Path current = wnm.java("current", "25");
    List<String> access = List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    assertThat(wnm.run(Map.of("WNM_JAVA", current.toString())).lines()).containsSubsequence(access);
    assertThat(wnm.run(Map.of("WNM_JAVA", old.toString())).lines()).doesNotContainAnyElementsOf(access);
  }
}

package dev.wnm.managers.launchd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.managers.launchd.PropertyListReader.MalformedException;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.testkit.manager.ContractMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobDescriptionTest {
  @Test
  void aListThatIsNestedThousandsDeepIsRefused() {
    String list = "<plist><dict><key>k</key>" + "<array>".repeat(5_000) + "</array>".repeat(5_000) + "</dict></plist>";
    assertThatThrownBy(() -> PropertyListReader.read(list)).isInstanceOf(MalformedException.class);
  }

  private static final Path LOGS = Path.of("/Users/o/Library/Logs/autonomi");

  @ParameterizedTest
  @ValueSource(strings = {"/Users/o/Library/Application Support/autonomi/node", "/n/a & b", "/n/<a>", "/n/\"quoted\" 'too'",
      "/n/]]>", "/n/&amp;", "/n/ümläut – 蟻", "/n/tab\tand\nnewline", "/n/-->"})
  void whatIsWrittenIsReadBackAsItWas(String storage) throws Exception {
    NodeSpec node =
        node(storage, Map.of("RUST_LOG", "a=<b> & \"c\"", "EMPTY", "", "CR", "x\r\ny"), List.of("--x", "a b", ""));
    List<String> words = node.commandLine();

    JobDescription read = JobDescription.parse(PropertyList.SEAL.put(JobDescription.of(node, words, false, ContractMachine.COLONY).render()));

    assertThat(read).isEqualTo(JobDescription.of(node, words, false, ContractMachine.COLONY));
    assertThat(read.rootDir()).contains(node.rootDir());
    assertThat(read.arguments().argv()).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherParserTakesWhatIsWritten(boolean asItsAccount, @TempDir Path folder) throws Exception {
    NodeSpec node = node("/n/a & <b> \"c\"", Map.of("A", "ü & <"), List.of());
    Path file = folder.resolve("com.autonomi.antnode-7.plist");
    Files.writeString(file, PropertyList.SEAL.put(JobDescription.of(node, node.commandLine(), asItsAccount, ContractMachine.COLONY).render()));

    if (TestLaunchd.IS_MAC) {
      run("plutil", "-lint", file.toString());
      return;
    }
    // There and back, since what is XML already it passes on as it is.
    Path binary = folder.resolve("binary");
    run("plistutil", "-i", file.toString(), "-o", binary.toString(), "-f", "bin");
    assertThat(run("plistutil", "-i", binary.toString(), "-f", "xml")).contains("<string>com.autonomi.antnode-7</string>",
        "<string>/n/a &amp; &lt;b&gt; \"c\"/antnode0007</string>", "<string>ü &amp; &lt;</string>",
        "<key>Umask</key>\n\t<integer>63</integer>", "<key>KeepAlive</key>\n\t<true/>");
  }

  /** What a program prints that must succeed. */
  private static String run(String... words) throws CommandFailedException {
    return new ProcessCommandRunner().run(Command.of(words)).orThrow().stdout();
  }

  @Test
  void aNodeRunsAsItsAccountOnlyWhereThereIsAChoice() throws Exception {
    NodeSpec node = node("/n", Map.of(), List.of());

    assertThat(JobDescription.of(node, node.commandLine(), true, ContractMachine.COLONY).render())
        .contains("<key>UserName</key>\n  <string>ant</string>").doesNotContain("LimitLoadToSessionType");
    assertThat(JobDescription.of(node, node.commandLine(), false, ContractMachine.COLONY).render()).doesNotContain("UserName")
        .contains("<string>Aqua</string>", "<string>Background</string>");
  }

  @Test
  void whatXmlCannotHoldIsRefused() {
    NodeSpec node = node("/n", Map.of("BELL", "\u0007"), List.of());

    assertThatThrownBy(() -> JobDescription.of(node, List.of("/n/antnode"), false, ContractMachine.COLONY).render())
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("U+0007");
  }

  @Test
  void thePropertyListsOfThePythonWnmAreRead() throws Exception {
    NodeSpec node = node("/Users/o/Library/Application Support/autonomi/node", Map.of(), List.of());

    JobDescription read = JobDescription.parse(PythonPlist.text(node, LOGS));

    assertThat(read.label()).isEqualTo(new JobLabel(7));
    assertThat(read.rootDir()).contains(node.rootDir());
    assertThat(read.arguments().binary()).contains(node.binary());
    assertThat(read.arguments().nodePort()).hasValue(55007);
    assertThat(read.arguments().logDir()).contains(LOGS);
    assertThat(read.environment()).isEqualTo(Map.of("RUST_LOG", "warn"));
    assertThat(read.outputs()).containsExactly(LOGS.resolve("antnode0007.log"));
    assertThat(read.user()).isEmpty();
  }

  @Test
  void textThatThePythonWnmDidNotEscapeIsNoXml() {
    NodeSpec node = node("/n/a & b", Map.of(), List.of());

    assertThatThrownBy(() -> JobDescription.parse(PythonPlist.text(node, LOGS)))
        .isInstanceOf(MalformedException.class).hasMessageContaining("no valid XML");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "<string>x</string>                                                       | no property list with one dictionary",
      "<dict><key>Label</key></dict>                                            | key without a value",
      "<dict><string>Label</string><key>a</key></dict>                          | key without a value",
      "<dict><key>Label</key><integer>1</integer></dict>                        | Label is of a wrong type",
      "<dict><key>Label</key><string>a</string><key>Label</key><string>b</string></dict> | twice",
      "<dict><key>Label</key><string>com.autonomi.antnode-1</string></dict>     | has no ProgramArguments",
      "<dict><key>Label</key><string>com.autonomi.antnode-1</string><key>ProgramArguments</key><array><true/></array></dict>"
          + " | ProgramArguments is of a wrong type",
      "<dict><key>Label</key><wrong/></dict>                                    | <wrong> is no type",
      "<dict>text</dict>                                                        | text where none may be",
      "<dict><key>Label</key><integer>x</integer></dict>                        | 'x' is no integer"})
  void aPropertyListThatIsWrongIsRefusedWithTheReason(String value, String reason) {
    assertThatThrownBy(() -> JobDescription.parse(PropertyList.HEAD + "<plist version=\"1.0\">" + value + "</plist>"))
        .isInstanceOf(MalformedException.class).hasMessageContaining(reason);
  }

  @Test
  void noFileIsOpenedThatAPropertyListNames(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
    String text = "<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>"
        + "<plist version=\"1.0\"><dict><key>Label</key><string>&e;</string></dict></plist>";

    assertThatThrownBy(() -> JobDescription.parse(text)).isInstanceOf(MalformedException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void entitiesDoNotExplode() {
    StringBuilder bomb = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY e0 \"x\">");
    for (int i = 1; i < 30; i++) {
      bomb.append("<!ENTITY e").append(i).append(" \"").append(("&e" + (i - 1) + ";").repeat(10)).append("\">");
    }
    bomb.append("]><plist version=\"1.0\"><dict><key>Label</key><string>&e29;</string></dict></plist>");

    assertThatThrownBy(() -> JobDescription.parse(bomb.toString())).isInstanceOf(MalformedException.class);
  }

  @Test
  void anEditedFileIsToldFromOneThatWnmWrote() {
    NodeSpec node = node("/n", Map.of(), List.of());
    String file = PropertyList.SEAL.put(JobDescription.of(node, node.commandLine(), false, ContractMachine.COLONY).render());

    assertThat(PropertyList.SEAL.isWhole(file)).isTrue();
    assertThat(PropertyList.SEAL.isWhole(file.replace("--max-log-files", "--max-log-file"))).isFalse();
    assertThat(PropertyList.SEAL.isWhole(file + "\n")).isFalse();
    assertThat(PropertyList.SEAL.isWhole(file.substring(1))).isFalse();
    assertThat(PropertyList.SEAL.isWhole(PythonPlist.text(node, LOGS))).isFalse();
    assertThat(PropertyList.SEAL.isWhole("")).isFalse();
  }

  private static NodeSpec node(String storage, Map<String, String> environment, List<String> startArgs) {
    Path root = Path.of(storage, "antnode0007");
    return NodeSpec.builder(7, NodePlacement.of("antnode0007.service", root), NodePorts.of(55007, 13007).withRpc(30007))
        .source(Path.of("/bin/antnode")).user("ant").wallet(LaunchdBench.WALLET).environment(environment)
        .startArgs(startArgs).bootstrapCache(Path.of("/cache")).build();
  }
}

package dev.wnm.core.managers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.config.OptionRegistry;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.program.LogPosition;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.spi.program.NodeReading;
import dev.wnm.spi.program.NodeView;
import dev.wnm.testkit.ServiceJar;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Node programs that jars of the plug-in folder bring. What is taken stays for the life of this JVM: each test has names of its own. */
class PluginProgramsTest {
  private static final AtomicInteger NAMES = new AtomicInteger();

  @TempDir
  Path temp;
  private Path folder;
  private String name;

  @BeforeEach
  void aFolderForPlugIns() throws IOException {
    folder = Files.createDirectory(temp.toRealPath().resolve("plugins"));
    name = "third-" + NAMES.incrementAndGet();
  }

  /** A program whose methods are these, after which come those that any has and which these do not have. */
  private String program(String type, String methods) {
    StringBuilder source = new StringBuilder("package third; import dev.wnm.spi.manager.*; import dev.wnm.spi.program.*; import java.util.*;"
        + " public final class " + type + " implements NodeProgram { " + methods);
    for (String usual : List.of(
        "public String name() { return \"" + name + "\"; }", "public String title() { return \"a third program\"; }",
        "public int rank() { return 0; }",
        "public Optional<Identified> identify(String printed) { return Optional.empty(); }",
        "public List<String> arguments(NodeSpec node) { return List.of(); }",
        "public Map<String, Boolean> ownFlags() { return Map.of(); }",
        "public NodeFlags flags() { return NodeFlags.of(\"--root-dir\", \"--logs\", \"--port\", \"--wallet\"); }",
        "public Optional<String> networkIn(List<String> arguments) { return Optional.empty(); }",
        "public List<String> networks() { return List.of(\"evm-arbitrum-one\"); }",
        "public boolean isLog(String name) { return false; }",
        "public Set<PortUse> ports() { return Set.of(PortUse.NETWORK); }",
        "public String keyFile() { return \"" + name + ".key\"; }",
        "public boolean isOwnFile(String file) { return file.startsWith(name() + \".\"); }",
        "public Optional<String> peerId(byte[] key) { return Optional.empty(); }",
        "public Stopping stopping() { return new Stopping(\"TERM\", java.time.Duration.ofSeconds(5)); }",
        "public long idleMemoryBytes() { return 1; }")) {
      if (!methods.contains(usual.substring(0, usual.indexOf('(') + 1))) {
        source.append('\n').append(usual);
      }
    }
    return source.append("}").toString();
  }

  private Path jar(String type, String methods) throws IOException {
    return ServiceJar.of(folder, NodeProgram.class, "third." + type, program(type, methods));
  }

  private List<String> problems() {
    return ManagerRegistry.discover(folder, Set.of("node_cap")).problems();
  }

  @Test
  void whatAJarBringsProtectsItsKeysForAllWhoAsk() throws IOException {
    Path node = Files.createDirectory(temp.resolve("antnode0001"));
    Files.writeString(node.resolve(name + ".key"), "a key");
    assertThat(NodeFolder.keyIn(node)).isEmpty();
    jar("Program", "");

    assertThat(problems()).isEmpty();

    assertThat(NodePrograms.named(name)).isPresent();
    assertThat(NodePrograms.keyFiles()).contains(name + ".key");
    assertThat(NodeFolder.keyIn(node)).isPresent();
    assertThat(NodeFolder.looksLikeOne(List.of(name + ".db"))).isTrue();
    assertThat(NodePrograms.usual().name()).as("whatever rank it says").isEqualTo("antnode");
  }

  @Test
  void itIsLoadedOnceHoweverOftenItIsLookedFor() throws IOException {
    jar("Program", "");
    assertThat(problems()).isEmpty();
    NodeProgram first = NodePrograms.named(name).orElseThrow();
    Files.copy(ServiceJar.of(temp.toRealPath(), NodeProgram.class, "third.Other", program("Other", "").replace(name, name + "-b")),
        folder.resolve("later.jar"));

    assertThat(problems()).isEmpty();

    assertThat(NodePrograms.all().stream().filter(program -> program.name().equals(name))).containsExactly(first);
    assertThat(NodePrograms.named(name + "-b")).isPresent();
  }

  @Test
  void aJarThatHasChangedIsUsedFromTheNextRunOn() throws IOException {
    Path jar = jar("Program", "");
    assertThat(problems()).isEmpty();
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));

    assertThat(problems()).singleElement().asString().contains(name, jar.toString(), "has changed since it was loaded");
    assertThat(NodePrograms.named(name)).isPresent();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "public String name() { return \"Third\"; } | lower-case letters",
      "public String name() { return \"../x\"; } | lower-case letters",
      "public String name() { return null; } | name() is null",
      "public String name() { return \"ant-node\"; } | has the name of wnm's own ant-node",
      "public String keyFile() { return \"secret-key\"; } | files 'secret-key'",
      "public String keyFile() { return \"chunks\"; } | files 'chunks'",
      "public String keyFile() { return \"../key\"; } | is not the name of a file",
      "public String keyFile() { throw new IllegalStateException(\"odd\"); } | failed in 'keyFile'",
      "public boolean isOwnFile(String file) { return true; } | files for its own that are not",
      "public List<String> networks() { return null; } | networks() is null",
      "public List<String> networks() { return Arrays.asList((String) null); } | an entry of networks() is null",
      "public List<String> networks() { return List.of(); } | no payment network",
      "public Set<PortUse> ports() { return Set.of(); } | a port for the network",
      "public String title() { throw new NoClassDefFoundError(\"Gone\"); } | NoClassDefFoundError",
      "public Collection<ManagerOption<?>> options() { return List.<ManagerOption<?>>of(ManagerOption.integer(\"node_cap\", \"N\", 1, 2).help(\"x\")); } | which wnm has itself",
      "public Collection<ManagerOption<?>> options() { return List.<ManagerOption<?>>of(ManagerOption.integer(\"bootstrap\", \"N\", 1, 2).help(\"x\")); } | brings otherwise",
  })
  void whatIsUnfitIsLeftOutWithItsJarAndItsType(String method, String why) throws IOException {
    Path jar = jar("Unfit" + NAMES.incrementAndGet(), method);
    List<NodeProgram> before = NodePrograms.all();

    assertThat(problems()).singleElement().asString().startsWith("a node program is left out: ").contains(jar.toString(), why.strip());

    assertThat(NodePrograms.all()).isEqualTo(before);
  }

  @Test
  void oneThatCannotBeLoadedKeepsNoOtherFromBeingThere() throws IOException {
    Path broken = jar("Broken", "public Broken() { throw new IllegalStateException(\"constructor\"); }");
    jar("Good", "");

    assertThat(problems()).singleElement().asString().contains("third.Broken of " + broken, "constructor");
    assertThat(NodePrograms.named(name)).isPresent();
  }

  @Test
  void ofTwoOfOneNameTheFirstCounts() throws IOException {
    Path first = jar("A", "");
    Path second = jar("B", "public String keyFile() { return \"" + name + "-other\"; }");

    assertThat(problems()).singleElement().asString().contains(second.toString(), "has the name of the node program " + name + " of " + first);
    assertThat(NodePrograms.named(name).orElseThrow().keyFile()).isEqualTo(name + ".key");
  }

  @Test
  void itsOptionsAreOptions() throws IOException {
    jar("Program", "public Collection<ManagerOption<?>> options() { return List.<ManagerOption<?>>of(ManagerOption.integer(\"third_pace\", \"N\", 1, 9).initially(\"2\")"
        + ".help(\"x\")); }");

    assertThat(OptionRegistry.of(ManagerRegistry.discover(folder, Set.of())).find("third_pace")).isPresent();
    assertThat(OptionRegistry.of(ManagerRegistry.ofClassPath(Set.of())).find("third_pace")).as("of a colony without it").isEmpty();
  }

  @Test
  void whatThrowsWhenAskedFailsWithItsJarOrProtectsAllTheMore() throws IOException {
    String odd = "throw new IllegalStateException(\"odd\"); }";
    Path jar = jar("Odd", "private static boolean loaded;"
        + " public boolean isOwnFile(String file) { " + odd
        + " public Optional<Identified> identify(String printed) { " + odd
        + " public List<String> arguments(NodeSpec node) { return null; }"
        + " public Optional<String> peerId(byte[] key) { return null; }"
        + " public String ending(int code) { " + odd
        + " public NodeReading read(NodeSpec node, NodeView view, LogPosition from, java.time.Instant now) { " + odd);
    assertThat(problems()).isEmpty();
    NodeProgram program = NodePrograms.named(name).orElseThrow();
    NodeSpec node = NodeSpec.builder(1, NodePlacement.of("antnode0001", temp.resolve("antnode0001")), NodePorts.of(50_001)).source(jar)
        .user("tester").bootstrapCache(temp).build();

    assertThat(program.isOwnFile(name + ".key")).isTrue();
    assertThat(program.isOwnFile("antnode")).isFalse();
    assertThat(program.identify("antnode")).isEmpty();
    assertThat(program.peerId(new byte[1])).isEmpty();
    assertThat(program.ending(3)).isEqualTo("with exit code 3");
    NodeView nothing = (NodeView) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {NodeView.class}, (proxy, method, words) -> null);
    assertThat(program.read(node, nothing, LogPosition.START, Instant.EPOCH)).isEqualTo(NodeReading.at(LogPosition.START));
    assertThatThrownBy(() -> program.arguments(node)).hasMessageContainingAll(name, jar.toString(), "'arguments'", "is null");
  }
}

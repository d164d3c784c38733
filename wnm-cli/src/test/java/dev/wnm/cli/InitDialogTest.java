package dev.wnm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.colony.SetupChoices;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.InMemoryMachine;
import dev.wnm.testkit.manager.ManagerKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One after another: ports are few, and all ask about the same. */
@Execution(ExecutionMode.SAME_THREAD)
class InitDialogTest {
  private static final String WALLET = "0x1111111111111111111111111111111111111111";
  /** One letter of EIP-55's example in the wrong case. */
  private static final String MISTYPED = "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
  private static final long GB = 1_000_000_000;
  private static List<Integer> ports;

  @TempDir
  private Path home;
  private InMemoryMachine machine;
  private boolean hasPublicAddress;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @BeforeAll
  static void takePorts() {
    ports = FreePorts.thousands(3, 40);
  }

  @AfterAll
  static void giveBackPorts() {
    FreePorts.giveBack(ports);
  }

  @BeforeEach
  void aMachineWithAntnode() throws IOException {
    machine = new InMemoryMachine(ManagerKind.USUAL);
    StandInAntnode.installInto(Files.createDirectories(home.resolve(".local/bin")), new Version("0.4.17"));
  }

  @AfterEach
  void endOfTheMachine() {
    machine.close();
  }

  /** One that is found and cannot work. */
  private static final class Unable implements ProcessManagerProvider {
    @Override
    public List<ManagerType> types() {
      return List.of(ManagerType.of("broken+user"));
    }

    @Override
    public Availability availability(String type, ManagerContext context) {
      return new Availability.Unavailable("its \u001b[31mtool\u001b[0m is missing; install it");
    }

    @Override
    public ProcessManager create(String type, ManagerContext context) {
      throw new IllegalStateException("it cannot work");
    }
  }

  private List<String> words(String... more) {
    List<String> words = new ArrayList<>(List.of("--init"));
    words.addAll(List.of(more));
    return words;
  }

  private List<String> wordsWithPorts(String... more) {
    List<String> words = words("--port_start", ports.get(0).toString(), "--metrics_port_start", ports.get(1).toString(), "--rpc_port_start",
        ports.get(2).toString());
    words.addAll(List.of(more));
    return words;
  }

  private SettingsResolver dialog(List<String> words, String... answers) throws Exception {
    Platform platform = new Platform(OperatingSystem.LINUX, home, "op", false, 4, Map.of("PATH", "/usr/bin:/bin"), home);
    Dependencies real = Dependencies.ofThisMachine(platform, Progress.SILENT);
    Dependencies tools = new Dependencies(folder -> ManagerRegistry.of(List.of(machine.provider(), new Unable())), real.runner(),
        real.firewall(), real.meter(), platform, real.clock(), real.pause(), real.progress());
    byte[] typed = (String.join("\n", answers) + "\n").getBytes(StandardCharsets.UTF_8);
    return new InitDialog(new Prompt(new ByteArrayInputStream(typed), new PrintStream(shown, true, StandardCharsets.UTF_8)),
        new SetupChoices(tools, OptionalLong.of(64 * GB)), tools, hasPublicAddress, SettingsResolver.read(platform, words)).run(words);
  }

  private static Settings settings(SettingsResolver resolver) {
    return resolver.settle(Map.of(), List.of());
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  private void assertNothingWasMade() {
    assertThat(home.resolve(".local/share")).doesNotExist();
  }

  @Test
  void theAnswersBecomeSettingsAndThePlanHasTheCommandLineThatDoesTheSame() throws Exception {
    Settings settings = settings(dialog(wordsWithPorts(), WALLET + ":2,faucet", "1", "1", "n", "y"));
    assertThat(settings.get(Options.REWARDS_ADDRESS)).isEqualTo(WALLET + ":2,faucet");
    assertThat(settings.get(Options.PROCESS_MANAGER)).isEqualTo(InMemoryMachine.TYPE);
    assertThat(settings.get(Options.CPU_LESS_THAN)).as("a quarter").isEqualTo(30);
    assertThat(settings.get(Options.NO_UPNP)).isTrue();
    assertNothingWasMade();

    String plan = shown().substring(shown().indexOf("This is the plan:"));
    assertThat(plan).contains("up to " + settings.get(Options.NODE_CAP) + " with memory+user", "antnode of the old network",
        "UDP " + ports.get(0) + "001", "reckoned with 150 MB a node", "--max_concurrent_starts 2: ", "wnm --install_service");
    String command = plan.substring(plan.indexOf("  wnm --init")).split("\nSet up")[0].replace("\\\n", " ").strip();
    List<String> words = List.of(command.replaceFirst("wnm ", "").split("\\s+"));
    Platform platform = new Platform(OperatingSystem.LINUX, home, "op", false, 4, Map.of(), home);
    assertThat(settings(SettingsResolver.read(platform, words)).asText()).isEqualTo(settings.asText());
  }

  @Test
  void aMistypedWalletIsAskedForAgain() throws Exception {
    Settings settings = settings(dialog(wordsWithPorts("--process_manager", InMemoryMachine.TYPE, "--node_cap", "3", "--no_upnp"),
        MISTYPED, "0x12", "0x" + "0".repeat(40), WALLET, "y"));
    assertThat(settings.get(Options.REWARDS_ADDRESS)).isEqualTo(WALLET);
    assertThat(shown()).contains("wrong EIP-55 checksum", "is not a wallet", "zero address");
    assertThat(shown()).as("what is given is not asked").doesNotContain("What is to run", "How much of the machine", "Router");
  }

  @Test
  void whatCannotWorkIsNamedWithItsReasonAndCannotBeChosen() throws Exception {
    dialog(wordsWithPorts("--node_cap", "3", "--no_upnp"), WALLET, "2", "broken+user", "1", "y");
    assertThat(shown()).contains("  1  memory+user", "broken+user: its tool is missing\n", "must be one of 1, but it is '2'")
        .doesNotContain("\u001b");
  }

  @Test
  void ownNumbersAreCheckedAsOnTheCommandLineAndTheUpperLimitsFollow() throws Exception {
    Settings settings = settings(dialog(wordsWithPorts("--process_manager", InMemoryMachine.TYPE, "--no_upnp"),
        WALLET, "4", "many", "7", "150", "80", "", "100", "y"));
    assertThat(settings.get(Options.NODE_CAP)).isEqualTo(7);
    assertThat(settings.get(Options.CPU_LESS_THAN)).isEqualTo(80);
    assertThat(settings.get(Options.CPU_REMOVE)).isEqualTo(95);
    assertThat(settings.get(Options.MEM_LESS_THAN)).isEqualTo(60);
    assertThat(settings.get(Options.MEM_REMOVE)).isEqualTo(75);
    assertThat(settings.get(Options.HD_REMOVE)).as("no limit at all").isEqualTo(100);
    assertThat(shown().replaceAll("\\s+", " ")).contains("but the answer says 'many'", "but the answer says '150'");
  }

  @Test
  void whoeverGaveALimitKeepsToHisOwn() throws Exception {
    Settings settings = settings(dialog(wordsWithPorts("--process_manager", InMemoryMachine.TYPE, "--no_upnp", "--cpu_less_than", "60"),
        WALLET, "1", "y"));
    assertThat(settings.get(Options.CPU_LESS_THAN)).isEqualTo(60);
    assertThat(settings.get(Options.CPU_REMOVE)).isEqualTo(70);
  }

  @Test
  void aMissingProgramIsAskedForByItsPath() throws Exception {
    Path elsewhere = Files.createDirectories(home.resolve("else where"));
    StandInAntnode.installInto(elsewhere, new Version("0.4.17"));
    Files.delete(home.resolve(".local/bin/antnode"));
    Settings settings = settings(dialog(wordsWithPorts("--process_manager", InMemoryMachine.TYPE, "--node_cap", "3", "--no_upnp"),
        WALLET, "/bin/echo", "~/else where/antnode", "y"));
    assertThat(settings.get(Options.ANTNODE_PATH)).isEqualTo(elsewhere.resolve("antnode"));
    assertThat(shown()).contains("the node program is missing", "/bin/echo is not antnode", "--antnode_path \"" + elsewhere + "/antnode\"");
  }

  @Test
  void aRouterIsTheUsualAnswerOnlyWhereTheMachineHasNoAddressOfTheInternet() throws Exception {
    String[] answers = {WALLET, "", "y"};
    List<String> words = wordsWithPorts("--process_manager", InMemoryMachine.TYPE, "--node_cap", "3");
    assertThat(settings(dialog(words, answers)).get(Options.NO_UPNP)).isFalse();
    hasPublicAddress = true;
    assertThat(settings(dialog(words, answers)).get(Options.NO_UPNP)).isTrue();
  }

  @Test
  void otherPortsAreProposedWhereTheUsualOnesAreTaken() throws Exception {
    try (DatagramSocket held = usualPort()) {
      Settings settings = settings(dialog(words("--process_manager", InMemoryMachine.TYPE, "--node_cap", "3", "--no_upnp"),
          WALLET, "many", "", "y"));
      int by = settings.get(Options.PORT_START) - 55;
      assertThat(by).isPositive();
      assertThat(settings.get(Options.METRICS_PORT_START)).isEqualTo(13 + by);
      assertThat(shown()).contains("Other programs hold some of the ports", "must be thousands from 1 to 65, but it is 'many'");
    }
  }

  /** Held by this test or by somebody else. */
  private static DatagramSocket usualPort() throws IOException {
    try {
      return new DatagramSocket(55_001);
    } catch (BindException taken) {
      return new DatagramSocket(0);
    }
  }

  @Test
  void aNoOrTheEndOfAnswersChangesNothing() {
    List<String> words = wordsWithPorts("--process_manager", InMemoryMachine.TYPE, "--node_cap", "3", "--no_upnp");
    assertThatThrownBy(() -> dialog(words, WALLET, "n")).isInstanceOf(BadInputException.class)
        .hasMessage("the answer was no: --init is given up, and nothing was changed");
    assertThatThrownBy(() -> dialog(words, WALLET)).isInstanceOf(BadInputException.class).hasMessageStartingWith("the answers ended");
    assertNothingWasMade();
  }

  @Test
  void whatIsWrongWithTheRestIsSaidBeforeAnyQuestion() {
    assertThatThrownBy(() -> dialog(words("--cpu_less_than", "90"), WALLET)).isInstanceOf(BadInputException.class)
        .hasMessageContaining("must be below --cpu_remove");
    assertThat(shown()).isEmpty();
  }
}

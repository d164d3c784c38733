package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.config.HelpText;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.managers.PlugInJar;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A back end in the plug-in folder that brings options and types of its own. */
class OptionsOfPlugInsTest {
  /** {@code shed+user} says in its availability which size it was handed over, as an object of a class of its own. */
  private static final String SHED = """
      package shed;

      import dev.wnm.spi.manager.*;
      import java.util.*;

      public final class Shed implements ProcessManagerProvider {
        public record Size(int width, int depth) {
          static Optional<Size> parse(String text) {
            if (text.equals("trap")) {
              throw new NoClassDefFoundError("Gone");
            }
            String[] sides = text.split("x");
            return text.matches("[1-9]x[1-9]") ? Optional.of(new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1])))
                : Optional.empty();
          }

          String text() {
            if (width == 7) {
              throw new IllegalStateException("no 7s");
            }
            return width + "x" + depth;
          }
        }

        static final ManagerOption<Size> SIZE = ManagerOption.parsed("shed_size", Size.class, "SIZE", "a width and a depth such as 2x3",
            Size::parse, Size::text).initially("2x3").decidesAvailability().help("How large the shed is.");
        static final ManagerOption<Boolean> LOCKED = ManagerOption.flag("shed_locked").help("Lock the shed.");
        static final ManagerOption<java.nio.file.Path> KEY = ManagerOption.path("shed_key").help("Where its key is.");

        public List<ManagerType> types() {
          return List.of(ManagerType.of("shed+user").preferredOn(OperatingSystem.LINUX, 50),
              ManagerType.of("shed+all").forWholeSystem("gardener").withServices("shed-{number}"));
        }

        public List<ManagerOption<?>> options() {
          return List.of(SIZE, LOCKED, KEY);
        }

        public Availability availability(String type, ManagerContext context) {
          Size size = context.get(SIZE);
          return size.width() > 8 ? new Availability.Unavailable("no shed is so wide")
              : new Availability.Available(size + " " + context.get(LOCKED) + " " + context.find(KEY));
        }

        public ProcessManager create(String type, ManagerContext context) {
          throw new UnsupportedOperationException();
        }
      }
      """;

  @TempDir
  private Path folder;
  private Path plugins;
  private Path jar;
  private ColonyHarness colony;
  private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));

  @BeforeEach
  void aColonyWhosePlugInFolderIsStored() throws Exception {
    Path home = folder.toRealPath();
    plugins = Files.createDirectory(home.resolve("sheds"));
    jar = PlugInJar.of(plugins, "shed.Shed", SHED);
    colony = ColonyHarness.initialized(home, "--plugin_path", plugins.toString());
  }

  @AfterEach
  void close() {
    colony.close();
  }

  private Platform platform() {
    return new Platform(OperatingSystem.LINUX, colony.home, "tester", false, 4, environment, colony.home);
  }

  private SettingsResolver resolver(String... options) {
    List<String> words = new ArrayList<>(List.of("--dbpath", colony.database.toString()));
    words.addAll(List.of(options));
    return SettingsResolver.read(InstalledOptions.find(platform(), words), platform(), words);
  }

  /** What the plug-in says that it was given. */
  private String handedOver(String... options) throws Exception {
    Settings settings = resolver(options).settle(colony.stored(), List.of());
    Availability availability = InstalledOptions.managers(settings.get(Options.PLUGIN_PATH)).require("shed+user")
        .availability(ManagerContexts.of(settings, colony.colony(), colony.tools()));
    return availability instanceof Availability.Available there ? there.detail() : availability.toString();
  }

  private void store(String... options) throws Exception {
    Colony.open(resolver(options), colony.tools()).close();
  }

  @Test
  void areListedInHelpLikeWnmsOwn() {
    OptionRegistry options = InstalledOptions.find(platform(), List.of("--plugin_path", plugins.toString()));
    assertThat(HelpText.render(options)).contains("""
        * --shed_size SIZE                How large the shed is. [2x3]
        * --shed_locked                   Lock the shed.
        """, """
        * --shed_key PATH                 Where its key is.
        """);
    assertThat(HelpText.render(OptionRegistry.ofClassPath())).doesNotContain("shed_");
  }

  @Test
  void areHandedOverAsObjectsOfTheirOwnClasses() throws Exception {
    assertThat(handedOver()).isEqualTo("Size[width=2, depth=3] false Optional.empty");
    assertThat(handedOver("--shed-si", "4x5", "--shed_locked", "--shed_key=~/key"))
        .isEqualTo("Size[width=4, depth=5] true Optional[" + colony.home.resolve("key") + "]");
  }

  @Test
  void comeFromTheEnvironmentAndFromConfigFiles() throws Exception {
    environment.put("SHED_SIZE", "1x1");
    Path file = Files.writeString(colony.home.resolve("more"), "shed_locked\nshed_size = 9x9\n");
    assertThat(handedOver("-c", file.toString())).startsWith("Size[width=1, depth=1] true");
    environment.put("WNM_SHED_SIZE", "6x7");
    assertThat(handedOver()).startsWith("Size[width=6, depth=7] false");
  }

  @ParameterizedTest
  @CsvSource({
      "--shed_size=wide, '--shed_size must be a width and a depth such as 2x3, but the command line says ''wide'''",
      "--shed_size=trap, '--shed_size must be a width and a depth such as 2x3, but the command line says ''trap'''",
      "--shed_size=7x7, '--shed_size must be a width and a depth such as 2x3, but the command line says ''7x7'''",
      "--shed_locked=perhaps, '--shed_locked must be true, yes, on, 1, false, no, off or 0, but the command line says ''perhaps'''",
      "--shed_sise=2x3, unknown option --shed_sise; did you mean --shed_size?",
      "--shed, '--shed could be --shed_key, --shed_locked, --shed_size; write the whole name'"})
  void areCheckedLikeWnmsOwn(String word, String sentence) {
    assertThatThrownBy(() -> resolver(word)).isInstanceOf(BadInputException.class).hasMessage(sentence);
  }

  @Test
  void areKeptAndTurnedOffLikeWnmsOwn() throws Exception {
    store("--shed_size=3x3", "--shed_locked");
    assertThat(colony.stored()).containsEntry("shed_size", "3x3").containsEntry("shed_locked", "1");
    assertThat(handedOver()).isEqualTo("Size[width=3, depth=3] true Optional.empty");
    store("--force_action", "disable_config", "--shed_locked");
    assertThat(handedOver()).isEqualTo("Size[width=3, depth=3] false Optional.empty");
  }

  @Test
  void areUnknownAgainOnceTheJarIsGoneAndWhatIsStoredStays() throws Exception {
    store("--shed_size=3x3");
    Files.delete(jar);
    assertThatThrownBy(() -> resolver("--shed_size=4x4")).hasMessageStartingWith("unknown option --shed_size");
    store("--node_cap=2");
    assertThat(colony.stored()).containsEntry("shed_size", "3x3").containsEntry("node_cap", "2");
  }

  @Test
  void aBrokenSourceHidesNothing() throws IOException {
    Path broken = Files.writeString(colony.home.resolve("broken"), "= 5\nnonsense here\nplugin_path = " + plugins + "\n");
    assertThat(InstalledOptions.find(platform(), List.of("--what", "-c", broken.toString(), "--node_cap=x")).find("shed_size"))
        .isPresent();
    assertThat(InstalledOptions.find(platform(), List.of("--plugin_path", colony.home.resolve("none").toString())).find("shed_size"))
        .isEmpty();
  }

  @Test
  void theirTypesSayRankReachAndAccount() {
    SettingsResolver resolver = resolver();
    Settings settings = resolver.settle(colony.stored(), List.of());
    DefaultManager defaults = new DefaultManager(settings, colony.tools(InstalledOptions::managers));
    assertThat(defaults.working()).startsWith("shed+user").doesNotContain("shed+all");
    assertThat(defaults.passedOver("shed+user")).isEmpty();
    List<String> words = List.of("--process_manager", "shed+all", "--plugin_path", plugins.toString());
    SettingsResolver ofAll = SettingsResolver.read(InstalledOptions.find(platform(), words), platform(), words);
    Settings all = ofAll.settle(Map.of(), List.of());
    assertThat(all.accountOfNodes()).isEqualTo("gardener");
    assertThat(all.serviceOf(7)).isEqualTo("shed-0007");
    assertThat(settings.serviceOf(7)).isEqualTo("antnode0007.service");
    assertThat(all.get(Options.NODE_STORAGE).paths()).containsExactly(Path.of("/var/antctl/services"));
    assertThat(ofAll.database()).isEqualTo(Path.of("/var/antctl/colony.db"));
  }

  @ParameterizedTest
  @CsvSource({
      "'ManagerOption.flag(\"node_cap\").help(\"\")', 'it brings an option --node_cap, which wnm has itself'",
      "'ManagerOption.flag(\"boot_id\").help(\"\")', 'it brings an option --boot_id, which wnm has itself'",
      "'ManagerOption.flag(\"shed_size\").help(\"\")', 'it brings an option --shed_size, which JAR brings otherwise'"})
  void anOptionThatSomebodyElseHasLeavesItsBackEndOut(String option, String fault) throws Exception {
    Path other = PlugInJar.of(plugins, "tent.Tent", tent(option));
    ManagerRegistry found = InstalledOptions.managers(plugins);
    assertThat(found.problems()).containsExactly(
        "process manager tent+user of " + other + " is left out: " + fault.replace("JAR", jar.toString()));
    assertThat(found.types()).containsKey("shed+user").doesNotContainKey("tent+user");
    assertThat(handedOver("--shed_size=4x4")).startsWith("Size[width=4");
  }

  @ParameterizedTest
  @CsvSource({"ManagerOption.flag(\"Tent\").help(\"\")", "'ManagerOption.integer(\"tent_pegs\", \"N\", 4, 8).initially(\"3\").help(\"\")'", "null"})
  void anOptionThatIsNoneLeavesItsBackEndOut(String option) throws Exception {
    Path other = PlugInJar.of(plugins, "tent.Tent", tent(option));
    assertThat(InstalledOptions.managers(plugins).problems()).singleElement().asString()
        .startsWith("a process manager is left out: the process manager of " + other);
    assertThat(handedOver("--shed_size=4x4")).startsWith("Size[width=4");
  }

  @Test
  void anOptionMayBeSharedByWhoDeclaresTheSame() throws Exception {
    PlugInJar.of(plugins, "tent.Tent", tent("ManagerOption.flag(\"shed_locked\").help(\"Lock the shed.\")"));
    ManagerRegistry found = InstalledOptions.managers(plugins);
    assertThat(found.problems()).isEmpty();
    assertThat(found.types()).containsKeys("shed+user", "tent+user");
  }

  private static String tent(String option) {
    return "package tent; import dev.wnm.spi.manager.*; import java.util.*;"
        + " public final class Tent implements ProcessManagerProvider {"
        + " public List<ManagerType> types() { return List.of(ManagerType.of(\"tent+user\")); }"
        + " public List<ManagerOption<?>> options() { return Collections.singletonList(" + option + "); }"
        + " public Availability availability(String type, ManagerContext context) { return new Availability.Available(\"\"); }"
        + " public ProcessManager create(String type, ManagerContext context) { return null; } }";
  }
}

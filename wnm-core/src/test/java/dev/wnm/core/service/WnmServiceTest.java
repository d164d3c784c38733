package dev.wnm.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.ServiceKind;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.testkit.Executables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What wnm writes to have itself run; with real crontabs and service managers {@code OwnServiceIT} tries it. */
class WnmServiceTest {
  private static final List<String> SELF = List.of("/opt/wnm 1/bin/wnm");

  @TempDir
  private Path folder;
  private Path home;

  @BeforeEach
  void aHome() throws Exception {
    home = Files.createDirectory(folder.resolve("home"));
  }

  private Platform platform(OperatingSystem os, boolean root, Map<String, String> environment) {
    return new Platform(os, home, root ? "root" : "op", root, 4, environment, home);
  }

  private Settings settings(Platform platform, String... words) {
    return SettingsResolver.read(OptionRegistry.ofClassPath(), platform, List.of(words)).settle(Map.of(), List.of("setsid+user"));
  }

  private ServiceOrder order(boolean root, String... words) {
    return ServiceOrder.of(settings(platform(OperatingSystem.LINUX, root, Map.of("WNM_JAVA", "/jdk 17/bin/java")), words), SELF);
  }

  /** Its {@code crontab} keeps the table in a file; no systemd. */
  private class CronOnly implements CommandRunner {
    private final ProcessCommandRunner real = new ProcessCommandRunner();
    private final Path program;

    CronOnly() throws Exception {
      program = Executables.write(folder.resolve("crontab"), """
          #!/bin/sh
          cd "$(dirname "$0")"
          case $1 in
            -l) [ ! -e broken ] || { echo 'crontab: no permission' >&2; exit 1; }
                [ -e table ] || { echo 'no crontab for op' >&2; exit 1; }; cat table ;;
            -r) rm table ;;
            -) cat > table; echo write >> writes ;;
          esac
          """);
    }

    @Override
    public CommandResult run(Command command) throws CommandFailedException {
      List<String> words = new ArrayList<>(command.argv());
      words.set(0, program.toString());
      return real.run(Command.of(words).reading(command.input()));
    }

    @Override
    public Process spawn(Command command, Path log) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Path> find(String name) {
      return name.equals("crontab") ? Optional.of(program) : Optional.empty();
    }
  }

  private WnmService withCron() throws Exception {
    return new WnmService(List.of(new CronHost(new CronOnly())));
  }

  @Test
  void aLineIsAddedToTheCrontabOnceAndTakenAwayAgain() throws Exception {
    Path table = Files.writeString(folder.resolve("table"), "# mine\n0 5 * * * backup\n");
    WnmService service = withCron();

    WnmService.Done done = service.install(order(false), Optional.empty());

    assertThat(done.kind()).isEqualTo(ServiceKind.CRON);
    String line = "* * * * * WNM_JAVA='/jdk 17/bin/java' '/opt/wnm 1/bin/wnm' --log_file " + home
        + "/.local/share/autonomi/wnm.log > /dev/null # Written by wnm install_service: wnm\n";
    assertThat(table).hasContent("# mine\n0 5 * * * backup\n" + line);
    service.install(order(false), Optional.of(ServiceKind.CRON));
    assertThat(folder.resolve("writes")).as("nothing was to be written the second time").hasContent("write\n");
    Settings settings = settings(platform(OperatingSystem.LINUX, false, Map.of()));
    assertThat(service.installed(settings)).containsExactly("crontab");
    assertThat(service.uninstall(settings)).containsExactly("crontab");
    assertThat(table).hasContent("# mine\n0 5 * * * backup\n");
    assertThat(service.uninstall(settings)).isEmpty();
  }

  @Test
  void anAccountWithoutACrontabGetsOneAndLosesItAgain() throws Exception {
    WnmService service = withCron();
    service.install(order(false, "--dbpath", home + "/50% x/colony.db"), Optional.empty());
    assertThat(Files.readString(folder.resolve("table"))).contains("--dbpath '" + home + "/50\\% x/colony.db' ")
        .containsPattern("# Written by wnm install_service: wnm-[0-9a-f]{8}\n$");
    service.uninstall(settings(platform(OperatingSystem.LINUX, false, Map.of()), "--dbpath", home + "/50% x/colony.db"));
    assertThat(folder.resolve("table")).doesNotExist();
  }

  @Test
  void aCrontabThatCannotBeReadIsNotTakenForAnEmptyOne() throws Exception {
    Files.writeString(folder.resolve("table"), "0 5 * * * backup\n");
    Files.createFile(folder.resolve("broken"));
    assertThatThrownBy(() -> withCron().install(order(false), Optional.empty())).isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("no permission");
    assertThat(folder.resolve("table")).hasContent("0 5 * * * backup\n");
  }

  @Test
  void whatCannotWorkHereIsRefusedWithTheReason() throws Exception {
    assertThatThrownBy(() -> withCron().install(order(false), Optional.of(ServiceKind.TIMER))).isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("--install_service --service_kind timer cannot work here");
  }

  @Test
  void onlyAServiceThatStaysUpKeepsToAnInterval() {
    assertThatThrownBy(() -> withCron().install(order(false, "--install_service", "--watch", "30"), Optional.empty()))
        .isInstanceOf(BadInputException.class).hasMessage("--watch goes only with a service that stays up; cron runs a cycle every minute");
    assertThat(folder.resolve("table")).doesNotExist();
  }

  @Test
  void theUnitOfAnAccountIsHardenedUnlessItNeedsSudo() {
    String unit = SystemdUnit.service(order(false), ServiceKind.SERVICE, true);
    assertThat(unit).startsWith("# " + ServiceText.MARK).contains("\nExecStart=\"/opt/wnm 1/bin/wnm\" --watch 60\n",
        "\nEnvironment=\"WNM_JAVA=/jdk 17/bin/java\"\n", "\nKillMode=process\n", "\nTasksMax=infinity\n", "\nOOMPolicy=continue\n",
        "\nNoNewPrivileges=yes\n", "\nWantedBy=default.target\n").doesNotContain("User=", "ProtectSystem", "Memory");
    assertThat(SystemdUnit.service(order(false, "--process_manager", "systemd+sudo"), ServiceKind.SERVICE, true))
        .doesNotContain("NoNewPrivileges", "Restrict", "LockPersonality");
    assertThat(SystemdUnit.service(order(false, "--firewall", "ufw"), ServiceKind.SERVICE, true)).doesNotContain("NoNewPrivileges");
  }

  @Test
  void theUnitOfTheSystemHidesWhatNeitherWnmNorNodesChange() {
    String unit = SystemdUnit.service(order(true, "--watch", "30", "--install_service"), ServiceKind.SERVICE, false);
    assertThat(unit).contains("\nUser=root\n", " --watch 30\n", "\nProtectSystem=yes\n", "\nProtectControlGroups=yes\n",
        "\nWantedBy=multi-user.target\n").doesNotContain("NoNewPrivileges");
    assertThat(SystemdUnit.service(order(true, "--install_service", "--serve", "8420", "--serve_names", "wnm.home"), ServiceKind.SERVICE, false))
        .contains(" --watch 60 --serve=8420 --serve_names=wnm.home\n");
    assertThat(SystemdUnit.service(order(true, "--node_storage", "/usr/local/nodes"), ServiceKind.SERVICE, false))
        .doesNotContain("ProtectSystem");
    assertThat(SystemdUnit.service(order(true), ServiceKind.TIMER, false)).contains("\nType=oneshot\n").doesNotContain("--watch", "[Install]");
  }

  @Test
  void wordsOfAUnitAreReadBackByTheLetter() {
    ServiceOrder odd = new ServiceOrder("wnm", List.of("/x/wnm", "--dbpath", "/a b/%h/$HOME\"q\"\\"), Map.of(), Optional.empty(), List.of(),
        home, "op", false, false, List.of());
    assertThat(SystemdUnit.service(odd, ServiceKind.SERVICE, true))
        .contains("\nExecStart=/x/wnm --dbpath \"/a b/%%h/$$HOME\\\"q\\\"\\\\\" --watch 60\n");
  }

  @Test
  void anAgentOfLaunchdIsLoadedOnceAndItsNodesOutliveIt() throws Exception {
    List<String> calls = new ArrayList<>();
    CommandRunner launchctl = new CommandRunner() {
      @Override
      public CommandResult run(Command command) {
        calls.add(String.join(" ", command.argv()));
        boolean loaded = calls.stream().anyMatch(call -> call.contains("bootstrap"));
        return new CommandResult(command, command.argv().contains("print") && !loaded ? 113 : 0, "", "", Duration.ZERO, false);
      }

      @Override
      public Process spawn(Command command, Path log) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<Path> find(String program) {
        return Optional.of(Path.of("/bin/launchctl"));
      }
    };
    Platform mac = platform(OperatingSystem.MACOS, false, Map.of());
    ServiceOrder order = ServiceOrder.of(settings(mac), SELF);
    LaunchdHost host = new LaunchdHost(launchctl, mac);

    new WnmService(List.of(host)).install(order, Optional.empty());
    new WnmService(List.of(host)).install(order, Optional.empty());

    Path file = home.resolve("Library/LaunchAgents/dev.wnm.wnm.plist");
    assertThat(calls.stream().filter(call -> call.startsWith("launchctl bootstrap gui/"))).hasSize(1);
    CommandResult read = new ProcessCommandRunner().run(Command.of("plistutil", "-i", file.toString()));
    assertThat(read.stdout()).as(read.describe()).startsWith("bplist00");
    assertThat(Files.readString(file).replaceAll("\\s+", "")).contains("<key>AbandonProcessGroup</key><true/>",
        "<string>--watch</string><string>60</string><string>--log_file</string>");
    new WnmService(List.of(host)).uninstall(settings(mac));
    assertThat(file).doesNotExist();
    assertThat(calls.get(calls.size() - 1)).contains("bootout gui/");
  }

  @Test
  void aFileThatWnmHasNotWrittenIsNeitherReplacedNorDeleted() throws Exception {
    Platform mac = platform(OperatingSystem.MACOS, false, Map.of());
    Path file = home.resolve("Library/LaunchAgents/dev.wnm.wnm.plist");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "mine");
    WnmService service = new WnmService(List.of(new LaunchdHost(new CronOnly() {
      @Override
      public Optional<Path> find(String name) {
        return Optional.of(file);
      }
    }, mac)));

    assertThatThrownBy(() -> service.install(ServiceOrder.of(settings(mac), SELF), Optional.empty())).isInstanceOf(BadInputException.class)
        .hasMessageContaining(file + " is there");
    assertThat(service.uninstall(settings(mac))).isEmpty();
    assertThat(file).hasContent("mine");
  }
}

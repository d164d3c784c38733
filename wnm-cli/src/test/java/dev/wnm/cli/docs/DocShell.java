package dev.wnm.cli.docs;

import dev.wnm.cli.packaged.PackagedJar;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.Executables;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.Pace;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where a page's examples run: an empty home with an antnode and a {@code wnm}. What an example leaves to defaults that a test
 * cannot leave to them is said by variables: ports that are free, and limits that hold on a busy machine, too.
 */
final class DocShell implements AutoCloseable {
  private static final int NODES = 25;
  private static final String LIMIT_SECONDS = Long.toString(Pace.stretched(Duration.ofMinutes(2)).toSeconds());

  private final Path home;
  private final List<Integer> starts = FreePorts.thousands(3, NODES);
  private final Map<String, String> variables;
  private final Map<String, String> more;

  DocShell(Path home) throws IOException {
    this(home, Map.of());
  }

  /** @param more variables, beside those of every page */
  DocShell(Path home, Map<String, String> more) throws IOException {
    this.home = home;
    this.more = more;
    StandInAntnode.installInto(Files.createDirectories(home.resolve(".local/bin")), new Version("0.4.17"));
    Path wnm = Files.createDirectories(home.resolve("bin")).resolve("wnm");
    // Root's default is setsid+sudo, whose places are those of the whole machine.
    Executables.write(wnm, """
        #!/bin/sh
        case " $* " in
          *--process_manager*) ;;
          *" --init "*) set -- "$@" --process_manager setsid+user ;;
        esac
        exec %s %s -jar %s "$@"
        """.formatted(PackagedJar.java(), String.join(" ", PackagedJar.quickOptions()), PackagedJar.path()));
    variables = Map.of("HOME", home.toString(), "PATH", home.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin",
        "LC_ALL", "C.UTF-8", "DBPATH", home.resolve(".local/share/autonomi/colony.db").toString(),
        "PORT_START", starts.get(0).toString(), "METRICS_PORT_START", starts.get(1).toString(),
        "RPC_PORT_START", starts.get(2).toString(), "DELAY_START", "0", "MAX_LOAD_AVERAGE_ALLOWED", "1000",
        "DESIRED_LOAD_AVERAGE", "900");
  }

  /** What a command line prints on both outputs. */
  String run(String command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("timeout", LIMIT_SECONDS, "sh", "-c", command)
        .directory(home.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.environment().putAll(more);
    builder.environment().put("WNM_FIREWALL_DISABLED", "1"); // the machine's firewall is no test's business
    Process process = builder.start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Nothing of the page's runs any more. */
  @Override
  public void close() {
    FreePorts.giveBack(starts);
  }
}

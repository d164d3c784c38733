package dev.wnm.cli.docs;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where a page's examples run: an empty home with an antnode and a {@code wnm}. What an example leaves to defaults that a test
 * cannot leave to them is said by variables: ports that are free, and limits that hold on a busy machine, too.
 */
final class DocShell {
  static final Path JAR = Path.of(System.getProperty("wnm.jar"));
  private static final int NODES = 25;
  /** Above the ports that systems give out by themselves, then others that nobody may use. */
  private static final List<Integer> STARTS = List.of(61, 62, 63, 64, 27, 28, 29, 31, 24, 25, 26);

  private final Path home;
  private final Map<String, String> variables;

  DocShell(Path home) throws IOException {
    this.home = home;
    StandInAntnode.installInto(Files.createDirectories(home.resolve(".local/bin")), new Version("0.4.17"));
    Path wnm = Files.createDirectories(home.resolve("bin")).resolve("wnm");
    // Root's default is setsid+sudo, whose places are those of the whole machine.
    Files.writeString(wnm, """
        #!/bin/sh
        case " $* " in
          *--process_manager*) ;;
          *" --init "*) set -- "$@" --process_manager setsid+user ;;
        esac
        exec %s -jar %s "$@"
        """.formatted(Path.of(System.getProperty("java.home"), "bin/java"), JAR));
    Files.setPosixFilePermissions(wnm, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<Integer> starts = STARTS.stream().filter(DocShell::isFree).limit(3).toList();
    variables = Map.of("HOME", home.toString(), "PATH", home.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin",
        "LC_ALL", "C.UTF-8", "DBPATH", home.resolve(".local/share/autonomi/colony.db").toString(),
        "PORT_START", starts.get(0).toString(), "METRICS_PORT_START", starts.get(1).toString(),
        "RPC_PORT_START", starts.get(2).toString(), "DELAY_START", "0", "MAX_LOAD_AVERAGE_ALLOWED", "1000",
        "DESIRED_LOAD_AVERAGE", "900");
  }

  /** What a command line prints on both outputs. */
  String run(String command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("timeout", "120", "sh", "-c", command)
        .directory(home.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.environment().put("WNM_FIREWALL_DISABLED", "1"); // the machine's firewall is no test's business
    Process process = builder.start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static boolean isFree(int start) {
    return IntStream.rangeClosed(start * 1_000 + 1, start * 1_000 + NODES).allMatch(DocShell::canBeBound);
  }

  private static boolean canBeBound(int port) {
    try (ServerSocket tcp = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        DatagramSocket udp = new DatagramSocket(port)) {
      return tcp.isBound() && udp.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}

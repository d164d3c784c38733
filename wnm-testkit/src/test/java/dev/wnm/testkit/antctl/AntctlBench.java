package dev.wnm.testkit.antctl;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.Pace;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A stand-in antctl that keeps all its files in one folder; closing it stops its nodes. */
final class AntctlBench implements AutoCloseable {
  static final String WALLET = "0x03B770D9cD32077cC0bF330c13C114a87643B124";

  private static final Duration LIMIT = Pace.stretched(Duration.ofSeconds(30));

  private final Path folder;
  private final Path antctl;
  private final Map<String, String> settings = new TreeMap<>();

  AntctlBench(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    antctl = StandInAntctl.installInto(this.folder.resolve("bin"));
    StandInAntnode.installInto(this.folder.resolve("antnode"));
    settings.put("registry", file("var/node_registry.json").toString());
    settings.put("unit_dir", file("units").toString());
    settings.put("data_prefix", file("data").toString());
    settings.put("log_prefix", file("log").toString());
    settings.put("releases", file("releases").toString());
    settings.put("call_log", file("calls").toString());
    settings.put("run_as_self", "1");
    settings.put("start_pause", "0.1");
    settings.put("retry_pause", "0.05");
    settings.put("stop_timeout", "2");
    StandInAntctl.configure(antctl, settings);
  }

  Path antctl() {
    return antctl;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  String text(String name) throws IOException {
    return Files.exists(file(name)) ? Files.readString(file(name)) : "";
  }

  String binary() {
    return file("antnode/antnode").toString();
  }

  String release(String version) throws IOException {
    return StandInAntnode.installInto(file("releases").resolve(version), new Version(version)).toString();
  }

  /** Adds to its configuration; an empty value takes a name out. */
  AntctlBench told(String name, String value) throws IOException {
    settings.put(name, value);
    StandInAntctl.configure(antctl, settings);
    return this;
  }

  CommandResult run(String... words) throws CommandFailedException {
    List<String> argv = new ArrayList<>(List.of(antctl.toString()));
    argv.addAll(List.of(words));
    return new ProcessCommandRunner().run(Command.of(argv).within(LIMIT));
  }

  /** Adds services with the stand-in antnode, offline. */
  CommandResult add(String... flags) throws CommandFailedException {
    List<String> words = new ArrayList<>(List.of("add", "--rewards-address", WALLET, "--path", binary()));
    words.addAll(List.of(flags));
    words.add("evm-arbitrum-one");
    return run(words.toArray(String[]::new));
  }

  String json() throws CommandFailedException {
    return run("status", "--json").stdout();
  }

  /** The value of a key of a service in {@code status --json}, as it stands there. */
  String value(String service, String key) throws CommandFailedException {
    for (String node : json().split("\n    \\}")) {
      if (node.contains("\"service_name\": \"" + service + "\"")) {
        return node.replaceFirst("(?s).*\n      \"" + key + "\": (.*?)(,?\n      \".*|$)", "$1");
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    settings.keySet().removeIf(name -> name.matches("(fail|hang|crash|rpc|pid|blind|no_bus).*"));
    StandInAntctl.configure(antctl, settings);
    try {
      run("-v", "stop");
    } catch (CommandFailedException e) {
      throw new IOException("nodes of the stand-in antctl may be left behind", e);
    }
  }
}

package dev.wnm.fleet.ssh;

import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.TalkJson;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.PlainText;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs the one command on hosts. Connections are kept for a minute, so that the next call costs little. */
final class Dialler {
  private static final String CONFIGURATION = "ssh_config";
  private static final int LONGEST_SOCKET = 90;
  private static final int NO_CONNECTION = 255;
  /** More than the longest answer: a host that prints without end fills nobody's memory. */
  private static final int MOST_BYTES = 16 << 20;

  private final PrivateFolder folder;
  private final CommandRunner runner;
  private final Supplier<Hosts> hosts;

  Dialler(PrivateFolder folder, CommandRunner runner, Supplier<Hosts> hosts) {
    this.folder = folder;
    this.runner = runner;
    this.hosts = hosts;
  }

  /** Whether a host is one of this fleet. */
  boolean knows(HostName host) {
    return hosts.get().address(host).isPresent();
  }

  /** What a host says to a call. @throws FleetException when it says nothing, or that it cannot */
  String call(HostName host, Call call, Duration most) throws FleetException {
    String address = hosts.get().address(host).orElseThrow(() -> new FleetException(host + " is no host of this fleet"));
    CommandResult result;
    try {
      result = runner.runKeeping(MOST_BYTES, Command.of(words(host, address)).reading(call.line()).within(most));
    } catch (CommandFailedException e) {
      throw new FleetException(host + ": " + e.getMessage(), e);
    }
    if (result.timedOut()) {
      throw new FleetException(host + " does not answer within " + most.toSeconds() + " s");
    }
    if (!result.succeeded()) {
      throw new FleetException(host + (result.exitCode() == NO_CONNECTION ? " cannot be reached: " : " cannot answer: ") + cause(result));
    }
    return text(host, result.stdout());
  }

  /** What a login shell prints in front of it does no harm. */
  private static String text(HostName host, String printed) throws FleetException {
    String last = printed.lines().reduce("", (first, second) -> second.isBlank() ? first : second);
    try {
      Reply reply = TalkJson.readReply(last);
      if (!reply.isAnswered()) {
        throw new FleetException(host + ": " + reply.text());
      }
      return reply.text();
    } catch (UnreadableException wrong) {
      throw new FleetException(host + " answers something else than wnm: " + PlainText.of(last.substring(0, Math.min(last.length(), 120))), wrong);
    }
  }

  private static String cause(CommandResult result) {
    String last = result.stderr().lines().map(String::strip).filter(line -> !line.isEmpty()).reduce("", (first, second) -> second);
    return last.isEmpty() ? "exit code " + result.exitCode() : PlainText.of(last);
  }

  private List<String> words(HostName host, String address) {
    List<String> words = new ArrayList<>(List.of("ssh", "-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-o", "ServerAliveInterval=10",
        "-o", "ServerAliveCountMax=2"));
    if (Files.exists(folder.file(CONFIGURATION))) {
      words.addAll(List.of("-F", folder.file(CONFIGURATION).toString()));
    }
    // A socket's path may not be long; where it would be, each call connects anew.
    // By what wnm calls the host: two of them may be behind one address, with keys that lead to different commands.
    String socket = folder.file("cm-" + host).toString();
    if (socket.length() < LONGEST_SOCKET) {
      words.addAll(List.of("-o", "ControlMaster=auto", "-o", "ControlPersist=60", "-o", "ControlPath=" + socket.replace("%", "%%")));
    }
    words.addAll(List.of("--", address, "wnm", "fleet", "answer"));
    return words;
  }
}

package dev.wnm.core.host;

import dev.wnm.core.model.MachineUse;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures what graphs show of a machine. What cannot be measured is unknown, with a warning that says why. */
public final class MachineUseMeter {
  private static final System.Logger LOG = System.getLogger(MachineUseMeter.class.getName());
  /** Thousands of nodes hold millions of files. */
  private static final Duration COUNTING_LIMIT = Duration.ofMinutes(2);
  private static final Duration PING_LIMIT = Duration.ofSeconds(15);
  private static final long KIBIBYTES_IN_MEBIBYTE = 1_024;
  /** Its second number is the mean, with ping of iputils, busybox and macOS alike. */
  private static final Pattern ROUND_TRIPS = Pattern.compile("(?m)^(?:rtt|round-trip) \\S+ = [0-9.]+/([0-9.]+)/");

  private final CommandRunner runner;

  public MachineUseMeter(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * @param storages all that hold nodes; empty where not all can be looked into
   * @param usedPercent of the fullest file system of these
   * @param latencyHost to send packets to; empty for none
   */
  public MachineUse measure(List<Path> storages, OptionalDouble usedPercent, String latencyHost) {
    OptionalLong percent = usedPercent.isPresent() ? OptionalLong.of((long) Math.ceil(usedPercent.getAsDouble())) : OptionalLong.empty();
    return new MachineUse(mebibytes(storages), percent, latencyHost.isEmpty() ? OptionalDouble.empty() : latency(latencyHost));
  }

  private OptionalLong mebibytes(List<Path> storages) {
    List<String> words = new ArrayList<>(List.of("du", "-sk", "--"));
    storages.stream().filter(Files::isDirectory).map(Path::toString).forEach(words::add);
    if (words.size() == 3) {
      return OptionalLong.empty();
    }
    try {
      CommandResult counted = runner.run(Command.of(words).with("LC_ALL", "C").within(COUNTING_LIMIT));
      // Nodes delete files all the time; one that is gone when du comes to it makes no difference.
      if (!counted.succeeded() && (counted.timedOut()
          || !counted.stderr().lines().allMatch(line -> line.endsWith("No such file or directory")))) {
        counted.orThrow();
      }
      return OptionalLong.of(counted.stdout().lines().mapToLong(line -> Long.parseLong(line.split("\\s", 2)[0])).sum()
          / KIBIBYTES_IN_MEBIBYTE);
    } catch (CommandFailedException | NumberFormatException e) {
      LOG.log(System.Logger.Level.WARNING, "how much the nodes hold on disk is left out: {0}", e.getMessage());
      return OptionalLong.empty();
    }
  }

  private OptionalDouble latency(String host) {
    try {
      CommandResult sent = runner.run(Command.of("ping", "-n", "-q", "-c", "4", "-i", "0.2", host).with("LC_ALL", "C").within(PING_LIMIT));
      Matcher trips = ROUND_TRIPS.matcher(sent.stdout());
      if (trips.find()) {
        return OptionalDouble.of(Double.parseDouble(trips.group(1)));
      }
      LOG.log(System.Logger.Level.WARNING, "the latency is left out: no answer from --latency_host {0} ({1})", host, sent.describe());
    } catch (CommandFailedException | NumberFormatException e) {
      LOG.log(System.Logger.Level.WARNING, "the latency is left out: {0}", e.getMessage());
    }
    return OptionalDouble.empty();
  }
}

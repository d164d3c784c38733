package dev.wnm.managers.antctl;

import dev.wnm.managers.support.Poll;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One antctl and its calls, one at a time.
 *
 * <p>All calls that change something are quiet ({@code -v}, which means less): antctl would otherwise ask every running
 * node over RPC first, and one node that hangs would hang them all. What came of a call is read from the registry then, not
 * from its output; as a file where that will do, since each call but {@code add} has antctl look at all nodes, and ask the
 * binary of each that runs for its version.
 */
final class Antctl {
  /** The only program that antctl knows. */
  static final NodeProgram PROGRAM = NodePrograms.named("antnode").orElseThrow();

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Instance instance;
  private final CommandRunner runner;
  private final Limits limits;
  private final boolean debug;
  private final Map<String, String> environment = new HashMap<>();
  private final ReentrantLock oneAtATime = new ReentrantLock(true);
  private volatile int nodes;

  /** @param ownEnvironment wnm's own, whose RUST_BACKTRACE counts more than the option */
  Antctl(Instance instance, ManagerContext context, Limits limits, Map<String, String> ownEnvironment) {
    this.instance = instance;
    this.limits = limits;
    runner = context.runner();
    debug = context.get(AntctlOptions.DEBUG) || context.debug();
    Optional.ofNullable(ownEnvironment.get("RUST_BACKTRACE")).or(() -> context.find(AntctlOptions.BACKTRACE)).ifPresent(value -> environment.put("RUST_BACKTRACE", value));
  }

  Instance instance() {
    return instance;
  }

  /** What antctl wrote down last, and who runs; no call of antctl. */
  Instance.Snapshot snapshot() throws OperationFailedException {
    Instance.Snapshot snapshot = instance.snapshot();
    nodes = snapshot.entries().size();
    return snapshot;
  }

  /** What antctl knows, after it has looked which of its nodes run. */
  List<Entry> status() throws OperationFailedException {
    CommandResult result = call(limits.status(), List.of("status", "--json"));
    if (!result.succeeded()) {
      throw Messages.failure(result);
    }
    List<Entry> entries = StatusDocument.parse(result.stdout());
    nodes = entries.size();
    return entries;
  }

  /** @param words those of {@code add}, the network last */
  CommandResult add(List<String> words, boolean fetches) throws OperationFailedException {
    return call(fetches ? limits.add().plus(limits.download()) : limits.add(), with(List.of("add"), words));
  }

  /** Does not wait for the node's peers, of which a node behind a relay may never have enough. */
  CommandResult start(String service) throws OperationFailedException {
    return quiet(limits.start(), startWords(service));
  }

  /** The same for a node that a quiet start did not bring up, of which that only counts services: with its log, antctl says why. */
  CommandResult startSayingWhy(String service) throws OperationFailedException {
    return call(limits.start(), with(List.of("--debug", "-v"), startWords(service)));
  }

  private static List<String> startWords(String service) {
    return List.of("start", "--interval", "0", "--service-name", service);
  }

  /**
   * Asks nodes to end by themselves, as far as this account may, and waits for that: antctl's own stop has the service manager
   * send TERM, which antnode does not handle.
   */
  void interrupt(List<Path> binaries) throws OperationFailedException {
    Processes now = snapshot().processes();
    Map<Path, Long> asked = new HashMap<>();
    binaries.forEach(binary -> now.of(binary).filter(pid -> instance.interrupt(pid, binary))
        .ifPresent(pid -> asked.put(binary, pid)));
    if (!asked.isEmpty()) {
      Poll.last(limits.afterInt(), BETWEEN_LOOKS, () -> snapshot().processes(),
          left -> asked.entrySet().stream().noneMatch(each -> left.of(each.getKey()).equals(Optional.of(each.getValue()))));
    }
  }

  CommandResult stop(String service) throws OperationFailedException {
    return quiet(limits.stop(), List.of("stop", "--service-name", service));
  }

  CommandResult remove(String service) throws OperationFailedException {
    return quiet(limits.status(), List.of("remove", "--service-name", service));
  }

  /** @param words which antnode, and whether to start */
  CommandResult upgrade(String service, List<String> words, boolean fetches) throws OperationFailedException {
    Duration limit = limits.stop().plus(limits.start()).plus(fetches ? limits.download() : Duration.ZERO);
    return quiet(limit, with(List.of("upgrade", "--interval", "0", "--service-name", service), words));
  }

  /** Removes every node of this antctl and forgets that they ever were. @param count how many there are */
  CommandResult reset(int count) throws OperationFailedException {
    return quiet(limits.status().plus(limits.stop().multipliedBy(count)), List.of("reset", "--force"));
  }

  private CommandResult quiet(Duration limit, List<String> words) throws OperationFailedException {
    return call(limit, with(List.of("-v"), words));
  }

  private CommandResult call(Duration limit, List<String> words) throws OperationFailedException {
    oneAtATime.lock();
    try {
      List<String> arguments = debug && !words.contains("--debug") ? with(List.of("--debug"), words) : words;
      return runner.run(instance.call(arguments, environment, limit.plus(limits.perNode().multipliedBy(nodes))));
    } catch (CommandFailedException e) {
      throw OperationFailedException.forNow(e.getMessage());
    } finally {
      oneAtATime.unlock();
    }
  }

  private static List<String> with(List<String> first, List<String> then) {
    List<String> words = new ArrayList<>(first);
    words.addAll(then);
    return words;
  }
}

package dev.wnm.core.managers;

import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.program.LogPosition;
import dev.wnm.spi.program.NodeFlags;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodeReading;
import dev.wnm.spi.program.NodeView;
import dev.wnm.spi.program.PortUse;
import dev.wnm.spi.program.ReleaseSource;
import dev.wnm.spi.program.SelfUpgrade;
import dev.wnm.spi.program.Stopping;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A node program that keeps the contract of {@link NodeProgram}, whatever the plug-in behind it does. What does not depend on a
 * question is taken once. A question that it throws at, or answers with null, has the answer that protects most where there is one,
 * said once in the log; where there is none, a sentence is thrown that names it, which becomes the failure of what was to be done to
 * the node. Calls are made on the caller's thread: of them there are many, and a limit of time for each would cost too much.
 */
final class GuardedProgram implements NodeProgram {
  private static final System.Logger LOG = System.getLogger(GuardedProgram.class.getName());

  private final NodeProgram behind;
  private final String whose;
  private final Facts facts;
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  /** What it says of itself, whole. */
  private record Facts(String name, String title, int rank, List<String> flagsOfSomeReleases, Map<String, Boolean> ownFlags,
      NodeFlags flags, List<String> networks, Set<String> unwantedVariables, Optional<String> failureFile, Optional<String> startFile,
      Set<PortUse> ports, String keyFile, List<String> besideBinary, Stopping stopping, boolean hasMetricsPage, long idleMemoryBytes,
      OptionalInt mostNodesOfOneAddress, List<ManagerOption<?>> options) {}

  private GuardedProgram(NodeProgram behind, String whose, Facts facts) {
    this.behind = behind;
    this.whose = whose;
    this.facts = facts;
  }

  /**
   * What stands before a program.
   *
   * @param source its jar
   * @throws ManagerUnavailableException when it does not say what it must
   */
  static GuardedProgram of(NodeProgram behind, String source) throws ManagerUnavailableException {
    Questions ask = new Questions("the node program " + behind.getClass().getName() + " of " + source);
    Facts facts = new Facts(ask.of("name", behind::name), ask.of("title", behind::title), ask.of("rank", behind::rank),
        List.copyOf(ask.of("flagsOfSomeReleases", behind::flagsOfSomeReleases)), Map.copyOf(ask.of("ownFlags", behind::ownFlags)),
        ask.of("flags", behind::flags), List.copyOf(ask.of("networks", behind::networks)),
        Set.copyOf(ask.of("unwantedVariables", behind::unwantedVariables)), ask.of("failureFile", behind::failureFile),
        ask.of("startFile", behind::startFile), Set.copyOf(ask.of("ports", behind::ports)), ask.of("keyFile", behind::keyFile),
        List.copyOf(ask.of("besideBinary", behind::besideBinary)), ask.of("stopping", behind::stopping),
        ask.of("hasMetricsPage", behind::hasMetricsPage), ask.of("idleMemoryBytes", behind::idleMemoryBytes),
        ask.of("mostNodesOfOneAddress", behind::mostNodesOfOneAddress), List.copyOf(ask.of("options", behind::options)));
    return new GuardedProgram(behind, "the node program " + facts.name() + " of " + source, facts);
  }

  /** Asks whoever is not trusted yet to answer. */
  private record Questions(String whose) {
    <T> T of(String what, Supplier<T> question) throws ManagerUnavailableException {
      try {
        return Whole.checked(question.get(), what + "()");
      } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError broken) {
        throw new ManagerUnavailableException(Border.failure(whose, what, broken));
      }
    }
  }

  /** The answer, or what protects most where there is none. */
  private <T> T answer(String what, Supplier<T> question, T otherwise) {
    try {
      return Whole.checked(question.get(), what + "()");
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError broken) {
      return said(what, broken, otherwise);
    }
  }

  private <T> T said(String what, Throwable broken, T otherwise) {
    if (said.add(what)) {
      LOG.log(System.Logger.Level.WARNING, Border.failure(whose, what, broken));
    }
    return otherwise;
  }

  /** The answer, without which nothing can be done to the node. */
  private <T> T required(String what, Supplier<T> question) {
    try {
      return Whole.checked(question.get(), what + "()");
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError broken) {
      throw new IllegalStateException(Border.failure(whose, what, broken), broken);
    }
  }

  @Override
  public String name() {
    return facts.name();
  }

  @Override
  public String title() {
    return facts.title();
  }

  @Override
  public int rank() {
    return facts.rank();
  }

  @Override
  public Optional<Identified> identify(String printed) {
    return answer("identify", () -> behind.identify(printed), Optional.empty());
  }

  @Override
  public List<String> arguments(NodeSpec node) {
    return required("arguments", () -> behind.arguments(node));
  }

  @Override
  public Map<String, String> settingsFiles(NodeSpec node) {
    return required("settingsFiles", () -> behind.settingsFiles(node));
  }

  @Override
  public Map<String, String> variables(NodeSpec node) {
    return required("variables", () -> behind.variables(node));
  }

  @Override
  public List<String> flagsOfSomeReleases() {
    return facts.flagsOfSomeReleases();
  }

  @Override
  public boolean leavesRestartToOthers(List<String> arguments) {
    return answer("leavesRestartToOthers", () -> behind.leavesRestartToOthers(arguments), false);
  }

  @Override
  public SelfUpgrade selfUpgrade(OptionValues values) {
    return answer("selfUpgrade", () -> behind.selfUpgrade(values), SelfUpgrade.UNKNOWN);
  }

  @Override
  public Map<String, Boolean> ownFlags() {
    return facts.ownFlags();
  }

  @Override
  public List<String> furtherArguments(NodeSpec node) {
    return required("furtherArguments", () -> behind.furtherArguments(node));
  }

  @Override
  public NodeFlags flags() {
    return facts.flags();
  }

  @Override
  public Optional<String> networkIn(List<String> arguments) {
    return answer("networkIn", () -> behind.networkIn(arguments), Optional.empty());
  }

  @Override
  public List<String> networks() {
    return facts.networks();
  }

  @Override
  public Set<String> unwantedVariables() {
    return facts.unwantedVariables();
  }

  @Override
  public Optional<String> failureFile() {
    return facts.failureFile();
  }

  @Override
  public Optional<String> startFile() {
    return facts.startFile();
  }

  @Override
  public boolean isLog(String name) {
    return answer("isLog", () -> behind.isLog(name), false);
  }

  @Override
  public Set<PortUse> ports() {
    return facts.ports();
  }

  @Override
  public String keyFile() {
    return facts.keyFile();
  }

  /** A folder in which nothing is known to be a node's is never deleted. */
  @Override
  public boolean isOwnFile(String name) {
    return name.equals(keyFile()) || answer("isOwnFile", () -> behind.isOwnFile(name), false);
  }

  @Override
  public Optional<String> peerId(byte[] key) {
    return answer("peerId", () -> behind.peerId(key), Optional.empty());
  }

  @Override
  public List<String> besideBinary() {
    return facts.besideBinary();
  }

  @Override
  public List<Path> peerFiles(Path binary, Path home, OptionValues values) {
    return answer("peerFiles", () -> behind.peerFiles(binary, home, values), List.of());
  }

  @Override
  public Optional<ReleaseSource> releases() {
    return answer("releases", behind::releases, Optional.empty());
  }

  @Override
  public Stopping stopping() {
    return facts.stopping();
  }

  @Override
  public String ending(int code) {
    return answer("ending", () -> behind.ending(code), NodeProgram.super.ending(code));
  }

  @Override
  public boolean hasMetricsPage() {
    return facts.hasMetricsPage();
  }

  @Override
  public NodeReading read(NodeSpec node, NodeView view, LogPosition from, Instant now) throws IOException {
    try {
      return Whole.checked(behind.read(node, view, from, now), "read()");
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError broken) {
      return said("read", broken, NodeReading.at(from));
    }
  }

  @Override
  public long idleMemoryBytes() {
    return facts.idleMemoryBytes();
  }

  @Override
  public OptionalInt mostNodesOfOneAddress() {
    return facts.mostNodesOfOneAddress();
  }

  @Override
  public Collection<ManagerOption<?>> options() {
    return facts.options();
  }

  @Override
  public String toString() {
    return whose;
  }
}

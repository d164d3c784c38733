package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeArguments;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A node as a survey met it, by its command line.
 *
 * @param service the name its process manager knows it by
 * @param rootDir its data folder
 * @param arguments its command line; without any words where none is known
 * @param user the account it runs as
 * @param environment the variables that its operator gave it
 * @param state what its process does
 * @param binary its copy of the program
 * @param logDir its folder of logs
 */
public record Finding(String service, Path rootDir, NodeArguments arguments, String user, Map<String, String> environment,
    ProcessState state, Path binary, Path logDir) {
  /** wnm's and antctl's names, and NTracking's. */
  private static final Pattern NAME = Pattern.compile("ant-?node-?0*([1-9][0-9]{0,8})");
  /** The same, and those that mean a node only where it is known to be one. */
  private static final Pattern NUMBERED = Pattern.compile("(?:ant-?)?node-?0*([1-9][0-9]{0,8})");

  /** One whose command line can be believed in all it says. */
  public Finding(String service, Path rootDir, NodeArguments arguments, String user, Map<String, String> environment,
      ProcessState state) {
    this(service, rootDir, arguments, user, environment, state, arguments.binary().orElse(NodePlacement.of(service, rootDir).binary()),
        arguments.logDir().orElse(rootDir.resolve("logs")));
  }

  /**
   * The same where whoever runs it could say anything: what it runs and where it writes is believed if it is in its own folder,
   * or as wnm wrote it down.
   *
   * @param written the command line that wnm itself wrote down; without any words where there is none
   */
  public Finding confined(NodeArguments written) {
    return new Finding(service, rootDir, arguments, user, environment, state,
        written.binary().orElse(binary.startsWith(rootDir) ? binary : NodePlacement.of(service, rootDir).binary()),
        written.logDir().orElse(logDir.startsWith(rootDir) ? logDir : rootDir.resolve("logs")));
  }

  /**
   * One that was found by nothing but its folder: what wnm itself wrote down of it is believed, where it did.
   *
   * @param service what its process manager would know it by
   */
  public static Finding ofFolder(Path folder, String service, ProcessState state, NodeFiles files) throws CommandFailedException {
    Optional<NodeDescription> description = NodeDescription.in(folder, files);
    return new Finding(description.map(NodeDescription::service).orElse(service), folder,
        new NodeArguments(description.map(NodeDescription::command).orElse(List.of())),
        files.ownerOf(folder).orElseGet(() -> System.getProperty("user.name")),
        description.map(NodeDescription::environment).orElse(Map.of()), state);
  }

  /** Whether a folder or service is called as nodes are: {@code antnode} or {@code ant-node-} and a number. */
  public static boolean isNodeName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The node with what its files tell; a running one tells its version itself, and its binary may be newer than its process.
   */
  public FoundNode toNode(NodeFiles files, NodeHome homes) {
    return describe(files, homes).build();
  }

  /** The same, to be completed by who knows more. */
  public FoundNode.Builder describe(NodeFiles files, NodeHome homes) {
    boolean runs = state instanceof ProcessState.Running;
    OptionalLong pid = state instanceof ProcessState.Running running ? running.pid() : OptionalLong.empty();
    Optional<Version> version = runs ? Optional.empty() : homes.version(binary, user);
    NodeFacts facts = NodeFacts.at(NodePlacement.of(service, rootDir).withLogDir(logDir).withBinary(binary))
        .withVersion(version).withPid(pid);
    return FoundNode.builder(facts, state).program(NodePrograms.ofFile(binary)).id(number()).nodePort(arguments.nodePort())
        .metricsPort(arguments.metricsPort()).rpcPort(arguments.rpcPort()).browserPort(arguments.browserPort())
        .wallet(arguments.wallet()).network(arguments.network()).user(user).environment(environment)
        .createdAt(createdAt(files));
  }

  private Optional<Instant> createdAt(NodeFiles files) {
    try {
      NodeProgram program = NodePrograms.ofFile(binary).orElseGet(NodePrograms::usual);
      return files.writtenAt(rootDir.resolve(program.keyFile()));
    } catch (CommandFailedException e) {
      return Optional.empty();
    }
  }

  /** The number in a node's name such as {@code antnode0001} or {@code node-1}; empty in one that no node has. */
  public static OptionalInt numberOf(String name) {
    Matcher matcher = NUMBERED.matcher(name);
    return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
  }

  private OptionalInt number() {
    return Stream.of(service.replaceFirst("\\.service$", ""), rootDir.getFileName().toString()).map(Finding::numberOf)
        .flatMapToInt(OptionalInt::stream).findFirst();
  }
}

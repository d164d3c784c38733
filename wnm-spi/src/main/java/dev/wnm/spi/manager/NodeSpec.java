package dev.wnm.spi.manager;

import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that a back end is told of one node. Before {@link ProcessManager#create} names and paths are what core suggests;
 * after it they are the facts that the back end reported. Core makes it; what else makes one, a test say, uses
 * {@link #builder} and {@link #toBuilder}, which a further part leaves as they are.
 *
 * @param id its number, 1 or more
 * @param program the program that it is a process of
 * @param placement where it is; its log folder is known
 * @param ports its ports
 * @param source the binary to copy when the node is made or upgraded
 * @param host the address its metrics are reached at
 * @param user the account it runs as where the back end can choose one
 * @param wallet where its rewards go
 * @param network the EVM network word, as its program knows it
 * @param upnp whether it may open ports by UPnP
 * @param environment variables for its process
 * @param startArgs further arguments for the program, each a word of its own
 * @param options the values of the options that its program has of its own
 * @param bootstrapCache the folder of the shared bootstrap cache
 * @param group the name of the container it lives in, if any
 * @param pid its process as last recorded: a hint, to be verified before use
 */
public record NodeSpec(
    int id,
    NodeProgram program,
    NodePlacement placement,
    NodePorts ports,
    Path source,
    String host,
    String user,
    String wallet,
    String network,
    boolean upnp,
    Map<String, String> environment,
    List<String> startArgs,
    OptionValues options,
    Path bootstrapCache,
    Optional<String> group,
    OptionalLong pid) {

  public NodeSpec {
    Objects.requireNonNull(program, "program");
    placement = placement.withKnownLogDir();
    Objects.requireNonNull(ports, "ports");
    environment = Map.copyOf(environment);
    startArgs = List.copyOf(startArgs);
  }

  /**
   * A node of the usual program at {@code 127.0.0.1}, in no container and without a process, on the main network, without UPnP, variables and
   * further arguments, until told otherwise. Its account and wallet are empty, its binary is its own source, and its bootstrap
   * cache is beside its folder.
   */
  public static Builder builder(int id, NodePlacement placement, NodePorts ports) {
    return new Builder(id, placement, ports);
  }

  /** The same node, to be told of in other words. */
  public Builder toBuilder() {
    return new Builder(id, placement, ports).program(program).options(options).source(source).host(host).user(user).wallet(wallet).network(network).upnp(upnp)
        .environment(environment).startArgs(startArgs).bootstrapCache(bootstrapCache).group(group).pid(pid);
  }

  /** The name its process manager knows it by. */
  public String service() {
    return placement.service();
  }

  /** Its data folder. */
  public Path rootDir() {
    return placement.rootDir();
  }

  /** Its log folder. */
  public Path logDir() {
    return placement.logs();
  }

  /** Its own copy of its program. */
  public Path binary() {
    return placement.binary();
  }

  /** The command line of its process: the binary and its arguments. */
  public List<String> commandLine() {
    List<String> words = new ArrayList<>(List.of(binary().toString()));
    words.addAll(program.arguments(this));
    return List.copyOf(words);
  }

  /** The variables of its process: those that its operator gave it, and those that its program wants. */
  public Map<String, String> variables() {
    Map<String, String> all = new TreeMap<>(program.variables(this));
    all.putAll(environment);
    return Collections.unmodifiableMap(all);
  }

  /** Variables that its process must not get from where it is started: those that its program does not bear, without its own. */
  public Set<String> unwantedVariables() {
    Set<String> unwanted = new TreeSet<>(program.unwantedVariables());
    unwanted.removeAll(environment.keySet());
    return Collections.unmodifiableSet(unwanted);
  }

  /** The storage it lives in: the folder above its own. */
  public Path storage() {
    return storageOf(rootDir());
  }

  /** The storage of a node with this data folder. */
  public static Path storageOf(Path rootDir) {
    Path absolute = rootDir.toAbsolutePath();
    return absolute.getParent() == null ? absolute : absolute.getParent();
  }

  /** Where its binary before the present one is kept until that has proven itself. */
  public Path keptBinary() {
    return binary().resolveSibling(binary().getFileName() + ".previous");
  }

  /** Where its next binary waits, whole, for the node to be stopped. */
  public Path stagedBinary() {
    return binary().resolveSibling(binary().getFileName() + ".staged");
  }

  /** The same with another binary to copy. */
  public NodeSpec withSource(Path newSource) {
    return toBuilder().source(newSource).build();
  }

  /** The same with other further arguments. */
  public NodeSpec withStartArgs(List<String> newStartArgs) {
    return toBuilder().startArgs(newStartArgs).build();
  }

  /** The same with what its back end reported of it, as core hands it in with the next call. */
  public NodeSpec withFacts(NodeFacts facts) {
    return toBuilder().placement(facts.placement()).host(facts.host().orElse(host)).pid(facts.pid()).build();
  }

  /** What is told of a node, part by part. */
  public static final class Builder {
    private final int id;
    private @Nullable NodeProgram program;
    private NodePlacement placement;
    private NodePorts ports;
    private Path source;
    private String host = "127.0.0.1";
    private String user = "";
    private String wallet = "";
    private String network = "evm-arbitrum-one";
    private boolean upnp;
    private Map<String, String> environment = Map.of();
    private List<String> startArgs = List.of();
    private OptionValues options = OptionValues.NONE;
    private Path bootstrapCache;
    private Optional<String> group = Optional.empty();
    private OptionalLong pid = OptionalLong.empty();

    private Builder(int id, NodePlacement placement, NodePorts ports) {
      this.id = id;
      this.placement = placement;
      this.ports = ports;
      source = placement.binary();
      bootstrapCache = placement.rootDir().resolveSibling("bootstrap-cache");
    }

    public Builder program(NodeProgram newProgram) {
      program = newProgram;
      return this;
    }

    public Builder options(OptionValues newOptions) {
      options = newOptions;
      return this;
    }

    public Builder placement(NodePlacement newPlacement) {
      placement = newPlacement;
      return this;
    }

    public Builder ports(NodePorts newPorts) {
      ports = newPorts;
      return this;
    }

    public Builder source(Path newSource) {
      source = newSource;
      return this;
    }

    public Builder host(String newHost) {
      host = newHost;
      return this;
    }

    public Builder user(String newUser) {
      user = newUser;
      return this;
    }

    public Builder wallet(String newWallet) {
      wallet = newWallet;
      return this;
    }

    public Builder network(String newNetwork) {
      network = newNetwork;
      return this;
    }

    public Builder upnp(boolean newUpnp) {
      upnp = newUpnp;
      return this;
    }

    public Builder environment(Map<String, String> newEnvironment) {
      environment = newEnvironment;
      return this;
    }

    public Builder startArgs(List<String> newStartArgs) {
      startArgs = newStartArgs;
      return this;
    }

    public Builder bootstrapCache(Path newBootstrapCache) {
      bootstrapCache = newBootstrapCache;
      return this;
    }

    public Builder group(Optional<String> newGroup) {
      group = newGroup;
      return this;
    }

    public Builder pid(OptionalLong newPid) {
      pid = newPid;
      return this;
    }

    public NodeSpec build() {
      NodeProgram known = program == null ? NodePrograms.usual() : program;
      return new NodeSpec(id, known, placement, ports, source, host, user, wallet, network, upnp, environment, startArgs, options,
          bootstrapCache, group, pid);
    }
  }
}

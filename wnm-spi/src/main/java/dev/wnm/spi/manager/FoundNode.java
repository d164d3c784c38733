package dev.wnm.spi.manager;

import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A node that a survey found on the machine. Make one with {@link #builder}, which a further part leaves as it is.
 *
 * @param facts where it is, and what is known of its process and its binary
 * @param program what it is a process of; empty when it is none that is known
 * @param id the number in its name, if any
 * @param nodePort its UDP port, if known
 * @param metricsPort its metrics port, if it has one
 * @param rpcPort its RPC port, if any
 * @param browserPort its UDP port for browsers, if any
 * @param wallet where its rewards go, if known
 * @param network the EVM network word, if known
 * @param user the account it runs as; empty when unknown
 * @param environment its variables
 * @param peerId its peer id, if known
 * @param createdAt when it was made, if known: the time of its key
 * @param state what its process does
 * @param obstacle why it cannot be taken over now, and what an operator can do about that, in words that follow "is not taken over:";
 *     empty when nothing that the process manager knows of is in the way
 * @param remarks what an operator who takes it over should know, each in words that follow its name
 */
public record FoundNode(
    NodeFacts facts,
    Optional<NodeProgram> program,
    OptionalInt id,
    OptionalInt nodePort,
    OptionalInt metricsPort,
    OptionalInt rpcPort,
    OptionalInt browserPort,
    Optional<String> wallet,
    Optional<String> network,
    String user,
    Map<String, String> environment,
    Optional<String> peerId,
    Optional<Instant> createdAt,
    ProcessState state,
    Optional<String> obstacle,
    List<String> remarks) {

  public FoundNode {
    Objects.requireNonNull(facts, "facts");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(state, "state");
    environment = Map.copyOf(environment);
    remarks = List.copyOf(remarks);
  }

  /** A node of which nothing is known yet but where it is and what its process does. */
  public static Builder builder(NodeFacts facts, ProcessState state) {
    return new Builder(facts, state);
  }

  /** Its version, if known. */
  public Optional<Version> version() {
    return facts.version();
  }

  /** What is known of a node, part by part; what is not told is not known. */
  public static final class Builder {
    private final NodeFacts facts;
    private final ProcessState state;
    private Optional<NodeProgram> program = Optional.empty();
    private OptionalInt id = OptionalInt.empty();
    private OptionalInt nodePort = OptionalInt.empty();
    private OptionalInt metricsPort = OptionalInt.empty();
    private OptionalInt rpcPort = OptionalInt.empty();
    private OptionalInt browserPort = OptionalInt.empty();
    private Optional<String> wallet = Optional.empty();
    private Optional<String> network = Optional.empty();
    private String user = "";
    private Map<String, String> environment = Map.of();
    private Optional<String> peerId = Optional.empty();
    private Optional<Instant> createdAt = Optional.empty();
    private Optional<String> obstacle = Optional.empty();
    private List<String> remarks = List.of();

    private Builder(NodeFacts facts, ProcessState state) {
      this.facts = facts;
      this.state = state;
    }

    public Builder program(Optional<NodeProgram> newProgram) {
      program = newProgram;
      return this;
    }

    public Builder browserPort(OptionalInt port) {
      browserPort = port;
      return this;
    }

    public Builder id(OptionalInt number) {
      id = number;
      return this;
    }

    public Builder nodePort(OptionalInt port) {
      nodePort = port;
      return this;
    }

    public Builder metricsPort(OptionalInt port) {
      metricsPort = port;
      return this;
    }

    public Builder rpcPort(OptionalInt port) {
      rpcPort = port;
      return this;
    }

    public Builder wallet(Optional<String> address) {
      wallet = address;
      return this;
    }

    public Builder network(Optional<String> word) {
      network = word;
      return this;
    }

    public Builder user(String account) {
      user = account;
      return this;
    }

    public Builder environment(Map<String, String> variables) {
      environment = variables;
      return this;
    }

    public Builder peerId(Optional<String> text) {
      peerId = text;
      return this;
    }

    public Builder createdAt(Optional<Instant> time) {
      createdAt = time;
      return this;
    }

    public Builder obstacle(Optional<String> why) {
      obstacle = why;
      return this;
    }

    public Builder remarks(List<String> words) {
      remarks = words;
      return this;
    }

    public FoundNode build() {
      return new FoundNode(facts, program, id, nodePort, metricsPort, rpcPort, browserPort, wallet, network, user, environment, peerId,
          createdAt, state, obstacle, remarks);
    }
  }
}

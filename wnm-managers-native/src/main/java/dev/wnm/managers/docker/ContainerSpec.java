package dev.wnm.managers.docker;

import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.docker.ColonyNames;
import dev.wnm.managers.support.docker.ContainerArguments;
import dev.wnm.managers.support.docker.ContainerLimits;
import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.managers.support.docker.Owner;
import dev.wnm.spi.internal.Fingerprint;
import dev.wnm.spi.manager.NodeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the containers of a colony's nodes are made, and recognised.
 *
 * @param names what they are called
 * @param image what they are made from
 * @param owner whom nodes run as
 * @param network how they are reached
 * @param limits what each may take
 * @param patience how long nodes may take to end; whole seconds
 */
record ContainerSpec(
    ColonyNames names, String image, Owner owner, NodeNetwork network, ContainerLimits limits, Patience patience) {
  /** The service of its node. */
  static final String NODE = "dev.wnm.node";
  /** The names of the variables that the operator gave the node: the image and docker add others. */
  private static final String VARIABLES = "dev.wnm.variables";
  /** What it was made for; a container with another plan is made anew. */
  private static final String PLAN = "dev.wnm.plan";
  private static final int FINGERPRINT_BYTES = 4;
  /** Where a node may put what it does not keep. Executable files are none of it. */
  private static final List<String> SCRATCH = List.of("--tmpfs", "/tmp:rw,nosuid,nodev,noexec,size=128m");

  String containerOf(NodeSpec node) {
    return names.container(NodeHome.nameOf(node));
  }

  boolean isOurs(DockerContainer container) {
    return names.isOurs(container) && container.labels().containsKey(NODE);
  }

  static String serviceOf(DockerContainer container) {
    return container.labels().get(NODE);
  }

  /** The variables that the operator gave the node. */
  static Map<String, String> variablesOf(DockerContainer container) {
    Map<String, String> variables = new TreeMap<>(container.environment());
    variables.keySet().retainAll(List.of(container.labels().getOrDefault(VARIABLES, "").split(" ")));
    return variables;
  }

  /** Whether a container is what would be made of the node now. @param imageId Docker's id of the image */
  boolean fits(DockerContainer container, NodeSpec node, String imageId) {
    return planOf(node).equals(container.labels().get(PLAN)) && imageId.equals(container.imageId())
        && !limits.isFreerThan(container);
  }

  /** The words after {@code docker}. It is made so that it does not return after a reboot before it has once started. */
  List<String> create(NodeSpec node) {
    List<String> words = new ArrayList<>(List.of("create", "--pull", "never", "--name", containerOf(node),
        "--label", names.label(), "--label", NODE + "=" + node.service(),
        "--label", VARIABLES + "=" + String.join(" ", new TreeMap<>(node.environment()).keySet()),
        "--label", PLAN + "=" + planOf(node)));
    words.addAll(limits.words());
    words.addAll(fixed(node));
    List<String> program = program(node);
    words.addAll(List.of("--entrypoint", program.get(0), image));
    words.addAll(program.subList(1, program.size()));
    return words;
  }

  /** All that can only be changed by making it anew. */
  private String planOf(NodeSpec node) {
    return Fingerprint.of(
        String.join("\0", fixed(node)) + "\0" + String.join("\0", program(node)) + limits.plan(), FINGERPRINT_BYTES);
  }

  private List<String> fixed(NodeSpec node) {
    List<String> words = new ArrayList<>(List.of("--user", owner.numbers(), "--workdir", node.rootDir().toString(), "--init",
        "--no-healthcheck", "--read-only", "--stop-signal", node.program().stopping().fullSignal(), "--stop-timeout", Long.toString(patience.with(node).toSeconds())));
    words.addAll(SCRATCH);
    words.addAll(ContainerArguments.HARDENING);
    words.addAll(ContainerArguments.LOG);
    words.addAll(network.words(node.ports()));
    words.addAll(ContainerArguments.mount(node.rootDir(), node.rootDir()));
    words.addAll(ContainerArguments.mount(node.bootstrapCache(), node.bootstrapCache()));
    if (!node.logDir().startsWith(node.rootDir())) {
      words.addAll(ContainerArguments.mount(node.logDir(), node.logDir()));
    }
    if (!node.binary().startsWith(node.rootDir())) {
      words.addAll(ContainerArguments.mountReadOnly(node.binary()));
    }
    Map<String, String> variables = new TreeMap<>(Map.of("HOME", node.rootDir().toString()));
    variables.putAll(node.variables());
    variables.forEach((name, value) -> words.addAll(List.of("--env", name + "=" + value)));
    return words;
  }

  private List<String> program(NodeSpec node) {
    return network.program(node.commandLine(), node.ports());
  }
}

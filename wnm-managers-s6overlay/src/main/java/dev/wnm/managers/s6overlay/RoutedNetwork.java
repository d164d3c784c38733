package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.model.PortRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two rules of wnm's own for each block of UDP ports of a group: one carries it to its container, one lets that pass. Docker
 * leaves the chain DOCKER-USER to others, and reads it before its own rules.
 */
final class RoutedNetwork implements ContainerNetwork {
  private static final List<String> TABLES = List.of("nat", "filter");

  private final CommandRunner runner;
  private final boolean isRoot;
  private final GroupSettings settings;

  RoutedNetwork(CommandRunner runner, boolean isRoot, GroupSettings settings) {
    this.runner = runner;
    this.isRoot = isRoot;
    this.settings = settings;
  }

  /**
   * A rule that is there or should be.
   *
   * @param words its words after the chain's name
   */
  private record Rule(String table, String chain, List<String> words) {
    /** Whether both do the same to the same: iptables prints words in an order of its own, and adds some. */
    boolean isLike(Rule other) {
      return table.equals(other.table) && chain.equals(other.chain) && value("--dport").equals(other.value("--dport"))
          && value("-j").equals(other.value("-j")) && value("--to-destination").equals(other.value("--to-destination"))
          && value("-d").replace("/32", "").equals(other.value("-d").replace("/32", ""));
    }

    String value(String flag) {
      int at = words.indexOf(flag);
      return at < 0 || at + 1 == words.size() ? "" : words.get(at + 1);
    }

    List<String> words(String action) {
      List<String> argv = new ArrayList<>(List.of("iptables", "-w", "30", "-t", table, action, chain));
      argv.addAll(words);
      return argv;
    }
  }

  @Override
  public List<String> runWords(GroupSpec group) {
    return List.of();
  }

  @Override
  public String metricsHost(DockerContainer container) throws OperationFailedException {
    return container.address().orElseThrow(() -> OperationFailedException.forNow("container " + container.name() + " has no address"));
  }

  @Override
  public boolean mend(Map<GroupSpec, String> addresses) throws OperationFailedException {
    Map<String, List<Rule>> there = ours();
    boolean changed = false;
    for (Map.Entry<GroupSpec, String> entry : addresses.entrySet()) {
      List<Rule> wanted = wanted(entry.getKey(), entry.getValue());
      List<Rule> found = new ArrayList<>(there.getOrDefault(name(entry.getKey()), List.of()));
      for (Rule rule : wanted) {
        // A rule too many of the same kind goes with those that are outdated.
        boolean isThere = found.stream().filter(rule::isLike).findFirst().map(found::remove).orElse(false);
        if (!isThere) {
          iptables(rule.words("-I"));
          changed = true;
        }
      }
      for (Rule outdated : found) {
        iptables(outdated.words("-D"));
        changed = true;
      }
    }
    return changed;
  }

  @Override
  public void forget(GroupSpec group) throws OperationFailedException {
    for (Rule rule : ours().getOrDefault(name(group), List.of())) {
      iptables(rule.words("-D"));
    }
  }

  private List<Rule> wanted(GroupSpec group, String address) {
    return group.udpPorts().stream().flatMap(block -> wanted(group, block, address)).toList();
  }

  private Stream<Rule> wanted(GroupSpec group, PortRange block, String address) {
    String ports = block.first() + ":" + block.last();
    List<String> comment = List.of("-m", "comment", "--comment", name(group));
    List<String> route = new ArrayList<>(List.of("-p", "udp", "-m", "addrtype", "--dst-type", "LOCAL", "--dport", ports));
    route.addAll(comment);
    route.addAll(List.of("-j", "DNAT", "--to-destination", address));
    List<String> pass = new ArrayList<>(List.of("-d", address, "-p", "udp", "--dport", ports));
    pass.addAll(comment);
    pass.addAll(List.of("-j", "ACCEPT"));
    return Stream.of(new Rule("nat", "PREROUTING", route), new Rule("filter", "DOCKER-USER", pass));
  }

  /** The comment of a group's rules; of letters, digits and dashes only, so that iptables prints it as it is. */
  private String name(GroupSpec group) {
    return settings.containerName(group.name());
  }

  /** The rules of this colony by their comment. */
  private Map<String, List<Rule>> ours() throws OperationFailedException {
    Map<String, List<Rule>> rules = new LinkedHashMap<>();
    for (String table : TABLES) {
      for (String line : run(Command.of("iptables-save", "-t", table)).lines().toList()) {
        List<String> words = List.of(line.split(" "));
        int comment = words.indexOf("--comment");
        if (words.size() > 2 && words.get(0).equals("-A") && comment > 0
            && words.get(comment + 1).startsWith(settings.containerName(""))) {
          rules.computeIfAbsent(words.get(comment + 1), name -> new ArrayList<>())
              .add(new Rule(table, words.get(1), words.subList(2, words.size())));
        }
      }
    }
    return rules;
  }

  private void iptables(List<String> words) throws OperationFailedException {
    run(Command.of(words));
  }

  private String run(Command command) throws OperationFailedException {
    try {
      return runner.run(isRoot ? command : command.asRoot()).orThrow().stdout();
    } catch (CommandFailedException e) {
      throw OperationFailedException.forNow("--container_network routed needs root or sudo for iptables: " + e.getMessage());
    }
  }
}

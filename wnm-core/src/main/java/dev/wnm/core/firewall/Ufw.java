package dev.wnm.core.firewall;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.model.ColonyId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The firewall ufw. Each rule for a node carries its colony's tag and the node's name as comment. Rules are added whether
 * ufw is active or not; they apply once it is.
 *
 * <p>Calls of ufw come one after the other, each with a time limit. The rules are read once, at first use, so what is so
 * already costs no call. Made for one run of wnm: once ufw cannot be used, it is not asked again.
 */
public final class Ufw implements Firewall {
  /** Where it is when PATH, which cron cuts short, does not lead there. */
  private static final List<String> USUAL_PLACES = List.of("/usr/sbin/ufw", "/sbin/ufw", "/usr/local/sbin/ufw");

  private final UfwProgram program;
  private final ColonyId colony;
  private Optional<Map<Integer, UfwRule>> rules = Optional.empty();
  private Optional<String> notice = Optional.empty();
  private boolean unusable;

  /**
   * @param file the program, as {@link #locate} tells
   * @param root whether wnm runs as root; else ufw is run by sudo
   * @param account the operator's account
   * @param colony whose rules this is about
   */
  public Ufw(CommandRunner runner, Path file, boolean root, String account, ColonyId colony) {
    program = new UfwProgram(runner, file, root, account);
    this.colony = colony;
  }

  /** Where ufw is, if it is installed. */
  public static Optional<Path> locate(CommandRunner runner) {
    return Stream.concat(Stream.of("ufw"), USUAL_PLACES.stream()).flatMap(name -> runner.find(name).stream()).findFirst();
  }

  @Override
  public synchronized void open(int udpPort, String service) throws CommandFailedException {
    if (unusable) {
      return;
    }
    Optional<UfwRule> present = Optional.ofNullable(rules().get(udpPort));
    UfwRule wanted = UfwRule.of(colony, udpPort, service);
    if (present.isEmpty() || present.get().isOfSomeWnm() && !present.get().equals(wanted)) {
      add(wanted);
    } else if (!present.get().letsThrough()) {
      throw new CommandFailedException("ufw has a rule of somebody else's, which is left as it is: "
          + present.get().action() + " " + present.get().target());
    }
  }

  @Override
  public synchronized void close(int udpPort) throws CommandFailedException {
    if (unusable) {
      return;
    }
    Optional<UfwRule> present = Optional.ofNullable(rules().get(udpPort)).filter(UfwRule::isOfSomeWnm);
    if (present.isPresent()) {
      delete(present.get());
    }
  }

  @Override
  public synchronized List<String> sweep(Map<Integer, String> needed, Set<Integer> undecided) {
    List<String> changes = new ArrayList<>();
    if (unusable) {
      return changes;
    }
    try {
      for (UfwRule rule : List.copyOf(rules().values())) {
        if (rule.isOf(colony) && !needed.containsKey(rule.udpPort()) && !undecided.contains(rule.udpPort())) {
          delete(rule);
          changes.add("ufw let traffic to " + rule.target() + " through (" + rule.comment()
              + "), which no node needs any more; the rule is deleted");
        }
      }
      for (Map.Entry<Integer, String> entry : needed.entrySet()) {
        if (!rules().containsKey(entry.getKey())) {
          UfwRule rule = UfwRule.of(colony, entry.getKey(), entry.getValue());
          add(rule);
          changes.add("ufw had no rule for " + rule.target() + " of " + entry.getValue() + ", which runs; it is added");
        }
      }
      notice = run("status").contains("inactive")
          ? Optional.of("ufw is installed but not active: the rules for nodes' ports are made all the same, and apply once"
              + " 'ufw enable' has been run")
          : Optional.empty();
    } catch (CommandFailedException e) {
      complain(e);
    }
    return changes;
  }

  @Override
  public synchronized List<String> notices() {
    return notice.stream().toList();
  }

  private void add(UfwRule rule) throws CommandFailedException {
    run(UfwRule.ALLOW, rule.target(), "comment", rule.comment());
    rules().put(rule.udpPort(), rule);
  }

  private void delete(UfwRule rule) throws CommandFailedException {
    run("delete", UfwRule.ALLOW, rule.target());
    rules().remove(rule.udpPort());
  }

  private Map<Integer, UfwRule> rules() throws CommandFailedException {
    if (rules.isEmpty()) {
      try {
        rules = Optional.of(UfwRule.parse(run("show", "added")));
      } catch (CommandFailedException e) {
        unusable = true;
        complain(e);
        throw e;
      }
    }
    return rules.get();
  }

  private String run(String... words) throws CommandFailedException {
    try {
      return program.run(words);
    } catch (UfwProgram.HangsException e) {
      CommandFailedException failure = new CommandFailedException(e.getMessage(), e);
      unusable = true;
      complain(failure);
      throw failure;
    }
  }

  private void complain(CommandFailedException e) {
    notice = Optional.of("the nodes' ports cannot all be opened or closed in the firewall: " + e.getMessage());
  }
}

package dev.wnm.managers.launchd;

import dev.wnm.managers.support.NodeLogs;
import dev.wnm.managers.support.Poll;
import dev.wnm.managers.support.UdpSockets;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Has launchd start a node, and watches the node until it is up. */
final class JobStarter {
  /** What the property list asks for, launchd does at once; after that it is told again. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final Duration BECOMING = Duration.ofSeconds(15);
  /** How long a node is watched; one that lives on is taken for slow at worst, and core's probe will tell. */
  private static final Duration LISTENING = Duration.ofSeconds(3);

  private final UdpSockets sockets = UdpSockets.ofThisSystem();
  private final Domains domains;
  private final Launchctl launchctl;
  private final JobStopper stopper;
  private final NodeLogs logs;

  JobStarter(Domains domains, Launchctl launchctl, JobStopper stopper, NodeLogs logs) {
    this.domains = domains;
    this.launchctl = launchctl;
    this.stopper = stopper;
    this.logs = logs;
  }

  /**
   * Returns once the node listens, or lives on for a while.
   *
   * @param idle the jobs of this node that launchd knows; none of them runs
   * @param renewed whether launchd knows another property list than the one that is there now
   * @return its pid
   * @throws OperationFailedException when it ended at once; launchd is made to leave it at that
   */
  long start(NodeSpec node, Path plist, List<Job> idle, boolean renewed) throws OperationFailedException, CommandFailedException {
    String domain = domains.current();
    String target = domain + "/" + JobLabel.of(node);
    long consoleSize = logs.consoleSize(node);
    launchctl.enable(target);
    boolean running = false;
    for (Job job : idle) {
      if (!renewed && job.target().equals(target) && kickstarted(target)) {
        running = true;
      } else {
        stopper.end(job, node);
      }
    }
    if (!running) {
      load(domain, target, plist);
    }
    return watch(node, target, consoleSize);
  }

  /** A job that is loaded anew starts at once also where launchd makes one that just ended wait. */
  private boolean kickstarted(String target) throws CommandFailedException {
    launchctl.kickstart(target);
    return awaitRunning(target, AT_ONCE);
  }

  private void load(String domain, String target, Path plist) throws CommandFailedException {
    try {
      launchctl.bootstrap(domain, plist);
    } catch (CommandFailedException e) {
      // Somebody else may have loaded it meanwhile, or it may still be ending; else the second failure tells.
      if (!Poll.until(BECOMING, () -> find(target).map(Job::runs).orElse(true))) {
        throw e;
      }
      if (find(target).isEmpty()) {
        launchctl.bootstrap(domain, plist);
      }
    }
    Poll.until(AT_ONCE, () -> find(target).filter(job -> job.runs() || job.lastExit().isPresent()).isPresent());
    if (find(target).filter(job -> !job.runs() && job.lastExit().isEmpty()).isPresent()) {
      launchctl.kickstart(target);
      awaitRunning(target, BECOMING);
    }
  }

  private long watch(NodeSpec node, String target, long consoleSize) throws OperationFailedException, CommandFailedException {
    Optional<Job> started = find(target).filter(Job::runs);
    if (started.isPresent()) {
      long pid = started.get().pid().orElseThrow();
      Poll.until(LISTENING, () -> ProcessHandle.of(pid).isEmpty() || sockets.ports().contains(node.ports().node()));
    }
    Optional<Job> job = launchctl.find(target);
    if (job.filter(JobStarter::mayHaveUpgradedItself).isPresent() && awaitRunning(target, BECOMING)) {
      job = launchctl.find(target);
    }
    if (job.filter(Job::runs).isPresent()) {
      return job.get().pid().orElseThrow();
    }
    if (job.isPresent()) {
      stopper.end(job.get(), node);
    }
    throw OperationFailedException.forNow(node.program().name() + " ended at once " + job.flatMap(Job::ending).orElse("") + "; "
        + logs.lastWords(node, consoleSize));
  }

  /** A node that upgrades itself ends with 0, and launchd starts it again. */
  private static boolean mayHaveUpgradedItself(Job job) {
    return !job.runs() && job.lastExit().equals(OptionalInt.of(0));
  }

  private boolean awaitRunning(String target, Duration limit) {
    return Poll.until(limit, () -> find(target).filter(Job::runs).isPresent());
  }

  /** For looks that are repeated: a failed one says as much as that nothing is there. */
  private Optional<Job> find(String target) {
    try {
      return launchctl.find(target);
    } catch (CommandFailedException e) {
      return Optional.empty();
    }
  }
}

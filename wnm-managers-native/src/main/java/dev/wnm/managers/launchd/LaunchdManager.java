package dev.wnm.managers.launchd;

import dev.wnm.managers.launchd.PropertyListReader.MalformedException;
import dev.wnm.managers.support.Attempt;
import dev.wnm.managers.support.Binaries;
import dev.wnm.managers.support.NativeManager;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Traits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs each node as a job of launchd. Safe to use for different nodes from many threads. */
final class LaunchdManager extends NativeManager {
  private final ManagerContext context;
  private final NodeFiles files;
  private final Binaries binaries;
  private final Domains domains;
  private final Launchctl launchctl;
  private final JobFiles jobs;
  private final JobStarter starter;
  private final JobStopper stopper;
  private final JobStates states;
  private final JobSurvey survey;

  private LaunchdManager(ManagerContext context, Rights rights, Binaries binaries, Launchctl launchctl, Domains domains,
      Path folder, String user, Patience patience) {
    super(new NodeHome(context, rights.files(), binaries::version, new NodeHome.Layout() {
      @Override
      public String nameOf(NodeSpec node) {
        return JobLabel.of(node).nodeName();
      }
    }));
    this.context = context;
    this.binaries = binaries;
    this.domains = domains;
    this.launchctl = launchctl;
    files = rights.files();
    jobs = new JobFiles(folder, files, rights.areOverAccounts(), context.colony());
    stopper = new JobStopper(launchctl, patience);
    starter = new JobStarter(domains, launchctl, stopper, homes().logs());
    states = new JobStates(domains, jobs, context.colony(), homes().logs(), context.clock());
    survey = new JobSurvey(domains, jobs, files, homes(), user, context);
  }

  /**
   * Nodes are jobs of whoever runs wnm.
   *
   * @param program launchctl's name or path
   * @param patience how long nodes may take to end gracefully
   */
  static LaunchdManager forMyself(ManagerContext context, String program, long uid, Patience patience) {
    Rights rights = Rights.own(context.runner());
    Launchctl launchctl = new Launchctl(context.runner(), rights, program);
    return new LaunchdManager(context, rights, new Binaries(context.runner(), rights), launchctl,
        Domains.ofUser(launchctl, uid), context.home().resolve("Library/LaunchAgents"), System.getProperty("user.name"),
        patience);
  }

  /** Nodes are jobs of the system and run as the accounts that their specs name; without being root, wnm uses sudo. */
  static LaunchdManager forAccounts(
      ManagerContext context, String program, Path folder, boolean isRoot, Patience patience) {
    Rights rights = Rights.overAccounts(context.runner(), isRoot);
    Launchctl launchctl = new Launchctl(context.runner(), rights, program);
    return new LaunchdManager(context, rights, new Binaries(context.runner(), rights), launchctl,
        Domains.ofSystem(launchctl), folder, "root", patience);
  }

  @Override
  public Traits traits() {
    return Traits.USUAL;
  }

  @Override
  public OperationResult create(NodeSpec node) {
    return Attempt.on(node, () -> {
      boolean changed = homes().make(node, () -> isKnown(node), () -> describe(node));
      return OperationResult.done(homes().facts(node), changed);
    });
  }

  @Override
  public OperationResult start(NodeSpec node) {
    return Attempt.on(node, () -> {
      jobs.refuseForeign(node);
      List<Job> known = domains.find(JobLabel.of(node));
      Optional<Job> running = known.stream().filter(Job::runs).findFirst();
      if (running.isPresent()) {
        return alreadyRunning(node, running.get());
      }
      try {
        homes().prepareStart(node);
      } catch (OperationFailedException e) {
        // launchd may have started it in this moment, so that its ports are taken by itself.
        Optional<Job> now = domains.find(JobLabel.of(node)).stream().filter(Job::runs).findFirst();
        return alreadyRunning(node, now.orElseThrow(() -> e));
      }
      NodeSpec complete = binaries.withKnownFlags(node);
      boolean renewed = jobs.renew(complete);
      long pid = starter.start(complete, jobs.of(JobLabel.of(node)), known, renewed);
      context.openPorts(node);
      return OperationResult.done(homes().facts(node).withPid(pid));
    });
  }

  @Override
  public OperationResult stop(NodeSpec node) {
    return Attempt.on(node, () -> {
      JobLabel label = JobLabel.of(node);
      jobs.refuseForeign(node);
      boolean ran = endForLong(label, node);
      if (ran) {
        context.closePorts(node);
      }
      return OperationResult.done(NodeFacts.asSuggested(node), ran);
    });
  }

  /** The property list goes last: until then it tells what is the node's. */
  @Override
  public OperationResult remove(NodeSpec node) {
    return Attempt.on(node, () -> {
      JobLabel label = JobLabel.of(node);
      jobs.refuseForeign(node);
      Optional<JobDescription> described = description(node);
      String folderName = described.isPresent() ? node.rootDir().getFileName().toString() : label.nodeName();
      homes().requireRemovable(node, folderName);
      boolean wasThere = endForLong(label, node);
      wasThere |= homes().delete(node, folderName);
      for (Path output : described.map(JobDescription::outputs).orElse(List.of())) {
        deleteLogOfPythonWnm(output, label);
      }
      wasThere |= jobs.delete(label);
      if (wasThere) {
        launchctl.enable(domains.current() + "/" + label); // or a later node of this number could not be loaded
        context.closePorts(node);
      }
      return OperationResult.done(NodeFacts.asSuggested(node), wasThere);
    });
  }

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    return states.of(nodes);
  }

  @Override
  public List<FoundNode> survey() throws ManagerUnavailableException {
    return survey.take();
  }

  @Override
  public Map<Integer, String> occupied(List<NodeSpec> planned) throws ManagerUnavailableException {
    Map<Integer, String> occupied = super.occupied(planned);
    planned.stream().map(JobLabel::of).forEach(label -> {
      if (Files.exists(jobs.of(label))) {
        occupied.putIfAbsent(label.number(), jobs.of(label) + " is there already");
      }
    });
    return occupied;
  }

  /** The job of a node whose data are gone: its property list, and that launchd knows it. */
  @Override
  public OperationResult forget(NodeSpec node) {
    return Attempt.on(node, () -> {
      JobLabel label = JobLabel.of(node);
      jobs.refuseForeign(node);
      boolean wasThere = end(domains.find(label), node) | jobs.delete(label);
      return OperationResult.done(NodeFacts.asSuggested(node), wasThere);
    });
  }

  @Override
  protected void requireMovable(NodeSpec node, NodeSpec moved) throws OperationFailedException, CommandFailedException {
    jobs.requireOwn(node);
  }

  @Override
  protected void become(NodeSpec node, NodeSpec moved) throws OperationFailedException, CommandFailedException, IOException {
    jobs.write(binaries.withKnownFlags(moved));
  }

  @Override
  protected boolean isAlready(NodeSpec moved) throws CommandFailedException {
    return description(moved).isPresent();
  }

  /** A login or boot does not start it before it was first started by wnm. @return whether anything was missing */
  private boolean describe(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    if (isKnown(node)) {
      return false;
    }
    JobLabel label = JobLabel.of(node);
    launchctl.disable(domains.current() + "/" + label);
    jobs.write(binaries.withKnownFlags(node));
    return true;
  }

  /** Whether its property list is there, which is refused when it is another's. */
  private boolean isKnown(NodeSpec node) throws OperationFailedException, CommandFailedException {
    boolean known = jobs.exists(JobLabel.of(node));
    if (known) {
      jobs.check(node);
    }
    return known;
  }

  private OperationResult alreadyRunning(NodeSpec node, Job job) throws CommandFailedException {
    launchctl.enable(job.target());
    return OperationResult.unchanged(homes().facts(node).withPid(job.pid().orElseThrow()));
  }

  /** Ends a job so that launchd does not start it at the next boot either, while its property list is still there. */
  private boolean endForLong(JobLabel label, NodeSpec node) throws CommandFailedException {
    List<Job> known = domains.find(label);
    if (!known.isEmpty() || jobs.exists(label)) {
      launchctl.disable(domains.current() + "/" + label);
    }
    return end(known, node);
  }

  /** @return whether launchd knew any */
  private boolean end(List<Job> known, NodeSpec node) throws CommandFailedException {
    boolean any = false;
    for (Job job : known) {
      any |= stopper.end(job, node);
    }
    return any;
  }

  /** What its property list says, if that is about this node's folder. */
  private Optional<JobDescription> description(NodeSpec node) throws CommandFailedException {
    try {
      return Optional.of(jobs.read(JobLabel.of(node)))
          .filter(description -> description.rootDir().equals(Optional.of(node.rootDir())));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** It lies beside the log folders of all nodes, called as the node. */
  private void deleteLogOfPythonWnm(Path output, JobLabel label) throws CommandFailedException, IOException {
    if (output.getFileName().toString().equals(label.nodeName() + ".log")) {
      files.deleteFile(output);
    }
  }
}

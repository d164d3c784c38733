package dev.wnm.managers.antdaemon;

import dev.wnm.managers.support.Attempt;
import dev.wnm.managers.support.Binaries;
import dev.wnm.managers.support.NativeManager;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.Poll;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.internal.trust.Trusted;
import dev.wnm.spi.manager.Capability;
import dev.wnm.spi.manager.Describes;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.MovesNodes;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.PlacesNodes;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ReservesPorts;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Leaves the life of nodes to the ant daemon. A node that dies comes back by itself, so nothing here sends it a signal; the daemon's
 * own calls are made one at a time, since it does one thing at a time.
 */
final class AntdaemonManager extends NativeManager implements Describes, GivesNotice, ReservesPorts {
  private static final String PROGRAM = "ant-node";
  private static final int MOST_OF_A_LOG = 48 * 1024;
  /** In a node's log folder. */
  private static final String STDOUT = "stdout.log";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  /** How much later than a process is gone the daemon may say so. */
  private static final Duration UNTIL_SAID = Duration.ofSeconds(1);
  private static final Traits TRAITS = Traits.USUAL.with(Traits.Numbering.MONOTONIC).with(Traits.Concurrency.SERIAL);

  private final ManagerContext context;
  private final Api api;
  private final Limits limits;
  private final NodeProgram program;
  private final NodeFiles files;
  private final States states;
  private final Survey survey;

  AntdaemonManager(ManagerContext context, Api api, Limits limits) {
    this(context, api, limits, Rights.own(context.runner()));
  }

  private AntdaemonManager(ManagerContext context, Api api, Limits limits, Rights rights) {
    super(new NodeHome(context, rights.files(), new Binaries(context.runner(), rights)::version, new Layout()));
    this.context = context;
    this.api = api;
    this.limits = limits;
    program = NodePrograms.named(PROGRAM).orElseThrow();
    files = rights.files();
    states = new States(api, context.colony(), homes().logs(), limits);
    survey = new Survey(api, states, program, context.colony(), context.nodeStorage());
  }

  /** Where the daemon has what belongs to a node. */
  private static final class Layout implements NodeHome.Layout {
    @Override
    public String nameOf(NodeSpec node) {
      return node.rootDir().getFileName().toString();
    }

    @Override
    public Path consoleOf(NodeSpec node) {
      return node.logDir().resolve("stderr.log");
    }
  }

  /** Where a node's folder is, the daemon's registry says, which nothing but the daemon writes. */
  @Override
  public <C extends Capability> Optional<C> capability(Class<C> type) {
    return type == PlacesNodes.class || type == MovesNodes.class ? Optional.empty() : super.capability(type);
  }

  @Override
  protected void requireMovable(NodeSpec node, NodeSpec moved) throws OperationFailedException {
    throw OperationFailedException.forGood("the daemon does not let its nodes be moved");
  }

  @Override
  protected void become(NodeSpec node, NodeSpec moved) throws OperationFailedException {
    requireMovable(node, moved);
  }

  @Override
  protected boolean isAlready(NodeSpec moved) {
    return false;
  }

  @Override
  public Traits traits() {
    return TRAITS.running(program);
  }

  @Override
  public OperationResult create(NodeSpec node) {
    return attempt(node, () -> {
      AddRequest request = AddRequest.of(node);
      Path storage = node.storage();
      List<Entry> listed = api.nodes();
      Optional<Entry> there = entryOf(node, listed);
      if (there.isPresent()) {
        return completed(node, there.get());
      }
      NodeHome.checkSource(node.source());
      survey.requireWhole(storage, listed);
      Set<String> before = Survey.foldersIn(context.colony(), storage);
      Entry added;
      try {
        added = api.add(request.json(storage));
      } catch (UnsettledException e) {
        Optional<Entry> made = entryOf(node, api.nodes());
        if (made.isEmpty()) {
          throw e; // it may yet be made
        }
        added = made.get();
      } catch (OperationFailedException e) {
        clearLeftovers(storage, before);
        throw e;
      }
      NodeSpec made = node.withFacts(added.facts(OptionalLong.empty()));
      files.makeOwn(made.rootDir(), made); // the daemon leaves it open to all, and its key with it
      files.makeOwn(made.logDir(), made);
      return OperationResult.done(added.facts(OptionalLong.empty()));
    });
  }

  /** Deletes the folder that an add which failed has made. @param before those that were there before */
  private void clearLeftovers(Path storage, Set<String> before) throws OperationFailedException {
    List<Entry> listed = api.nodes();
    Set<String> fresh = new TreeSet<>(Survey.foldersIn(context.colony(), storage));
    fresh.removeAll(before);
    listed.forEach(entry -> fresh.remove(entry.dataDir().getFileName().toString()));
    for (String name : fresh) {
      try {
        new NodeFolder(storage.resolve(name), NodeFolder.Content.UNFINISHED, name, context.home(), context.colony()).delete();
      } catch (IOException e) {
        context.progress().report("what an add that failed left behind stays: " + e.getMessage());
      }
    }
  }

  /** What core asked for is there already; its binary may be missing. */
  private OperationResult completed(NodeSpec node, Entry entry) throws OperationFailedException, CommandFailedException, IOException {
    NodeSpec known = node.withFacts(entry.facts(OptionalLong.empty()));
    if (!files.exists(known.rootDir())) {
      throw OperationFailedException.forNow("the ant daemon lists it, but its folder " + known.rootDir()
          + " does not exist; if its disk is not mounted, mount it, else remove the node");
    }
    requireOwn(known);
    boolean whole = files.exists(known.binary());
    if (!whole) {
      NodeHome.checkSource(known.source());
      files.install(known.source(), known.binary());
    }
    return OperationResult.done(homes().facts(known), !whole);
  }

  @Override
  public OperationResult start(NodeSpec node) {
    return attempt(node, () -> {
      States.Snapshot now = states.of(List.of(node));
      Entry entry = require(node, now);
      OptionalLong process = now.processes().of(entry.binary());
      if (process.isPresent()) {
        return OperationResult.unchanged(entry.facts(process));
      }
      if (entry.eviction().isPresent()) {
        throw OperationFailedException.forGood("it " + entry.eviction().get().inWords()
            + " It cannot be started again; remove it, and wnm adds another");
      }
      requireOwn(node);
      requireNoStranger(now, entry);
      return listening(entry, events -> now.isDown(entry) ? cameBack(node, events) : started(node, entry, events));
    });
  }

  private OperationResult started(NodeSpec node, Entry entry, Events events)
      throws OperationFailedException, UnsettledException, CommandFailedException, IOException {
    homes().prepareStart(node);
    long printed = homes().logs().consoleSize(node);
    try {
      api.start(entry.id());
    } catch (OperationFailedException e) {
      throw OperationFailedException.forNow(e.getMessage() + "; " + homes().logs().lastWords(node, printed));
    }
    States.Snapshot then = states.of(List.of(node));
    OptionalLong runs = then.processes().of(entry.binary());
    if (runs.isEmpty()) {
      throw OperationFailedException.forNow("the ant daemon started it, but it does not run any more"
          + events.lastWords(entry.id(), UNTIL_SAID) + "; " + homes().logs().lastWords(node, printed));
    }
    context.openPorts(node);
    return OperationResult.done(entry.facts(runs));
  }

  /** A node that died is started by the daemon after a while, and by no call before. */
  private OperationResult cameBack(NodeSpec node, Events events) throws OperationFailedException {
    States.Snapshot then = Poll.last(limits.comeback(), BETWEEN_LOOKS, () -> states.look(node.service()::equals),
        now -> now.of(node).filter(entry -> now.isDown(entry) && !events.hasEnded(entry.id())).isEmpty());
    Entry entry = require(node, then);
    OptionalLong runs = then.processes().of(entry.binary());
    if (runs.isEmpty()) {
      ProcessState state = states.state(node, then);
      throw OperationFailedException.forNow((then.isDown(entry) && !events.hasEnded(entry.id())
              ? "the ant daemon has not started it again within " + limits.comeback().toSeconds() + " s"
                  + events.lastWords(entry.id(), Duration.ZERO)
              : "the ant daemon does not start it again" + events.lastWordsOfTheEnd(entry.id(), UNTIL_SAID))
          + (state instanceof ProcessState.Stopped stopped && !stopped.detail().isEmpty() ? "; " + stopped.detail() : ""));
    }
    context.openPorts(node);
    return OperationResult.done(entry.facts(runs));
  }

  @FunctionalInterface
  private interface Listened<T> {
    T with(Events events) throws OperationFailedException, UnsettledException, CommandFailedException, IOException;
  }

  /** Does something to a node, and says what the daemon said meanwhile of an upgrade of it, and of an eviction of any node. */
  private <T> T listening(Entry entry, Listened<T> work)
      throws OperationFailedException, UnsettledException, CommandFailedException, IOException {
    try (Events events = api.events(program::ending)) {
      try {
        return work.with(events);
      } finally {
        events.all().stream().filter(event -> event.kind() == Events.Kind.EVICTED
                || event.kind() == Events.Kind.UPGRADED && event.node() == entry.id())
            .forEach(event -> context.progress().report("node " + event.node() + " of the ant daemon " + event.words()));
      }
    }
  }

  @Override
  public OperationResult stop(NodeSpec node) {
    return attempt(node, () -> {
      States.Snapshot now = states.of(List.of(node));
      Optional<Entry> entry = now.of(node);
      if (entry.isEmpty()) {
        requireNoProcess(node, now);
        return OperationResult.unchanged(NodeFacts.asSuggested(node));
      }
      return OperationResult.done(NodeFacts.asSuggested(node), end(node, entry.get()));
    });
  }

  @Override
  public OperationResult remove(NodeSpec node) {
    return attempt(node, () -> {
      States.Snapshot now = states.of(List.of(node));
      Optional<Entry> entry = now.of(node);
      if (entry.isEmpty()) {
        requireGone(node, now);
        return OperationResult.unchanged(NodeFacts.asSuggested(node));
      }
      String folder = node.rootDir().getFileName().toString();
      homes().requireRemovable(node, folder);
      if (states.state(node, now) instanceof ProcessState.Unknown unknown) {
        throw OperationFailedException.forNow(unknown.reason() + "; nothing was removed").beforeAnything();
      }
      end(node, entry.get());
      homes().delete(node, folder);
      // Last: what is listed is known to be the daemon's, should this be cut off.
      api.delete(entry.get().id());
      context.closePorts(node);
      return OperationResult.done(NodeFacts.asSuggested(node));
    });
  }

  @Override
  public OperationResult forget(NodeSpec node) {
    return attempt(node, () -> {
      Optional<Entry> entry = states.of(List.of(node)).of(node);
      if (entry.isEmpty()) {
        return OperationResult.unchanged(NodeFacts.asSuggested(node));
      }
      end(node, entry.get());
      api.delete(entry.get().id());
      return OperationResult.done(NodeFacts.asSuggested(node));
    });
  }

  /** Names and folders are the daemon's choice. */
  @Override
  public Map<Integer, String> occupied(List<NodeSpec> planned) {
    return Map.of();
  }

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    return states.states(nodes);
  }

  @Override
  public List<FoundNode> survey() throws ManagerUnavailableException {
    try {
      return survey.all();
    } catch (OperationFailedException e) {
      throw new ManagerUnavailableException(e.getMessage());
    }
  }

  @Override
  public Set<Integer> reservedPorts() throws ManagerUnavailableException {
    try {
      return survey.ports();
    } catch (OperationFailedException e) {
      throw new ManagerUnavailableException(e.getMessage());
    }
  }

  @Override
  public List<String> notices(List<NodeSpec> known) {
    return survey.notices(known);
  }

  @Override
  public Map<Integer, String> describe(List<NodeSpec> nodes) {
    Map<Integer, String> words = new HashMap<>();
    try {
      States.Snapshot now = states.of(nodes);
      for (NodeSpec node : nodes) {
        now.of(node).ifPresent(entry -> words.put(node.id(), Description.of(entry, now.isDown(entry))));
      }
    } catch (OperationFailedException e) {
      // The status says so.
    }
    return words;
  }

  @Override
  protected String printed(NodeSpec node) {
    try {
      return files.readEnd(node.rootDir(), node.logDir().resolve(STDOUT), 0, MOST_OF_A_LOG);
    } catch (IOException | CommandFailedException e) {
      return "";
    }
  }

  @Override
  protected List<Path> furtherConsoles(NodeSpec node) {
    return List.of(node.logDir().resolve(STDOUT));
  }

  private static OperationResult attempt(NodeSpec node, Attempt work) {
    return Attempt.on(node, () -> {
      try {
        return work.run();
      } catch (UnsettledException e) {
        return OperationResult.unsettled(node.service() + ": " + e.getMessage());
      }
    });
  }

  /** The entry of a node that core recorded, or of one that it asked for and got no facts of: then its port tells. */
  private static Optional<Entry> entryOf(NodeSpec node, List<Entry> listed) {
    return listed.stream().filter(entry -> entry.eviction().isEmpty() && NodeSpec.storageOf(entry.dataDir()).equals(node.storage())
        && (entry.isThat(node) || entry.nodePort().isPresent() && entry.nodePort().getAsInt() == node.ports().node())).findFirst();
  }

  private static Entry require(NodeSpec node, States.Snapshot now) throws OperationFailedException {
    Optional<Entry> entry = now.of(node);
    if (entry.isEmpty()) {
      throw OperationFailedException.forGood(elsewhere(node, now).orElse("the ant daemon has no such node"));
    }
    return entry.get();
  }

  /** That the daemon has another node of this name. */
  private static Optional<String> elsewhere(NodeSpec node, States.Snapshot now) {
    return now.named(node).map(entry -> "the ant daemon has its data in " + entry.dataDir() + ", not in " + node.rootDir()
        + " as wnm recorded; it is left alone");
  }

  private void requireGone(NodeSpec node, States.Snapshot now) throws OperationFailedException {
    Optional<String> elsewhere = elsewhere(node, now);
    if (elsewhere.isPresent()) {
      throw OperationFailedException.forGood(elsewhere.get()).beforeAnything();
    }
    requireNoProcess(node, now);
    if (states.state(node, now) instanceof ProcessState.Unknown unknown) {
      throw OperationFailedException.forNow(unknown.reason() + "; nothing was removed").beforeAnything();
    }
  }

  private static void requireNoProcess(NodeSpec node, States.Snapshot now) throws OperationFailedException {
    OptionalLong process = now.processes().of(node.binary());
    if (process.isPresent()) {
      throw OperationFailedException.forNow("the ant daemon does not list it, but process " + process.getAsLong() + " runs from "
          + node.binary() + "; the daemon's registry may have lost it, and cannot stop it").beforeAnything();
    }
  }

  private static void requireNoStranger(States.Snapshot now, Entry entry) throws OperationFailedException {
    Optional<String> stranger = now.stranger(entry);
    if (stranger.isPresent()) {
      throw OperationFailedException.forNow(stranger.get());
    }
  }

  /** Nobody but this account may have put there what it is to run, and its key is closed to all others. */
  private void requireOwn(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    Optional<String> owner = files.ownerOf(node.rootDir());
    if (owner.isPresent() && !owner.get().equals(System.getProperty("user.name"))) {
      throw OperationFailedException.forGood("its folder " + node.rootDir() + " belongs to " + owner.get() + ", not to the account that wnm"
          + " runs as");
    }
    Optional<String> mistrust = Trusted.problemForRoot(node.binary());
    if (mistrust.isPresent()) {
      throw OperationFailedException.forGood("its binary cannot be trusted: " + mistrust.get());
    }
    if (owner.isPresent()) {
      files.makeOwn(node.rootDir(), node);
    }
  }

  /**
   * Ends the node if it runs. One that died is waited for: told to stop before the daemon has started it again, it comes back all the
   * same.
   *
   * @return whether it ran
   */
  private boolean end(NodeSpec node, Entry listed) throws OperationFailedException, UnsettledException {
    if (listed.eviction().isPresent()) {
      return false;
    }
    States.Snapshot now = Poll.last(limits.comeback(), BETWEEN_LOOKS, () -> states.look(node.service()::equals),
        look -> look.of(node).filter(entry -> look.isDown(entry) && look.stranger(entry).isEmpty()).isEmpty());
    boolean runs = now.processes().of(listed.binary()).isPresent();
    boolean calledRunning = now.of(node).filter(Entry::isCalledRunning).isPresent();
    if (!runs && !calledRunning) {
      return false;
    }
    if (now.of(node).isPresent()) {
      requireNoStranger(now, now.of(node).get());
    }
    api.stop(listed.id());
    if (!Poll.until(limits.ending(), BETWEEN_LOOKS, () -> Processes.ofThisMachine().of(listed.binary()).isEmpty())) {
      throw OperationFailedException.forNow("it still runs" + (calledRunning ? "" : ", which the ant daemon does not know: restart the"
          + " daemon (ant node daemon stop, then start), which takes it over"));
    }
    context.closePorts(node);
    return true;
  }
}

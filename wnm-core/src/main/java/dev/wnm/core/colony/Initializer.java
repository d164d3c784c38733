package dev.wnm.core.colony;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.PaceProposal;
import dev.wnm.core.config.Proposal;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.config.Utf8Text;
import dev.wnm.core.decision.GrowthForecast;
import dev.wnm.core.firewall.FirewallChoice;
import dev.wnm.core.host.Measurement;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.Release;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.provisioning.StorageKeeper;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.takeover.Importer;
import dev.wnm.core.takeover.Importer.Imported;
import dev.wnm.core.takeover.anm.Anm;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.manager.AdoptsNodes;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ReadsListings;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.ColonyId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Sets a machine up: checks everything first, and stores last, so that a refused {@code --init} changes nothing. */
public final class Initializer {
  private static final System.Logger LOG = System.getLogger(Initializer.class.getName());

  /** Some 50,000 nodes. */
  private static final int MOST_LISTING_BYTES = 64 << 20;

  private final SettingsResolver resolver;
  private final Dependencies tools;
  private final Path top;
  private final ColonyId colony;

  public Initializer(SettingsResolver resolver, Dependencies tools) {
    this(resolver, tools, Path.of("/"));
  }

  /** @param top where the file system begins in which another node manager is looked for */
  public Initializer(SettingsResolver resolver, Dependencies tools, Path top) {
    this.resolver = resolver;
    this.tools = tools;
    this.top = top;
    colony = ColonyId.draw(new SecureRandom());
  }

  /**
   * What came of it.
   *
   * @param settings as stored
   * @param growth how long it takes until all nodes are begun that there may be; empty when they are
   * @param pace which of the settings were proposed for this machine
   */
  public record Initialized(Settings settings, Optional<GrowthForecast> growth, List<Proposal> pace) {
    public Initialized {
      pace = List.copyOf(pace);
    }
  }

  /**
   * What {@link #run} would do.
   *
   * @param outcome what would come of it
   * @param binary what new nodes would get
   * @param takenOver how many nodes there are already that would be the colony's
   * @param notes what an operator should know, a sentence each
   */
  public record Plan(Initialized outcome, NodeBinary binary, int takenOver, List<String> notes) {
    public Plan {
      notes = List.copyOf(notes);
    }
  }

  /**
   * A machine that was checked and found fit, and nothing done to it yet.
   *
   * @param settings that it gets
   * @param pace those of them that were proposed
   * @param imported the nodes that it brings along
   * @param notes what an operator should know, a sentence each
   */
  record Checked(Settings settings, List<Proposal> pace, ProcessManager manager, Imported imported, NodeBinary binary, List<String> notes) {}

  /**
   * Checks the settings and this machine, and stores the settings in a new database.
   *
   * @throws BadInputException when something does not fit; nothing is changed then
   * @throws ManagerUnavailableException when the process manager cannot work here or tell its nodes, or the firewall asked for
   *     is not there
   * @throws CycleLock.HeldException when another wnm is at work on the database
   */
  public Initialized run() throws ManagerUnavailableException, CycleLock.HeldException, IOException {
    if (resolver.isMigration()) {
      if (resolver.isOnCommandLine(Options.IMPORT_FILE)) {
        throw new BadInputException("--import_file does not go with --migrate_anm, which takes over the nodes that there are");
      }
      Anm anm = new Anm(top, tools.platform().home(), tools.runner(), tools.platform().root());
      Anm.Findings findings = anm.read(resolver.isOnCommandLine(Options.REWARDS_ADDRESS));
      Initializer initializer = new Initializer(resolver.above(AnmMigration.settings(findings, resolver.registry())), tools, top);
      return initialized(new AnmMigration(anm, findings, initializer, tools.pause()).run());
    }
    Checked checked = check(false, (settings, imported) -> {});
    say(checked.notes());
    if (!isDryRun()) {
      try (CycleLock lock = lock()) {
        store(checked, lock);
      }
    }
    return initialized(checked);
  }

  /** Refuses where a colony is already. @throws BadInputException in one sentence */
  public void requireNew() {
    refuseIfInitialized(resolver.database());
  }

  /**
   * Checks all that {@link #run} checks, and changes nothing. Not for what is taken over from anm.
   *
   * @throws BadInputException when something does not fit
   * @throws ManagerUnavailableException when the process manager cannot work here or tell its nodes
   */
  public Plan plan() throws ManagerUnavailableException {
    Checked checked = check(false, (settings, imported) -> {});
    return new Plan(initialized(checked), checked.binary(), checked.imported().nodes().size(), checked.notes());
  }

  private Initialized initialized(Checked checked) {
    return new Initialized(checked.settings(),
        Growth.of(checked.settings(), checked.imported().nodes(), tools.clock().instant()), checked.pace());
  }

  /** Tells the operator what a check has brought up. */
  static void say(List<String> notes) {
    notes.forEach(note -> LOG.log(System.Logger.Level.WARNING, note));
  }

  boolean isDryRun() {
    return resolver.isDryRun();
  }

  /**
   * Checks everything and changes nothing.
   *
   * @param importAll whether nodes are taken over also when no option says so
   * @param demand what else must hold of the nodes that come along; throws what refuses them
   */
  Checked check(boolean importAll, BiConsumer<Settings, Imported> demand) throws ManagerUnavailableException {
    refuseIfInitialized(resolver.database());
    Settings settings = settle();
    if (settings.get(Options.REWARDS_ADDRESS).isBlank()) {
      throw new BadInputException("--init needs --rewards_address: the wallet that the rewards go to");
    }
    FirewallChoice.require(settings, tools.runner());
    ProcessManager manager = managerOf(settings);
    List<Proposal> pace = pace(settings, manager);
    settings = settings.proposing(pace);
    Imported imported = imported(manager, settings, importAll);
    demand.accept(settings, imported);
    settings = settings.with(imported.settings(), "the imported nodes");
    NodeBinary binary = new MachineCheck(settings, colony, resolver.database(), tools).ofNewColony(manager, imported.nodes(),
        importAll || settings.get(Options.IMPORT) || settings.find(Options.IMPORT_FILE).isPresent());
    List<String> notes = new ArrayList<>(imported.notes());
    if (!settings.isGiven(Options.PROCESS_MANAGER)) {
      new DefaultManager(settings, tools).passedOver(settings.get(Options.PROCESS_MANAGER)).ifPresent(notes::add);
    }
    notes.addAll(ProgramNotes.of(settings, binary));
    return new Checked(settings, pace, manager, imported, binary, notes);
  }

  /** Makes the folder that the database lives in, and keeps every other wnm away from it. */
  CycleLock lock() throws CycleLock.HeldException, IOException {
    Path database = resolver.database();
    makeFolder(ParentFolder.of(database.toAbsolutePath()), Options.DBPATH.toString());
    return CycleLock.take(database, tools.clock().instant());
  }

  private Imported imported(ProcessManager manager, Settings settings, boolean importAll)
      throws ManagerUnavailableException {
    Optional<Path> listing = settings.find(Options.IMPORT_FILE);
    if (listing.isEmpty() && !settings.get(Options.IMPORT) && !importAll) {
      return Imported.NOTHING;
    }
    Importer importer = Importer.forNewColony(settings, tools.clock().instant());
    if (listing.isEmpty()) {
      return importer.take(manager.survey());
    }
    String name = Options.IMPORT_FILE + " " + listing.get();
    List<FoundNode> listed = read(manager, listing.get(), settings);
    if (listed.isEmpty()) {
      throw new BadInputException(name + " tells of no node; leave it out where there is none to take over");
    }
    return importer.takeWhole(listed, name);
  }

  private static List<FoundNode> read(ProcessManager manager, Path listing, Settings settings) {
    if (Files.isDirectory(listing)) {
      throw new BadInputException(Options.IMPORT_FILE + " " + listing + " cannot be read as text: it is a folder");
    }
    try {
      String text = text(listing);
      ReadsListings reader = manager.capability(ReadsListings.class).orElseThrow(() -> new BadInputException(Options.IMPORT_FILE
          + " is not for process manager " + settings.get(Options.PROCESS_MANAGER) + ", which has no listing of its own"));
      return reader.read(text);
    } catch (ManagerUnavailableException e) {
      throw new BadInputException(Options.IMPORT_FILE + " " + listing + ": " + e.getMessage());
    } catch (IOException e) {
      throw new BadInputException(Options.IMPORT_FILE + " " + listing + " cannot be read as text: " + reason(e));
    }
  }

  /** A pipe will do. */
  private static String text(Path listing) throws IOException {
    try (InputStream in = Files.newInputStream(listing)) {
      byte[] bytes = in.readNBytes(MOST_LISTING_BYTES + 1);
      if (bytes.length > MOST_LISTING_BYTES) {
        throw new FileSystemException(listing.toString(), null, "it is larger than 64 MiB");
      }
      return Utf8Text.decode(bytes);
    }
  }

  /** Makes the database. @param held the lock, as a proof that no other wnm is at work on it */
  void store(Checked checked, CycleLock held) throws IOException {
    Objects.requireNonNull(held, "held");
    Path database = resolver.database();
    Settings settings = checked.settings();
    Imported imported = checked.imported();
    Traits traits = checked.manager().traits();
    try (ColonyStore store = ColonyStore.open(database, tools.clock())) {
      if (store.machine().isPresent()) {
        throw alreadyInitialized(database);
      }
      Measurement measurement = tools.meter().measure(settings.get(Options.NODE_STORAGE).paths(), Set.of(), Optional.empty());
      Map<String, String> values = new HashMap<>(settings.kept());
      values.put("cpu_count", Integer.toString(tools.platform().cpuCount()));
      values.put("node_removal_strategy", "youngest");
      values.put("last_stopped_at", Long.toString(measurement.metrics().bootedAt().getEpochSecond()));
      values.put("boot_id", measurement.metrics().bootId());
      values.putAll(CycleState.colonyText(colony));
      values.putAll(CycleState.repairedText(Set.of(CycleState.ALL_MANAGERS)));
      if (traits.numbering() == Traits.Numbering.MONOTONIC) {
        int highest = imported.nodes().stream().mapToInt(Node::id).max().orElse(0);
        values.merge(Options.HIGHEST_NODE_ID_USED.name(), Integer.toString(highest),
            (given, imports) -> Integer.parseInt(given) < highest ? imports : given);
      }
      CycleState cycleState = new CycleState(values);
      Optional<Release> release = checked.binary().release();
      if (release.isPresent() && traits.binaries() instanceof Traits.Binaries.OfMachine) {
        cycleState.binary(NodeBinary.fingerprint(checked.binary().path()), release.get());
      }
      values.putAll(cycleState.changes());
      // The settings last and at once: whoever finds any finds all, and a killed --init that stored none can be repeated.
      store.saveCounters(measurement.counters());
      store.createMachine(values, imported.containers(), imported.nodes());
      claimStorages(checked, store);
    }
  }

  /** After the database, which says whose they are: cut off in between, the first cycle goes on with it. */
  private void claimStorages(Checked checked, ColonyStore store) throws IOException {
    Settings settings = checked.settings();
    NodeSpecs specs = new NodeSpecs(settings.upnp(), settings.startArguments(), settings.backEndValues(), checked.binary(), settings.folders().bootstrapCache());
    specs.know(store.containers());
    StorageKeeper storages = new StorageKeeper(settings, colony, store, checked.manager(),
        type -> checked.manager(), specs, tools.clock(), false);
    List<String> problems = new ArrayList<>(storages.takeOver(checked.imported().nodes()));
    problems.addAll(storages.claimForNewNodes());
    List<NodeSpec> taken = checked.imported().nodes().stream().map(specs::of).toList();
    checked.manager().capability(AdoptsNodes.class).filter(adopter -> !taken.isEmpty())
        .ifPresent(adopter -> problems.addAll(adopter.adopted(taken)));
    say(problems);
  }

  private void refuseIfInitialized(Path database) {
    if (ColonyStore.holdsSettings(database, !isDryRun())) {
      throw alreadyInitialized(database);
    }
  }

  private static BadInputException alreadyInitialized(Path database) {
    return new BadInputException("--init: " + database
        + " is initialized already; give settings without --init to change them");
  }

  /**
   * Which process manager is the default depends on what works here, and that on the plug-in folder: hence twice. Where one is
   * named, no other is asked whether it works: that may run programs, sudo among them.
   */
  private Settings settle() {
    Settings settings = resolver.settle(Map.of(), List.of());
    return settings.isGiven(Options.PROCESS_MANAGER) ? settings
        : resolver.settle(Map.of(), new DefaultManager(settings, tools).working());
  }

  /** A colony of anm keeps its pace. */
  private List<Proposal> pace(Settings settings, ProcessManager manager) {
    return resolver.isMigration() ? List.of()
        : PaceProposal.of(settings, tools.platform().cpuCount(), manager.traits().concurrency());
  }

  private ProcessManager managerOf(Settings settings) throws ManagerUnavailableException {
    return tools.managers().apply(settings.get(Options.PLUGIN_PATH))
        .create(settings.get(Options.PROCESS_MANAGER), ManagerContexts.of(settings, colony, tools));
  }

  private static void makeFolder(Path folder, String option) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BadInputException(option + " " + folder + " cannot be made: " + reason(e));
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (e instanceof Utf8Text.NotUtf8Exception) {
      return "it is " + e.getMessage();
    }
    return e instanceof FileSystemException known && known.getReason() != null ? known.getReason() : e.toString();
  }
}

package dev.wnm.cli;

import dev.wnm.cli.top.Top;
import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.CycleLock;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.colony.Initializer;
import dev.wnm.core.colony.InstalledOptions;
import dev.wnm.core.colony.SetupChoices;
import dev.wnm.core.config.HelpText;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Proposal;
import dev.wnm.core.config.RunMode;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.cycle.Order;
import dev.wnm.core.host.MachineMemory;
import dev.wnm.core.host.PublicAddress;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.Wording;
import dev.wnm.core.report.MachineConfigReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.StoreException;
import dev.wnm.core.watch.Watch;
import dev.wnm.core.watch.WatchAddOn;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Filter;
import java.util.stream.Collectors;

/** One run of the program: what is asked for, done, printed, and turned into an exit code. */
final class Program {
  private static final System.Logger LOG = System.getLogger(Program.class.getName());
  private static final Set<String> NEED_NAMES = Set.of("disable", "enable");
  private static final Set<String> SETTINGS_ONLY = Set.of("nullop", "update_config", "disable_config");

  private final Platform platform;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Stamps stamps;
  private final Terminal terminal;
  private final GracefulStop stop;
  private final WorkTally tally = new WorkTally();
  /** Which lines of the log are shown. */
  private Filter shown = entry -> true;
  /** Where the log goes instead of to standard error. */
  private Optional<LogFile> file = Optional.empty();

  /** One whose lines have no time, and whose answers no terminal shows. */
  Program(Platform platform, InputStream in, PrintStream out, PrintStream err) {
    this(platform, in, out, err, Stamps.NONE, Terminal.NONE, GracefulStop.never());
  }

  Program(Platform platform, InputStream in, PrintStream out, PrintStream err, Stamps stamps, Terminal terminal, GracefulStop stop) {
    this.stop = stop;
    this.stamps = stamps;
    this.terminal = terminal;
    this.platform = platform;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Runs one command line to its end; every failure is one sentence on standard error. */
  ExitCode run(List<String> words) {
    LogOutput.start(err, stamps);
    try {
      Settings asked = InstalledOptions.commandLine(platform, words);
      startLog(asked);
      return dispatch(asked, words);
    } catch (BadInputException e) {
      return fail(ExitCode.REFUSED, e);
    } catch (CycleLock.HeldException | IOException e) {
      return fail(ExitCode.FAILED, e);
    } catch (ManagerUnavailableException e) {
      return fail(ExitCode.NO_MANAGER, e);
    } catch (StoreException e) {
      return fail(ExitCode.NO_DATABASE, e);
    } catch (OutOfMemoryError full) {
      refuse("out of memory (" + full.getMessage() + "); what was begun is in the journal, and the"
          + " next cycle settles it; WNM_JAVA_OPTS=-Xmx1g gives it more");
      return ExitCode.FAILED;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError defect) {
      Optional<String> unreadable = defect instanceof InvalidPathException invalid ? NameEncoding.refusal(invalid.getInput())
          : Optional.empty();
      if (unreadable.isPresent()) {
        return fail(ExitCode.REFUSED, new BadInputException(unreadable.get()));
      }
      refuse("this is a defect of wnm, please report it (--loglevel DEBUG shows where it happened): " + defect);
      LOG.log(System.Logger.Level.DEBUG, "in full", defect);
      return ExitCode.FAILED;
    }
  }

  private ExitCode dispatch(Settings asked, List<String> words)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    RunMode mode = RunMode.of(asked);
    if (mode.isAnsweredByTheCommandLine()) {
      mode.refuseUnheeded(asked, asked::isGiven);
      return answer(mode, asked);
    }
    SettingsResolver resolver = SettingsResolver.read(asked.registry(), platform, words);
    mode.refuseUnheeded(asked, resolver::isGiven);
    return switch (mode) {
      case LIST_MANAGERS -> {
        Dependencies tools = dependencies();
        yield ManagerListing.print(resolver, tools, terminal.screen(tools.runner()), out);
      }
      case DOCTOR -> DoctorCommand.print(resolver, dependencies(), out);
      case NOTIFY_TEST -> NotifyTestCommand.run(resolver, dependencies(), this::tell);
      case FETCH_NODE -> FetchCommand.run(resolver, dependencies(), this::tell);
      case INSTALL_SERVICE -> ServiceCommand.install(resolver, dependencies(), out);
      case UNINSTALL_SERVICE -> ServiceCommand.uninstall(resolver, dependencies(), out);
      case REMOVE_LOCKFILE -> {
        CycleLock.remove(resolver.database());
        yield ExitCode.DONE;
      }
      case INIT -> {
        SettingsResolver whole = asksFirst(resolver) ? ask(resolver, words) : resolver;
        yield stop.over(() -> init(whole), Duration.ZERO, () -> List.of("--init may not be finished",
            "the same command does it again, or says that it is done"), this::refuse);
      }
      case IMPORT -> importUnknown(resolver);
      case WATCH -> watch(resolver, asked, words);
      case CYCLE -> inGoodOrder(() -> cycle(resolver), new Farewell(Optional.empty(), words, asked.registry()));
      case LOGS, EXPLAIN, TRACE -> look(mode, resolver, asked);
      case HISTORY -> history(resolver, asked);
      case TOP -> top(resolver, asked);
      case WHAT_IF_HISTORY -> replay(resolver, asked);
      case STATUS, CHECK, WHY_NOT -> status(mode, resolver, asked);
      default -> mode.isReport() ? report(resolver, asked) : force(resolver, asked, words, Order.of(asked).orElseThrow());
    };
  }

  private ExitCode inGoodOrder(GracefulStop.Run run, Farewell farewell)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    return stop.over(run, GracefulStop.PATIENCE, () -> farewell.of(tally.works()), this::refuse);
  }

  private ExitCode answer(RunMode mode, Settings asked) throws IOException {
    return switch (mode) {
      case HELP -> {
        out.print(HelpText.render(asked.registry()));
        out.print("\nMany machines in one view: wnm fleet --help, with the launcher of the distribution\n");
        yield ExitCode.DONE;
      }
      case VERSION -> {
        out.println(BuildInfo.line());
        yield ExitCode.DONE;
      }
      case WHAT_IF -> WhatIfCommand.run(asked.get(Options.WHAT_IF), platform, in, out);
      case DOCKERFILE -> DockerfileCommand.run(asked, out);
      case CONVERT_SUPERVISORD -> ConvertCommand.run(asked, platform, out);
      case VALIDATE -> ValidateCommand.run(asked, dependencies().runner(), out);
      case DEMO -> new Demo(platform, out).run();
      default -> throw new IllegalArgumentException(mode.toString());
    };
  }

  /** One run, whose settings are read anew for each cycle, until a signal ends it. */
  private ExitCode watch(SettingsResolver atStart, Settings asked, List<String> words) throws IOException {
    ColonyStore.requireExisting(atStart.database());
    RepeatedWarnings repeated = new RepeatedWarnings();
    shown = repeated;
    settled(asked);
    AddOns addOns = new AddOns();
    Dependencies tools = dependencies();
    Dependencies watched = tools.watchedBy(new WorkProgress(terminal, tools.runner(), false), () -> true);
    Watch watch = new Watch(asked.get(Options.WATCH),
        () -> SettingsResolver.read(InstalledOptions.find(platform, words), platform, words), watched, new Watch.Listener() {
          @Override
          public void begins(Colony colony) {
            settled(colony);
          }

          @Override
          public void ends(Colony colony, CycleReport report) {
            done(colony, report);
            addOns.ends(colony, report);
            repeated.roundEnds();
          }

          @Override
          public void fails(Colony colony) {
            addOns.fails(colony);
          }

          @Override
          public void rests() {
            addOns.rests();
          }

          @Override
          public void recovers(String line) {
            tell(line);
          }
        });
    Signals.rule(watch, this::refuse);
    try (addOns) {
      addOns.begin(new WatchAddOn.Host(atStart.ofThisRun(), atStart, tools, watch::cycleNow, this::tell));
      watch.run();
    }
    return ExitCode.DONE;
  }

  /** Whether what is missing can be asked for. What is taken over from anm brings its wallet along. */
  private boolean asksFirst(SettingsResolver resolver) {
    return !resolver.isGiven(Options.REWARDS_ADDRESS) && !resolver.isMigration() && terminal.canAsk();
  }

  private SettingsResolver ask(SettingsResolver resolver, List<String> words) throws ManagerUnavailableException {
    Dependencies tools = dependencies();
    return new InitDialog(new Prompt(in, out), new SetupChoices(tools, MachineMemory.totalBytes()), tools, PublicAddress.isOnThisMachine(),
        resolver).run(words);
  }

  private ExitCode init(SettingsResolver resolver)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    Initializer.Initialized initialized = new Initializer(resolver, dependencies()).run();
    Settings settings = initialized.settings();
    settled(settings);
    int cap = settings.get(Options.NODE_CAP);
    tell(wording(resolver).did("initialized") + " " + settings.get(Options.DBPATH) + ": up to " + cap
        + (cap == 1 ? " node with " : " nodes with ") + settings.get(Options.PROCESS_MANAGER) + " in "
        + settings.get(Options.NODE_STORAGE));
    initialized.growth().ifPresent(growth -> tell(growth.sentence()));
    if (!initialized.pace().isEmpty()) {
      tell("proposed for " + platform.cpuCount() + (platform.cpuCount() == 1 ? " CPU: " : " CPUs: ") + Proposal.words(initialized.pace()));
    }
    return ExitCode.DONE;
  }

  private ExitCode importUnknown(SettingsResolver resolver)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    try (Colony colony = Colony.open(resolver, dependencies())) {
      settled(colony.settings());
      List<Node> imported = colony.importUnknown();
      String names = imported.stream().map(Node::service).collect(Collectors.joining(", "));
      tell(wording(resolver).did("took over", "taken over") + " " + imported.size() + " nodes"
          + (names.isEmpty() ? "" : ": " + names));
      return ExitCode.DONE;
    }
  }

  private ExitCode cycle(SettingsResolver resolver) throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    Dependencies tools = stoppable();
    try (AddOns addOns = new AddOns()) {
      if (!resolver.isDryRun() && (resolver.isGiven(Options.NOTIFY) || resolver.isGiven(Options.NOTIFY_FILE))) {
        addOns.beginForOneCycle(new WatchAddOn.Host(resolver.ofThisRun(), resolver, tools, () -> {}, this::tell));
      }
      return cycle(resolver, tools, addOns);
    }
  }

  private ExitCode cycle(SettingsResolver resolver, Dependencies tools, AddOns addOns)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    try (Colony colony = Colony.open(resolver, tools)) {
      settled(colony);
      CycleReport report;
      try {
        report = colony.cycle();
      } catch (ManagerUnavailableException e) {
        addOns.fails(colony);
        throw e;
      }
      done(colony, report);
      addOns.ends(colony, report);
      return report.failed() ? ExitCode.FAILED : ExitCode.DONE;
    }
  }

  private void settled(Colony colony) {
    settled(colony.settings());
    show(colony.settings(), Options.SHOW_MACHINE_CONFIG, () -> MachineConfigReport.line(colony.settings(), colony.stored()));
  }

  private void done(Colony colony, CycleReport report) {
    show(colony.settings(), Options.SHOW_MACHINE_METRICS,
        () -> ReportCommand.metrics(colony, report.host(), Clock.systemUTC().instant()));
    show(colony.settings(), Options.SHOW_DECISIONS, () -> Json.pretty(report.decision().features().asMap()));
    if (report.dryRun()) {
      colony.growth().ifPresent(growth -> tell(growth.sentence()));
    }
    tell(report.summary());
  }

  private ExitCode report(SettingsResolver resolver, Settings asked)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    Dependencies tools = dependencies();
    ReportCommand report = new ReportCommand(tools, asked, terminal.screen(tools.runner()));
    report.check();
    surveyIfAskedFor(resolver, asked);
    out.println(report.print(resolver));
    return ExitCode.DONE;
  }

  private ExitCode status(RunMode mode, SettingsResolver resolver, Settings asked)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    Dependencies tools = dependencies();
    surveyIfAskedFor(resolver, asked);
    try (Colony colony = Colony.openToRead(resolver, tools)) {
      return StatusCommand.print(mode, colony, asked, terminal.screen(tools.runner()), out);
    }
  }

  private void surveyIfAskedFor(SettingsResolver resolver, Settings asked)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    if (asked.get(Options.FORCE_ACTION).equals("survey")) {
      try (Colony colony = Colony.open(resolver, dependencies())) {
        colony.force("survey", asked.serviceNames(), OptionalInt.empty());
      }
    }
  }

  private ExitCode look(RunMode mode, SettingsResolver resolver, Settings asked) throws IOException, ManagerUnavailableException {
    try (Colony colony = Colony.openToRead(resolver, dependencies())) {
      return LookCommand.run(mode, colony, asked, Clock.systemUTC().instant(), out, err);
    }
  }

  private ExitCode top(SettingsResolver resolver, Settings asked) throws IOException {
    String type = platform.environment().getOrDefault("TERM", "");
    if (!terminal.canAsk() || type.isEmpty() || type.equals("dumb")) {
      throw new BadInputException("--top needs a terminal: standard input and output have to be one, and TERM has to say which it is;"
          + " --report status prints the same elsewhere");
    }
    // A line of the log would be written over the screen, and says what the screen shows.
    shown = entry -> false;
    startLog(asked);
    Dependencies tools = dependencies();
    Top.run(resolver, tools, terminal.screen(tools.runner()), type);
    return ExitCode.DONE;
  }

  private ExitCode history(SettingsResolver resolver, Settings asked) throws IOException {
    Dependencies tools = dependencies();
    try (Colony colony = Colony.openToRead(resolver, tools)) {
      return HistoryCommand.print(colony, asked, terminal.screen(tools.runner()), tools.clock().instant(), out);
    }
  }

  private ExitCode replay(SettingsResolver resolver, Settings asked) throws IOException {
    try (Colony colony = Colony.openToRead(resolver, dependencies())) {
      return WhatIfCommand.replay(colony, asked, out);
    }
  }

  private ExitCode force(SettingsResolver resolver, Settings asked, List<String> words, Order order)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    String action = order.action();
    if (Set.of("teardown", "forget", "wnm-db-migration").contains(action) && !asked.get(Options.CONFIRM)) {
      throw new BadInputException("--force_action " + action + " needs --confirm");
    }
    if (NEED_NAMES.contains(action) && order.names().isEmpty()) {
      throw new BadInputException("--force_action " + action + " needs --service_name: the nodes to " + action);
    }
    // What else there is has no point to end at, and is soon over.
    boolean isWork = !SETTINGS_ONLY.contains(action) && !Farewell.WITHOUT_WORK.contains(action) && order.onCompanions().isEmpty();
    return isWork ? inGoodOrder(() -> force(resolver, order), new Farewell(Optional.of(order), words, asked.registry()))
        : force(resolver, order);
  }

  private ExitCode force(SettingsResolver resolver, Order order)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    String action = order.action();
    try (Colony colony = Colony.open(resolver, stoppable())) {
      settled(colony.settings());
      if (SETTINGS_ONLY.contains(action)) {
        tell((resolver.isDryRun() ? "Would have stored: " : "Update: ") + Json.compact(colony.changes()));
        return ExitCode.DONE;
      }
      if (action.equals("wnm-db-migration")) {
        tell("the database " + resolver.database() + " is up to date");
        return ExitCode.DONE;
      }
      ManualResult result = colony.force(order);
      if (ReportFormat.of(colony.settings()).isJson()) {
        out.println(Json.pretty(result.fields()));
      } else {
        result.lines().forEach(this::tell);
      }
      return result.failed() ? ExitCode.FAILED : ExitCode.DONE;
    }
  }

  private static Wording wording(SettingsResolver resolver) {
    return new Wording(resolver.isDryRun());
  }

  /** A line that says what became of the run. */
  private void tell(String line) {
    out.println(stamps.ofAnswer() + line);
    file.ifPresent(log -> log.append(Stamps.ALL.ofAnswer() + line + "\n"));
  }

  private Dependencies dependencies() {
    return Dependencies.ofThisMachine(platform, sentence -> LOG.log(System.Logger.Level.INFO, sentence));
  }

  /** For a run that a signal may end in good order, and of which is told how it goes on. */
  private Dependencies stoppable() {
    Dependencies tools = dependencies();
    return tools.watchedBy(tally.and(new WorkProgress(terminal, tools.runner(), true)), stop::goesOn);
  }

  private void startLog(Settings settings) {
    file = settings.find(Options.LOG_FILE).map(LogFile::at);
    LogOutput.start(err, stamps, settings.get(Options.QUIET) ? "ERROR" : settings.get(Options.LOGLEVEL), file, shown);
  }

  /** What the files and the environment say of the log counts from here on. */
  private void settled(Settings settings) {
    startLog(settings);
    settings.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
  }

  private static void show(Settings settings, Option<Boolean> option, Supplier<String> text) {
    if (settings.get(option) || settings.get(Options.VERBOSE)) {
      LOG.log(System.Logger.Level.INFO, text.get());
    }
  }

  /** A sentence that ends the run. */
  private void refuse(String sentence) {
    err.println(stamps.ofRefusal() + "wnm: " + sentence);
    file.ifPresent(log -> log.append(Stamps.ALL.ofRefusal() + "wnm: " + sentence + "\n"));
  }

  private ExitCode fail(ExitCode code, Exception failure) {
    refuse(failure.getMessage());
    LOG.log(System.Logger.Level.DEBUG, "in full", failure);
    return code;
  }
}

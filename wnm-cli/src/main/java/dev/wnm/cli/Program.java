package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.CycleLock;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.colony.Initializer;
import dev.wnm.core.colony.InstalledOptions;
import dev.wnm.core.config.HelpText;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.RunMode;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.cycle.Order;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.Wording;
import dev.wnm.core.report.MachineConfigReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.StoreException;
import dev.wnm.core.watch.Watch;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.time.Clock;
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
  /** Which lines of the log are shown. */
  private Filter shown = entry -> true;
  /** Where the log goes instead of to standard error. */
  private Optional<LogFile> file = Optional.empty();

  /** One whose lines have no time, and whose answers no terminal shows. */
  Program(Platform platform, InputStream in, PrintStream out, PrintStream err) {
    this(platform, in, out, err, Stamps.NONE, Terminal.NONE);
  }

  Program(Platform platform, InputStream in, PrintStream out, PrintStream err, Stamps stamps, Terminal terminal) {
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
      refuse("wnm: out of memory (" + full.getMessage() + "); what was begun is in the journal, and the"
          + " next cycle settles it; WNM_JAVA_OPTS=-Xmx1g gives it more");
      return ExitCode.FAILED;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError defect) {
      Optional<String> unreadable = defect instanceof InvalidPathException invalid ? NameEncoding.refusal(invalid.getInput())
          : Optional.empty();
      if (unreadable.isPresent()) {
        return fail(ExitCode.REFUSED, new BadInputException(unreadable.get()));
      }
      refuse("wnm: this is a defect of wnm, please report it (--loglevel DEBUG shows where it happened): " + defect);
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
      case LIST_MANAGERS -> ManagerListing.print(resolver, dependencies(), out);
      case DOCTOR -> DoctorCommand.print(resolver, dependencies(), out);
      case FETCH_NODE -> FetchCommand.run(resolver, dependencies(), this::tell);
      case INSTALL_SERVICE -> ServiceCommand.install(resolver, dependencies(), out);
      case UNINSTALL_SERVICE -> ServiceCommand.uninstall(resolver, dependencies(), out);
      case REMOVE_LOCKFILE -> {
        CycleLock.remove(resolver.database());
        yield ExitCode.DONE;
      }
      case INIT -> init(resolver);
      case IMPORT -> importUnknown(resolver);
      case WATCH -> watch(resolver, asked, words);
      case CYCLE -> cycle(resolver);
      case LOGS, EXPLAIN, TRACE -> look(mode, resolver, asked);
      case WHAT_IF_HISTORY -> replay(resolver, asked);
      default -> mode.isReport() ? report(resolver, asked) : force(resolver, asked, Order.of(asked).orElseThrow());
    };
  }

  private ExitCode answer(RunMode mode, Settings asked) throws IOException {
    return switch (mode) {
      case HELP -> {
        out.print(HelpText.render(asked.registry()));
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
  private ExitCode watch(SettingsResolver atStart, Settings asked, List<String> words) {
    ColonyStore.requireExisting(atStart.database());
    RepeatedWarnings repeated = new RepeatedWarnings();
    shown = repeated;
    settled(asked);
    Watch watch = new Watch(asked.get(Options.WATCH),
        () -> SettingsResolver.read(InstalledOptions.find(platform, words), platform, words), dependencies(), new Watch.Listener() {
          @Override
          public void begins(Colony colony) {
            settled(colony);
          }

          @Override
          public void ends(Colony colony, CycleReport report) {
            done(colony, report);
            repeated.roundEnds();
          }

          @Override
          public void recovers(String line) {
            tell(line);
          }
        });
    Signals.rule(watch, line -> err.println(stamps.ofRefusal() + "wnm: " + line));
    watch.run();
    return ExitCode.DONE;
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
    try (Colony colony = Colony.open(resolver, dependencies())) {
      settled(colony);
      CycleReport report = colony.cycle();
      done(colony, report);
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
    if (asked.get(Options.FORCE_ACTION).equals("survey")) {
      try (Colony colony = Colony.open(resolver, dependencies())) {
        colony.force("survey", asked.serviceNames(), OptionalInt.empty());
      }
    }
    out.println(report.print(resolver));
    return ExitCode.DONE;
  }

  private ExitCode look(RunMode mode, SettingsResolver resolver, Settings asked) throws IOException, ManagerUnavailableException {
    try (Colony colony = Colony.openToRead(resolver, dependencies())) {
      return LookCommand.run(mode, colony, asked, out, err);
    }
  }

  private ExitCode replay(SettingsResolver resolver, Settings asked) throws IOException {
    try (Colony colony = Colony.openToRead(resolver, dependencies())) {
      return WhatIfCommand.replay(colony, asked, out);
    }
  }

  private ExitCode force(SettingsResolver resolver, Settings asked, Order order)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    String action = order.action();
    if (Set.of("teardown", "forget", "wnm-db-migration").contains(action) && !asked.get(Options.CONFIRM)) {
      throw new BadInputException("--force_action " + action + " needs --confirm");
    }
    if (NEED_NAMES.contains(action) && order.names().isEmpty()) {
      throw new BadInputException("--force_action " + action + " needs --service_name: the nodes to " + action);
    }
    try (Colony colony = Colony.open(resolver, dependencies())) {
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
    err.println(stamps.ofRefusal() + sentence);
    file.ifPresent(log -> log.append(Stamps.ALL.ofRefusal() + sentence + "\n"));
  }

  private ExitCode fail(ExitCode code, Exception failure) {
    refuse("wnm: " + failure.getMessage());
    LOG.log(System.Logger.Level.DEBUG, "in full", failure);
    return code;
  }
}

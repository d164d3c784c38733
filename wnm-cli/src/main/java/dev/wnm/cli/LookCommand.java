package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.NamedNodes;
import dev.wnm.core.companions.CompanionNames;
import dev.wnm.core.companions.Companions;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.RunMode;
import dev.wnm.core.config.Settings;
import dev.wnm.core.host.Pause;
import dev.wnm.core.logs.Interleaved;
import dev.wnm.core.logs.NamedLog;
import dev.wnm.core.logs.NodeLogs;
import dev.wnm.core.report.NodeLifeReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code --logs}, {@code --explain} and {@code --trace}: what is asked of nodes and of services beside them, by name. Writes nothing. */
final class LookCommand {
  private final Colony colony;
  private final Settings asked;
  private final PrintStream out;
  private final PrintStream err;
  private boolean fine = true;

  private LookCommand(Colony colony, Settings asked, PrintStream out, PrintStream err) {
    this.colony = colony;
    this.asked = asked;
    this.out = out;
    this.err = err;
  }

  static ExitCode run(RunMode mode, Colony colony, Settings asked, Instant now, PrintStream out, PrintStream err)
      throws ManagerUnavailableException {
    Option<String> option = switch (mode) {
      case LOGS -> Options.LOGS;
      case EXPLAIN -> Options.EXPLAIN;
      case TRACE -> Options.TRACE;
      default -> throw new IllegalArgumentException(mode.toString());
    };
    List<String> words = words(asked.get(option));
    List<String> services = mode == RunMode.TRACE ? words : words.stream().filter(CompanionNames::isOne).toList();
    // Before the process manager is asked anything.
    CompanionNames.require(option.toString(), services);
    NamedNodes nodes = NamedNodes.of(option.toString(), words.stream().filter(word -> !services.contains(word)).toList(), colony, now);
    LookCommand command = new LookCommand(colony, asked, out, err);
    switch (mode) {
      case LOGS -> command.logs(nodes, services);
      case EXPLAIN -> command.explain(nodes, services);
      default -> command.trace(services);
    }
    return command.fine ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Names that are separated by commas. */
  static List<String> words(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
  }

  private void logs(NamedNodes nodes, List<String> services) throws ManagerUnavailableException {
    nodes.past().keySet().forEach(name -> lacks(name, "it is there no more, and its log went with it; --explain " + name + " has what is kept of it"));
    List<NamedLog> logs = new ArrayList<>();
    if (!nodes.present().isEmpty()) {
      NodeLogs ofNodes = colony.logs();
      nodes.present().forEach(node -> logs.add(ofNodes.of(node)));
    }
    if (!services.isEmpty()) {
      Companions companions = colony.companions();
      named(Options.LOGS, companions, services).forEach(name ->
          logs.add(new NamedLog(name.toString(), true, request -> companions.log(name, request))));
    }
    LogRequest last = LogRequest.last(asked.get(Options.LINES));
    LogRequest request = asked.find(Options.SINCE).filter(since -> !since.isEmpty()).map(since -> last.within(Human.span(since))).orElse(last);
    Interleaved interleaved = new Interleaved(logs, new Interleaved.Reader() {
      @Override
      public void line(String line) {
        out.println(line);
      }

      @Override
      public void lacks(String name, String why) {
        LookCommand.this.lacks(name, why);
      }

      @Override
      public boolean goesOn() {
        return !out.checkError();
      }
    }, Pause.REAL);
    fine &= interleaved.show(request);
    if (asked.get(Options.FOLLOW)) {
      interleaved.follow(request);
    }
  }

  private void explain(NamedNodes nodes, List<String> services) throws ManagerUnavailableException {
    ReportFormat format = ReportFormat.of(asked);
    if (!services.isEmpty() && format != ReportFormat.TEXT) {
      throw new BadInputException("--explain " + services.get(0) + " is text only; JSON is for nodes");
    }
    if (!nodes.numbers().isEmpty()) {
      out.println(NodeLifeReport.print(colony.explain(nodes), format));
    }
    if (!services.isEmpty()) {
      Companions companions = colony.companions();
      each(named(Options.EXPLAIN, companions, services), !nodes.numbers().isEmpty(), companions::explain);
    }
  }

  private void trace(List<String> services) throws ManagerUnavailableException {
    Companions companions = colony.companions();
    each(named(Options.TRACE, companions, services), false, name -> companions.trace(name, asked.get(Options.TRACE_SECONDS)));
  }

  private List<CompanionName> named(Option<String> option, Companions companions, List<String> services) {
    CompanionNames names = companions.named(option.toString(), services);
    names.missing().forEach(this::lacks);
    return names.found();
  }

  private interface Question {
    String of(CompanionName name) throws ManagerUnavailableException;
  }

  private void each(List<CompanionName> names, boolean areNotAlone, Question question) {
    for (CompanionName name : names) {
      try {
        String answer = question.of(name);
        if (areNotAlone || names.size() > 1) {
          out.println("==> " + name + " <==");
        }
        answer.lines().map(PlainText::logLine).forEach(out::println);
      } catch (ManagerUnavailableException e) {
        lacks(name.toString(), String.valueOf(e.getMessage()));
      }
    }
  }

  private void lacks(String name, String why) {
    fine = false;
    err.println("wnm: " + name + ": " + PlainText.logLine(why));
  }
}

package dev.wnm.core.report;

import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.GrowthForecast;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.report.table.Paragraph;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.TextTable;
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.model.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report {@code status}: on one screen whether all is well, what wnm is doing, and why not more. Text, or JSON; and the check, which
 * is its first line and whether that is good.
 */
public final class StatusReport {
  private static final String UNKNOWN = "unknown";
  private static final int WIDTH_OF_LABELS = 14;
  /** What no operation follows from, which would give the reason. */
  private static final Set<ActionType> LOOKS = EnumSet.of(ActionType.SURVEY, ActionType.RESURVEY);
  private static final String MEND = "-> ";
  private static final List<TextTable.Heading> OPERATIONS = List.of(TextTable.Heading.of("Last done"), TextTable.Heading.of("What"),
      new TextTable.Heading("Node", false, 0, OptionalInt.of(8)), new TextTable.Heading("Result", false, 0, OptionalInt.of(28)),
      new TextTable.Heading("Why", false, 50, OptionalInt.of(10)));

  private StatusReport() {}

  /** As JSON where that is asked for, else as text. */
  public static String print(FleetStatus status, ReportFormat format, Screen screen) {
    return format.isJson() ? Json.pretty(StatusJson.of(status)) : String.join("\n", text(status, screen));
  }

  /** The verdict alone, in one line; as JSON all of it. */
  public static String check(FleetStatus status, ReportFormat format, Screen screen) {
    return format.isJson() ? Json.pretty(StatusJson.of(status)) : String.join("\n", verdict(Verdict.of(status), screen));
  }

  /** What is wrong and unknown, each with what to do; what is of single nodes is under {@link Problem#NODES}. */
  public static List<Problem> problems(FleetStatus status) {
    return Verdict.of(status).problems();
  }

  /** Whether it is known that all is well. */
  public static boolean isWell(FleetStatus status) {
    return Verdict.of(status).isWell();
  }

  /**
   * Its parts as lines, for whoever shows them in another order. A part with nothing to say has no lines.
   *
   * @param verdict whether all is well
   * @param problems what is wrong and unknown, each with what to do
   * @param doing what there is, what comes next, and why not more
   * @param resources what the machine has, against both thresholds
   * @param past what was done and decided last
   * @param notes what an operator should know of the node programs
   */
  public record Parts(List<String> verdict, List<String> problems, List<String> doing, List<String> resources, List<String> past, List<String> notes) {}

  /** The text in its parts. */
  public static Parts parts(FleetStatus status, Screen screen) {
    Verdict verdict = Verdict.of(status);
    return new Parts(verdict(verdict, screen), verdict.problems().stream().flatMap(problem -> problem(problem, screen).stream()).toList(),
        doing(status, screen), ResourceTable.lines(status, screen), past(status, screen),
        status.programs().notes().stream().flatMap(note -> line("Note", note, screen).stream()).toList());
  }

  private static List<String> text(FleetStatus status, Screen screen) {
    Parts parts = parts(status, screen);
    List<String> lines = new ArrayList<>(parts.verdict());
    Stream.of(parts.problems(), parts.doing(), parts.resources(), parts.past(), parts.notes()).filter(part -> !part.isEmpty()).forEach(part -> {
      lines.add("");
      lines.addAll(part);
    });
    return lines;
  }

  private static List<String> verdict(Verdict verdict, Screen screen) {
    Tone tone = switch (verdict.kind()) {
      case WELL -> Tone.GOOD;
      case TROUBLE -> Tone.BAD;
      case UNKNOWN -> Tone.BUSY;
    };
    return Paragraph.lines("", verdict.sentence(), screen).stream().map(line -> screen.paint(tone, line)).toList();
  }

  private static List<String> problem(Problem problem, Screen screen) {
    List<String> lines = new ArrayList<>(line("Trouble", problem.what(), screen));
    if (!problem.mend().isEmpty()) {
      lines.addAll(Paragraph.lines(" ".repeat(WIDTH_OF_LABELS) + MEND, problem.mend(), screen));
    }
    return lines;
  }

  private static List<String> doing(FleetStatus status, Screen screen) {
    FleetStatus.Programs programs = status.programs();
    List<String> lines = new ArrayList<>(
        line("Nodes", new Fleet(status.nodes()).inWords() + ", of at most " + status.nodeCap() + " (node_cap)", screen));
    lines.addAll(line("Next cycle", next(status), screen));
    if (!whyNotMore(status).isEmpty()) {
      lines.addAll(line("Why not more", String.join("; ", whyNotMore(status)) + " (wnm --why_not add)", screen));
    }
    growth(status).ifPresent(growth -> lines.addAll(line("Growth", growth.sentence(), screen)));
    lines.addAll(line("Program", forNewNodes(programs) + running(status), screen));
    lines.addAll(line("Self-upgrade", programs.selfUpgrade().entrySet().stream().map(each -> each.getKey() + " " + each.getValue().word())
        .collect(Collectors.joining(", ", "", programs.selfUpgrade().isEmpty() ? UNKNOWN : "")) + "; upgrades by wnm "
        + (programs.upgrades() ? "on" : "off") + " (enable_upgrade)", screen));
    return lines;
  }

  private static List<String> line(String label, String text, Screen screen) {
    String head = String.format(Locale.ROOT, "%-" + WIDTH_OF_LABELS + "s", label + ":");
    List<String> lines = new ArrayList<>(Paragraph.lines(head, text, screen));
    if (lines.get(0).startsWith(head)) {
      lines.set(0, screen.paint(Tone.STRONG, label + ":") + lines.get(0).substring(label.length() + 1));
    }
    return lines;
  }

  private static String forNewNodes(FleetStatus.Programs programs) {
    return !programs.isUsable() ? "there is none for new nodes" : "new nodes get "
        + programs.present().map(release -> release.program().name() + " " + release.version()).orElse("an " + UNKNOWN + " version")
        + programs.binary().map(path -> " (" + path + ")").orElse(", which the process manager fetches");
  }

  /** Which versions of which programs the nodes are. */
  private static String running(FleetStatus status) {
    Map<String, Integer> counts = new TreeMap<>();
    readable(status).forEach(node -> counts.merge(node.program().name() + " "
        + node.version().map(Version::text).orElse("of " + UNKNOWN + " version"), 1, Integer::sum));
    return counts.isEmpty() ? "" : counts.entrySet().stream().map(entry -> entry.getValue() + " of " + entry.getKey())
        .collect(Collectors.joining(", ", "; nodes: ", ""));
  }

  static Stream<Node> readable(FleetStatus status) {
    return status.nodes().stream().filter(node -> node.status() != NodeStatus.UNREADABLE);
  }

  private static String next(FleetStatus status) {
    if (status.health().unusable().isPresent()) {
      return "nothing: " + status.health().unusable().get();
    }
    long underWay = status.nodes().stream().filter(node -> node.status().inFlight()).count();
    return status.outlook().decision().actions().stream().map(action -> action.inWords() + " (" + action.reason() + ")")
        .collect(Collectors.joining("; ")) + (underWay == 0 ? "" : "; it looks first at " + underWay
        + (underWay == 1 ? " node that is" : " nodes that are") + " under way, which may change this");
  }

  /** Where nothing can be done, that is said already. */
  static List<String> whyNotMore(FleetStatus status) {
    return status.health().unusable().isPresent() ? List.of() : status.outlook().notMore();
  }

  static Optional<GrowthForecast> growth(FleetStatus status) {
    return status.growth().filter(growth -> status.health().unusable().isEmpty());
  }

  private static List<String> past(FleetStatus status, Screen screen) {
    List<String> lines = new ArrayList<>();
    FleetStatus.Past past = status.past();
    if (!past.operations().isEmpty()) {
      lines.addAll(TextTable.lines(OPERATIONS, past.operations().stream().map(operation -> row(operation, status.now())).toList(), screen));
      lines.add("");
    }
    lines.addAll(line("Decided", past.decision().map(decision -> decided(decision, status.now())).orElse("nothing is recorded"), screen));
    lines.addAll(line("As of", "the machine now; nodes " + ago(past.lookedAt(), status.now()) + ", their processes "
        + ago(past.measuredAt(), status.now()), screen));
    return lines;
  }

  private static List<TextTable.Cell> row(PastOperation operation, Instant now) {
    String why = operation.motive().askedBy().isEmpty() ? operation.motive().reason() : "asked for by " + operation.motive().askedBy();
    return List.of(new TextTable.Cell(Human.ago(operation.begun(), now), Tone.PLAIN),
        new TextTable.Cell(operation.kind().name().toLowerCase(Locale.ROOT), Tone.PLAIN), new TextTable.Cell(operation.service(), Tone.PLAIN),
        switch (operation.ending()) {
          case DONE -> new TextTable.Cell("done", Tone.GOOD);
          case OPEN -> new TextTable.Cell("not over", Tone.BUSY);
          case FAILED -> new TextTable.Cell("failed: " + operation.detail(), Tone.BAD);
        }, new TextTable.Cell(why, Tone.FAINT));
  }

  private static String decided(PastDecision decision, Instant now) {
    return Human.ago(decision.last(), now)
        + (decision.times() == 1 ? "" : ", " + decision.times() + " times the same since " + Human.ago(decision.first(), now)) + ": "
        + decision.actions().stream().map(action -> action.inWords() + (LOOKS.contains(action.type()) ? " (" + action.reason() + ")" : ""))
            .collect(Collectors.joining("; "));
  }

  private static String ago(Optional<Instant> at, Instant now) {
    return at.map(time -> Human.ago(time, now)).orElse("never");
  }
}

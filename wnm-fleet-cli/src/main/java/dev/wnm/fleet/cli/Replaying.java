package dev.wnm.fleet.cli;

import dev.wnm.core.report.table.TextTable;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.transport.AtOnce;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.view.HostRow;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares settings by what hosts recorded: each plays its own history again, once for each alternative, and what would have come of it is added
 * up. Nothing is changed anywhere. A host counts in all sums or in none, so that alternatives are compared over the same hosts.
 */
final class Replaying {
  /** A replay keeps a host busy for seconds: the network is not what it waits for. */
  private static final int AT_ONCE = 16;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int LONGEST = 4 << 20;

  private final String since;
  private final List<Map<String, String>> alternatives;

  private Replaying(String since, List<Map<String, String>> alternatives) {
    this.since = since;
    this.alternatives = alternatives;
  }

  /** How one host went, and would have gone with each alternative; the first of these are the settings of the time. */
  private record Told(ReplaySum really, List<ReplaySum> replayed, double deviation, Duration unknown, int byHand) {}

  /** What a host told, or why it told nothing. */
  private record Answer(Optional<Told> told, String trouble) {}

  static boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    asked.time("replay", "7d");
    List<Map<String, String>> alternatives = new ArrayList<>(List.of(Map.of()));
    for (String text : asked.all("set")) {
      alternatives.add(alternative(text, context));
    }
    if (alternatives.size() == 1) {
      throw new BadInputException("--set is missing: it says which settings to compare with those of the time, such as --set cpu_less_than=60");
    }
    Replaying replaying = new Replaying(asked.require("replay"), alternatives);
    try (OpenFleet fleet = OpenFleet.open(context)) {
      List<HostName> hosts = fleet.chosen(asked, fleet.rows()).rows().stream().map(HostRow::name).toList();
      if (hosts.isEmpty()) {
        throw new BadInputException("no host is meant by --where '" + asked.get("where", "") + "'");
      }
      Map<HostName, Answer> answers = AtOnce.each(hosts, AT_ONCE, host -> replaying.ask(host, fleet), (host, answer) -> {});
      replaying.say(answers, context);
      return answers.values().stream().allMatch(answer -> answer.told().isPresent());
    }
  }

  private static Map<String, String> alternative(String text, FleetContext context) {
    Map<String, String> settings = new TreeMap<>();
    SettingChanges.ofDecisions(List.of(text.split(",")), context).forEach((name, value) -> settings.put(name,
        value.orElseThrow(() -> new BadInputException("--set " + text + " gives " + name + " no value to try"))));
    return settings;
  }

  private Answer ask(HostName host, OpenFleet fleet) {
    try {
      List<ReplaySum> replayed = new ArrayList<>();
      JsonPart last = replay(host, alternatives.get(0), fleet);
      ReplaySum really = ReplaySum.read(last.part("really"));
      double deviation = ReplaySum.decimal(last, "deviation_nodes");
      int byHand = last.count("operations_by_hand");
      Duration unknown = Duration.ZERO;
      for (JsonPart gap : last.parts("gaps")) {
        unknown = unknown.plus(Duration.between(gap.time("from"), gap.time("until")));
      }
      replayed.add(ReplaySum.read(last.part("replayed")));
      for (Map<String, String> settings : alternatives.subList(1, alternatives.size())) {
        replayed.add(ReplaySum.read(replay(host, settings, fleet).part("replayed")));
      }
      return new Answer(Optional.of(new Told(really, replayed, deviation, unknown, byHand)), "");
    } catch (FleetException | UnreadableException e) {
      return new Answer(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private JsonPart replay(HostName host, Map<String, String> settings, OpenFleet fleet) throws FleetException, UnreadableException {
    Map<String, String> details = new TreeMap<>(Map.of("since", since, "json", "yes"));
    if (!settings.isEmpty()) {
      details.put("settings", text(settings));
    }
    Reply reply = fleet.link().ask(host, new Question(Question.Kind.REPLAY, details), LIMIT);
    if (!reply.isAnswered()) {
      throw new FleetException(reply.text());
    }
    return JsonPart.parse("its replay", reply.text(), LONGEST);
  }

  private static String text(Map<String, String> settings) {
    return settings.entrySet().stream().map(setting -> setting.getKey() + "=" + setting.getValue()).collect(Collectors.joining(","));
  }

  private void say(Map<HostName, Answer> answers, FleetContext context) {
    List<Told> told = answers.values().stream().flatMap(answer -> answer.told().stream()).toList();
    Map<HostName, String> silent = new LinkedHashMap<>();
    answers.forEach((host, answer) -> {
      if (answer.told().isEmpty()) {
        silent.put(host, answer.trouble());
      }
    });
    context.say("The last " + since + " of " + told.size() + " of " + answers.size() + (answers.size() == 1 ? " host" : " hosts")
        + (told.isEmpty() ? ": nothing is known." : ", added up:\n"));
    if (!told.isEmpty()) {
      TextTable.lines(table(told), context.screen()).forEach(context::say);
      context.say("\n" + howSure(told));
    }
    silent.forEach((host, why) -> context.warn(host + " is in none of the sums: " + why));
    context.tell(document(told, answers, silent));
  }

  private List<List<String>> table(List<Told> told) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("Settings", ReplaySum.TITLES));
    rows.add(row("as it really went", really(told).cells()));
    for (int i = 0; i < alternatives.size(); i++) {
      rows.add(row(i == 0 ? "those of that time" : text(alternatives.get(i)), replayed(told, i).cells()));
    }
    return rows;
  }

  private static List<String> row(String first, List<String> others) {
    List<String> row = new ArrayList<>(List.of(first));
    row.addAll(others);
    return Collections.unmodifiableList(row);
  }

  private static ReplaySum really(List<Told> told) {
    return told.stream().map(Told::really).reduce(ReplaySum.NOTHING, ReplaySum::and);
  }

  private static ReplaySum replayed(List<Told> told, int alternative) {
    return told.stream().map(each -> each.replayed().get(alternative)).reduce(ReplaySum.NOTHING, ReplaySum::and);
  }

  private static double deviation(List<Told> told) {
    return told.stream().mapToDouble(Told::deviation).sum();
  }

  private static Duration unknown(List<Told> told) {
    return told.stream().map(Told::unknown).reduce(Duration.ZERO, Duration::plus);
  }

  private static long byHand(List<Told> told) {
    return told.stream().mapToLong(Told::byHand).sum();
  }

  private static String howSure(List<Told> told) {
    return "With the settings of that time, replays differ from what was recorded by " + String.format(Locale.ROOT, "%.1f", deviation(told))
        + " running nodes on the average, all hosts together. Upgrades are left out"
        + (byHand(told) == 0 ? "" : ", and " + byHand(told) + " operations that people asked for")
        + (unknown(told).isZero() ? "." : "; nothing is recorded of " + ReplaySum.inWords(unknown(told)) + " of the hosts' time.");
  }

  private Document document(List<Told> told, Map<HostName, Answer> answers, Map<HostName, String> silent) {
    boolean isKnown = !told.isEmpty();
    List<Document> sums = new ArrayList<>();
    for (int i = 0; i < alternatives.size(); i++) {
      Document sum = new Document().put("settings", alternatives.get(i));
      sums.add(isKnown ? replayed(told, i).addTo(sum) : sum);
    }
    return new Document().put("since", since).put("hosts", answers.size()).put("hosts_in_sums", told.size()).put("left_out", silent)
        .put("really", isKnown ? Optional.of(really(told).addTo(new Document())) : Optional.empty())
        .put("replayed", isKnown ? Optional.of(sums) : Optional.empty())
        .put("deviation_nodes", isKnown ? Optional.of(ReplaySum.rounded(deviation(told))) : Optional.empty())
        .put("operations_by_hand", isKnown ? Optional.of(byHand(told)) : Optional.empty())
        .put("seconds_unknown", isKnown ? Optional.of(unknown(told)) : Optional.empty());
  }
}

package dev.wnm.fleet.cli;

import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How several hosts went, or would have gone, together. The most nodes that ran at once is not among it: hosts have their busiest moments at
 * different times.
 *
 * @param nodes nodes in the end
 * @param running those of them that run
 * @param meanRunning how many ran on the average of each host's time
 * @param pressure how long thresholds were exceeded, all hosts' times added up
 */
record ReplaySum(long nodes, long running, double meanRunning, long added, long started, long stopped, long removed, Duration pressure) {
  static final ReplaySum NOTHING = new ReplaySum(0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
  /** Titles of what {@link #cells} has. */
  static final List<String> TITLES = List.of("Nodes in the end", "Running", "On average", "Added", "Started", "Stopped", "Removed", "Under pressure");

  /** What one host says. @throws UnreadableException when something is missing: that is not known, and so neither is a sum with it */
  static ReplaySum read(JsonPart fate) throws UnreadableException {
    return new ReplaySum(fate.count("nodes"), fate.count("running"), decimal(fate, "mean_running"), fate.count("added"), fate.count("started"),
        fate.count("stopped"), fate.count("removed"), Duration.ofSeconds(fate.count("seconds_under_pressure")));
  }

  static double decimal(JsonPart part, String name) throws UnreadableException {
    return part.optionalDecimal(name).orElseThrow(() -> new UnreadableException("it says nothing of " + name));
  }

  ReplaySum and(ReplaySum other) {
    return new ReplaySum(nodes + other.nodes, running + other.running, meanRunning + other.meanRunning, added + other.added, started + other.started,
        stopped + other.stopped, removed + other.removed, pressure.plus(other.pressure));
  }

  List<String> cells() {
    return List.of(Long.toString(nodes), Long.toString(running), String.format(Locale.ROOT, "%.1f", meanRunning), Long.toString(added),
        Long.toString(started), Long.toString(stopped), Long.toString(removed), inWords(pressure));
  }

  /** A sum of minutes is told to the minute. */
  static String inWords(Duration time) {
    return time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min" : time.toMinutes() + " min";
  }

  Document addTo(Document document) {
    return document.put("nodes", nodes).put("running", running).put("mean_running", rounded(meanRunning)).put("added", added).put("started", started)
        .put("stopped", stopped).put("removed", removed).put("seconds_under_pressure", pressure);
  }

  /** Hosts tell no more digits. */
  static double rounded(double number) {
    return Math.round(number * 1_000) / 1_000d;
  }
}

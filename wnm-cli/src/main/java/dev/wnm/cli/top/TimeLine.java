package dev.wnm.cli.top;

import dev.wnm.core.decision.Resource;
import dev.wnm.core.history.MachinePoint;
import dev.wnm.core.history.Measure;
import dev.wnm.core.history.StatesPoint;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the last day went, a line of bars for each state of nodes and each resource. A bar is the greatest value of its time, so that no peak
 * is hidden; where nothing is known there is none. All bars of a line are by the greatest of them, which is told.
 */
final class TimeLine {
  private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
  private static final int NAME = 13;
  private static final int SPAN = 30;
  private static final int LEAST_BARS = 8;
  /** By the name of the resource whose thresholds hold for it. */
  private static final Map<Measure, String> RESOURCES = Map.of(Measure.CPU, "CPU", Measure.MEMORY, "memory", Measure.DISK, "disk", Measure.LOAD_15, "load, 15 min");

  private final Past past;
  private final Screen screen;
  private final int bars;

  private TimeLine(Past past, Screen screen, int columns) {
    this.past = past;
    this.screen = screen;
    bars = Math.max(LEAST_BARS, Math.min(columns - NAME - SPAN, 96));
  }

  /** @param columns how wide the screen is */
  static List<String> lines(Snapshot snapshot, Screen screen, int columns) {
    return new TimeLine(snapshot.past(), screen, columns).lines(snapshot.status().outlook().resources());
  }

  private List<String> lines(List<Resource> resources) {
    List<String> lines = new ArrayList<>();
    lines.add(screen.paint(Tone.STRONG, String.format(Locale.ROOT, "%-" + NAME + "s%-" + bars + "s %s", "", "24 h ago", "now, most; limits")));
    for (NodeStatus status : NodeStatus.values()) {
      Function<StatesPoint, Optional<Double>> count = point -> Optional.ofNullable(point.byStatus().get(status)).map(Integer::doubleValue);
      if (past.states().points().stream().anyMatch(point -> count.apply(point).orElse(0.0) > 0)) {
        lines.add(line(status.name().toLowerCase(Locale.ROOT), past.states().points(), StatesPoint::at, count, Human::count));
      }
    }
    lines.add("");
    for (Measure measure : List.of(Measure.CPU, Measure.MEMORY, Measure.DISK, Measure.LOAD_15, Measure.IO_WAIT)) {
      Function<MachinePoint, Optional<Double>> highest = point -> Optional.ofNullable(point.values().get(measure)).map(MachinePoint.Spread::highest)
          .filter(Double::isFinite);
      String name = RESOURCES.getOrDefault(measure, "I/O wait");
      lines.add(line(name, past.machine().points(), MachinePoint::at, highest, measure == Measure.LOAD_15 ? Human::decimal : Human::percent)
          + limits(resources, name));
    }
    lines.add("");
    lines.add(screen.paint(Tone.FAINT, "What was done, and why: d, or wnm --history"));
    return lines;
  }

  private static String limits(List<Resource> resources, String name) {
    return resources.stream().filter(resource -> resource.name().equalsIgnoreCase(name)).findFirst()
        .map(resource -> List.of(resource.room(), resource.pressure()).stream().filter(Resource.Limit::isOn)
            .map(limit -> Human.decimal(limit.value())).collect(Collectors.joining(" / ")))
        .filter(text -> !text.isEmpty()).map(text -> "; " + text).orElse("");
  }

  private <T> String line(String name, List<T> points, Function<T, Instant> at, Function<T, Optional<Double>> value, Function<Double, String> words) {
    List<Optional<Double>> greatest = new ArrayList<>();
    for (int i = 0; i < bars; i++) {
      greatest.add(Optional.empty());
    }
    for (T point : points) {
      int place = place(at.apply(point));
      value.apply(point).ifPresent(known -> greatest.set(place, Optional.of(Math.max(known, greatest.get(place).orElse(known)))));
    }
    Optional<Double> most = greatest.stream().flatMap(Optional::stream).max(Double::compare);
    Optional<Double> latest = points.isEmpty() ? Optional.empty() : value.apply(points.get(points.size() - 1));
    String drawn = greatest.stream().map(each -> each.map(known -> bar(known, most.orElse(0.0))).orElse(" ")).collect(Collectors.joining());
    return String.format(Locale.ROOT, "%-" + NAME + "s%s %s, %s", name, drawn, latest.map(words).orElse("unknown"), most.map(words).orElse("unknown"));
  }

  private int place(Instant at) {
    TimeRange range = past.range();
    long into = Math.max(0, Duration.between(range.from(), at).toMillis());
    return (int) Math.min(bars - 1L, into * bars / range.length().toMillis());
  }

  private static String bar(double value, double most) {
    int height = most <= 0 ? 0 : (int) Math.ceil(value / most * BARS.length()) - 1;
    int within = Math.max(0, Math.min(height, BARS.length() - 1));
    return BARS.substring(within, within + 1);
  }
}

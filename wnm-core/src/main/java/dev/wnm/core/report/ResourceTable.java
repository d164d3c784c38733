package dev.wnm.core.report;

import dev.wnm.core.decision.Resource;
import dev.wnm.core.report.table.Bar;
import dev.wnm.core.report.table.Paragraph;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.TextTable;
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.internal.Human;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the machine has of each thing: a bar with both thresholds, and how much room is left. */
final class ResourceTable {
  private static final int CELLS = 20;
  private static final double ALL = 100;
  /** How much of a bar lies beyond the thresholds where nothing says what the most is. */
  private static final double BEYOND = 1.25;
  private static final String LOAD = "load over ";
  private static final List<TextTable.Heading> HEADINGS = List.of(TextTable.Heading.of("Resource"),
      new TextTable.Heading("", false, 60, OptionalInt.empty()), new TextTable.Heading("Used", true, 0, OptionalInt.empty()),
      new TextTable.Heading("Limits", true, 40, OptionalInt.empty()), new TextTable.Heading("Room left", false, 0, OptionalInt.of(12)),
      new TextTable.Heading("Settings of both limits", false, 80, OptionalInt.empty()));

  private ResourceTable() {}

  /** Those that have a limit, of the loads the one that is the nearest to it; then the others in one line. */
  static List<String> lines(FleetStatus status, Screen screen) {
    List<Resource> all = status.outlook().resources();
    Predicate<Resource> isLoad = resource -> resource.name().startsWith(LOAD);
    Stream<Resource> loads = all.stream().filter(isLoad).max(Comparator.comparingInt((Resource load) -> load.state() == Resource.State.UNKNOWN ? 1 : 0)
        .thenComparingDouble(load -> load.used().orElse(0))).stream();
    List<Resource> shown = Stream.concat(all.stream().filter(isLoad.negate().and(ResourceTable::isLimited)), loads)
        .sorted(Comparator.comparingInt(all::indexOf)).toList();
    List<String> lines = new ArrayList<>(TextTable.lines(HEADINGS, shown.stream().map(resource -> row(resource, status.room())).toList(), screen));
    String free = all.stream().filter(isLoad.negate().and(Predicate.not(ResourceTable::isLimited)))
        .map(resource -> resource.name() + " " + resource.inWords()).collect(Collectors.joining(", "));
    if (!free.isEmpty()) {
      lines.addAll(Paragraph.lines("no limit on   ", free, screen));
    }
    return lines;
  }

  private static boolean isLimited(Resource resource) {
    return resource.room().isOn() || resource.pressure().isOn();
  }

  private static List<TextTable.Cell> row(Resource resource, FleetStatus.Room room) {
    Tone tone = switch (resource.state()) {
      case ROOM -> Tone.GOOD;
      case ENOUGH -> Tone.BUSY;
      case PRESSURE -> Tone.BAD;
      case UNKNOWN -> Tone.FAINT;
    };
    return List.of(plain(name(resource)),
        new TextTable.Cell(Bar.of(resource.used(), on(resource.room()), on(resource.pressure()), most(resource), CELLS), tone),
        plain(resource.used().isPresent() ? resource.inWords() : "?"), plain(limits(resource)), new TextTable.Cell(left(resource, room), tone),
        new TextTable.Cell(resource.room().option() + ", " + resource.pressure().option(), Tone.FAINT));
  }

  private static TextTable.Cell plain(String text) {
    return new TextTable.Cell(text, Tone.PLAIN);
  }

  private static String name(Resource resource) {
    return resource.name().replaceFirst("^" + LOAD + "(\\d+) minutes?$", "load, $1 min");
  }

  private static OptionalDouble on(Resource.Limit limit) {
    return limit.isOn() ? OptionalDouble.of(limit.value()) : OptionalDouble.empty();
  }

  private static double most(Resource resource) {
    return isShare(resource) ? ALL : BEYOND * Math.max(Math.max(on(resource.room()).orElse(0), on(resource.pressure()).orElse(0)),
        Math.max(resource.used().orElse(0) / BEYOND, Double.MIN_NORMAL));
  }

  private static boolean isShare(Resource resource) {
    return resource.room().option().matches("(cpu|mem|hd)_less_than");
  }

  /** Such as {@code 50 / 70 %}. */
  private static String limits(Resource resource) {
    String room = resource.room().inWords();
    String pressure = resource.pressure().inWords();
    return (room.endsWith(" %") && pressure.endsWith(" %") ? room.substring(0, room.length() - 2) : room) + " / " + pressure;
  }

  private static String left(Resource resource, FleetStatus.Room room) {
    return switch (resource.state()) {
      case UNKNOWN -> "unknown";
      case PRESSURE -> "none: above " + resource.pressure().inWords();
      case ENOUGH -> "none: not below " + resource.room().inWords();
      case ROOM -> resource.room().isOn() ? amount(resource, room) + nodes(resource, room) : "any";
    };
  }

  private static String amount(Resource resource, FleetStatus.Room room) {
    double left = resource.room().value() - resource.used().orElse(0);
    boolean isDisk = resource.room().option().equals("hd_less_than");
    return isDisk && room.diskBytes().isPresent() ? Human.bytes(room.diskBytes().getAsLong() * left / ALL)
        : isShare(resource) ? Human.percent(left) : resource.room().option().startsWith("desired_load") ? Human.decimal(left) : Human.rate(left);
  }

  private static String nodes(Resource resource, FleetStatus.Room room) {
    Integer nodes = room.nodes().get(resource.name());
    return nodes == null ? "" : ", ~" + nodes + (nodes == 1 ? " node" : " nodes");
  }
}

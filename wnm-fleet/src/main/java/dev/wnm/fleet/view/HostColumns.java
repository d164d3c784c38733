package dev.wnm.fleet.view;

import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Columns;
import dev.wnm.core.report.table.Tone;
import dev.wnm.fleet.model.HostState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/** What can be asked of hosts, shown of them and sorted by. Numbers are what a host said last; whether that is so still, the state tells. */
public final class HostColumns {
  private static final List<String> USUAL = List.of("host", "state", "heard", "nodes", "running", "dead", "room", "version", "last");

  private HostColumns() {}

  /** All of them; labels that some of these hosts have are among them. */
  public static Columns<HostRow> of(List<HostRow> rows) {
    List<Column<HostRow>> columns = new ArrayList<>(List.of(
        Column.<HostRow>text("host", "Host", row -> Optional.of(row.name().text())).aka("name").rank(0),
        Column.<HostRow>oneOf("state", "State", Arrays.stream(Belief.values()).map(Belief::word).toList(), row -> Optional.of(row.belief().word()))
            .toned(HostColumns::tone).rank(1),
        Column.<HostRow>time("heard", "Heard", HostRow::heard, HostRow::now).rank(2),
        count("nodes", "Nodes", state -> state.nodes().total()).rank(3),
        count("running", "Running", state -> state.nodes().in("RUNNING")).rank(4),
        count("dead", "Dead", state -> state.nodes().in("DEAD")).rank(5),
        count("stopped", "Stopped", state -> state.nodes().in("STOPPED")),
        number("trouble", "In trouble", state -> asLong(state.nodes().troubled())),
        number("cap", "Cap", state -> asLong(state.nodes().cap())),
        number("room", "Room", HostState::room).rank(10),
        percent("cpu", "CPU", "CPU.*"), percent("memory", "Memory", "Memory.*"), percent("disk", "Disk", "Disk|Disk use.*"),
        said("version", "Version", HostColumns::version).rank(20),
        said("wnm", "wnm", HostState::wnm),
        said("site", "Site", state -> state.labels().site(state.host())),
        said("labels", "Labels", state -> state.labels().toString()),
        number("groups", "Groups", state -> state.groups().map(groups -> OptionalLong.of(groups.there().size())).orElse(OptionalLong.empty())),
        said("blocks", "Blocks", state -> state.groups().map(groups -> groups.allowed().toString()).orElse("")),
        said("wish", "Wish", state -> state.answer().outcome().name().toLowerCase(Locale.ROOT)),
        Column.<HostRow>duration("skew", "Clock", row -> row.skew().map(Duration::abs)),
        said("last", "Last decision", state -> state.outlook().last()).rank(60).cutTo(24),
        said("sentence", "Says", state -> state.outlook().sentence()).cutTo(24),
        Column.<HostRow>text("remarks", "Remarks", row -> Optional.of(String.join("; ", row.remarks()))).cutTo(24)));
    Set<String> taken = new LinkedHashSet<>(columns.stream().map(Column::name).toList());
    taken.add("name");
    rows.stream().flatMap(row -> row.state().stream()).flatMap(state -> state.labels().values().keySet().stream()).distinct().sorted()
        .filter(label -> !taken.contains(label))
        .forEach(label -> columns.add(said(label, label, state -> state.labels().values().getOrDefault(label, ""))));
    return new Columns<>(columns);
  }

  /** Those that are shown where nothing else is asked for. */
  public static List<Column<HostRow>> usual(Columns<HostRow> all) {
    return all.named(USUAL.toArray(String[]::new));
  }

  private static Tone tone(HostRow row) {
    return switch (row.belief()) {
      case WELL -> Tone.GOOD;
      case TROUBLE, DOUBLE, ODD -> Tone.BAD;
      case UNKNOWN, SILENT, NEVER -> Tone.FAINT;
    };
  }

  /** The version of most nodes that run, and how many others there are. */
  private static String version(HostState state) {
    List<Map.Entry<String, Integer>> versions = state.nodes().byVersion().entrySet().stream().filter(entry -> entry.getValue() > 0).toList();
    return versions.stream().max(Map.Entry.comparingByValue()).map(most -> most.getKey() + (versions.size() > 1 ? " +" + (versions.size() - 1) : "")).orElse("");
  }

  private static Column<HostRow> said(String name, String title, Function<HostState, String> value) {
    return Column.text(name, title, row -> row.state().map(value));
  }

  private static Column<HostRow> count(String name, String title, ToLongFunction<HostState> value) {
    return Column.count(name, title, row -> row.state().map(value::applyAsLong));
  }

  private static Column<HostRow> number(String name, String title, Function<HostState, OptionalLong> value) {
    return Column.count(name, title, row -> row.state().flatMap(state -> value.apply(state).stream().boxed().findFirst()));
  }

  private static Column<HostRow> percent(String name, String title, String resource) {
    Pattern pattern = Pattern.compile(resource, Pattern.CASE_INSENSITIVE);
    return Column.percent(name, title, row -> row.state().flatMap(state -> state.resources().stream()
        .filter(each -> pattern.matcher(each.name()).matches()).flatMapToDouble(each -> each.used().stream()).boxed().findFirst())
        .map(used -> BigDecimal.valueOf(used).setScale(1, RoundingMode.HALF_UP)));
  }

  private static OptionalLong asLong(OptionalInt number) {
    return number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty();
  }
}

package dev.wnm.fleet.site;

import dev.wnm.fleet.rollout.Driver;
import dev.wnm.fleet.rollout.Figures;
import dev.wnm.fleet.rollout.RollOut;
import dev.wnm.fleet.view.Belief;
import dev.wnm.fleet.view.HostRow;
import dev.wnm.web.http.Answer;
import dev.wnm.web.metrics.Gauges;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Locale;

/** The whole fleet for Prometheus. What a silent host said last is left out: it is not known to be so now. */
final class FleetMetrics {
  private FleetMetrics() {}

  static Answer page(Sight sight) {
    Gauges values = new Gauges();
    for (Belief belief : Belief.values()) {
      values.gauge("wnm_fleet_hosts", "Hosts by what is believed of them.", Labels.of("state", belief.word().replace(' ', '_')),
          sight.rows().stream().filter(row -> row.belief() == belief).count());
    }
    values.gauge("wnm_fleet_looked_at_timestamp_seconds", "When the fleet was looked at.", Labels.EMPTY, sight.at().getEpochSecond());
    sight.rows().forEach(row -> add(values, row));
    sight.rollOut().ifPresent(rollOut -> add(values, rollOut, sight));
    return values.page();
  }

  private static void add(Gauges values, HostRow row) {
    Labels host = Labels.of("host", row.name().text());
    row.heard().ifPresent(at -> values.gauge("wnm_fleet_host_heard_timestamp_seconds", "When a state of the host came last.", host, at.getEpochSecond()));
    row.fresh().ifPresent(state -> {
      state.nodes().byStatus().forEach((status, count) ->
          values.gauge("wnm_fleet_host_nodes", "Nodes by status.", Labels.of("host", row.name().text(), "status", status), count));
      state.nodes().byVersion().forEach((version, count) ->
          values.gauge("wnm_fleet_host_nodes_of_version", "Nodes by program and version.", Labels.of("host", row.name().text(), "version", version), count));
      state.nodes().cap().ifPresent(cap -> values.gauge("wnm_fleet_host_nodes_most", "The most nodes that there may be.", host, cap));
      values.gauge("wnm_fleet_host_room_nodes", "About how many more nodes fit.", host, state.room());
    });
  }

  private static void add(Gauges values, RollOut rollOut, Sight sight) {
    Figures figures = Driver.step(rollOut, sight.rows(), sight.at()).figures();
    Labels labels = Labels.of("version", rollOut.order().program().version(), "state", rollOut.state().name().toLowerCase(Locale.ROOT));
    values.gauge("wnm_fleet_rollout_wave", "The wave under way, from 1; one more than there are when all are through.", labels, rollOut.at() + 1L);
    values.gauge("wnm_fleet_rollout_updated_nodes", "Nodes of hosts whose wave has begun that run with the version.", labels, figures.updated());
  }
}

package dev.wnm.web.metrics;

import dev.wnm.web.http.Answer;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Collects values by metric. What is not known is left out: it is not 0. */
public final class Gauges {
  private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
  private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();

  /** @param name with its unit at the end, as Prometheus has it */
  public Gauges gauge(String name, String help, Labels labels, double value) {
    gauges.computeIfAbsent(name, any -> GaugeSnapshot.builder().name(name).help(help))
        .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
    return this;
  }

  /** The same, where it is known. */
  public Gauges gauge(String name, String help, Labels labels, OptionalDouble value) {
    value.ifPresent(known -> gauge(name, help, labels, known));
    return this;
  }

  /** The same, where it is known. */
  public Gauges gauge(String name, String help, Labels labels, OptionalLong value) {
    value.ifPresent(known -> gauge(name, help, labels, known));
    return this;
  }

  /** @param name without {@code _total}, which it gets */
  public Gauges counter(String name, String help, Labels labels, double value) {
    counters.computeIfAbsent(name, any -> CounterSnapshot.builder().name(name).help(help))
        .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder().labels(labels).value(value).build());
    return this;
  }

  /** All of them as a page for Prometheus. */
  public Answer page() {
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    MetricSnapshots all = new MetricSnapshots(all());
    return Answer.of(writer.getContentType(), out -> writer.write(out, all, EscapingScheme.DEFAULT));
  }

  List<MetricSnapshot> all() {
    List<MetricSnapshot> all = new ArrayList<>();
    gauges.values().forEach(gauge -> all.add(gauge.build()));
    counters.values().forEach(counter -> all.add(counter.build()));
    return all;
  }
}

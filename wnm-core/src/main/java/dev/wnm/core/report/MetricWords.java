package dev.wnm.core.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * How reports write what a node says of itself: what it did not say is {@code -} or null, never 0, but in the shapes of the
 * Python wnm, whose scripts reckon with numbers.
 */
final class MetricWords {
  private MetricWords() {}

  /** For people. */
  static String text(Node node, NodeMetric metric) {
    OptionalLong value = node.shownMetrics().find(metric);
    return value.isPresent() ? Long.toString(value.getAsLong()) : "-";
  }

  /** What is kept in hundredths, for people. @param unit follows the number */
  static String hundredths(Node node, NodeMetric metric, String unit) {
    OptionalLong value = node.shownMetrics().find(metric);
    return value.isPresent() ? BigDecimal.valueOf(value.getAsLong(), 2) + unit : "-";
  }

  static JsonElement json(Node node, NodeMetric metric, ReportFormat format) {
    if (format == ReportFormat.JSON_COMPAT) {
      return new JsonPrimitive(node.metrics().orZero(metric));
    }
    OptionalLong value = node.shownMetrics().find(metric);
    return value.isPresent() ? new JsonPrimitive(value.getAsLong()) : JsonNull.INSTANCE;
  }

  /** As a text: they may be more than a double can tell apart. */
  static JsonElement rewards(Node node, ReportFormat format) {
    return node.metrics().rewards().<JsonElement>map(amount -> new JsonPrimitive(amount.toString()))
        .orElse(format == ReportFormat.JSON_COMPAT ? new JsonPrimitive("0") : JsonNull.INSTANCE);
  }
}

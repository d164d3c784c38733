package dev.wnm.core.probe;

import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.Version;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gathers from the samples of one response what wnm wants to know of a node. */
final class NodeAnswer {
  private static final String REWARDS = "ant_node_current_reward_wallet_balance";
  private static final String VERSION = "ant_node_antnode_version_info";
  private static final String PEER_ID = "ant_networking_peer_id_info";
  private static final Map<String, NodeMetric> BY_SERIES = bySeries();
  /** No sane number is longer; a hostile exponent would otherwise become gigabytes of digits. */
  private static final int MOST_DIGITS = 100;
  private static final int LONGEST_VERSION = 64;
  private static final int REMEMBERED_BYTES = 40;

  private final Map<NodeMetric, BigDecimal> sums = new EnumMap<>(NodeMetric.class);
  private final StringBuilder beginning = new StringBuilder();
  private BigDecimal rewards = BigDecimal.ZERO;
  private String version = "";
  private String peerId = "";
  private boolean fromNode;

  void accept(Sample sample) {
    fromNode = true;
    switch (sample.series()) {
      case REWARDS -> number(sample.value()).ifPresent(value -> rewards = rewards.add(value));
      case VERSION -> version = sample.labels().getOrDefault("antnode_version", "");
      case PEER_ID -> peerId = sample.labels().getOrDefault("peer_id", "");
      default -> {
        NodeMetric metric = BY_SERIES.get(sample.series());
        if (metric != null) {
          number(sample.value()).ifPresent(value -> sums.merge(metric, value, BigDecimal::add));
        }
      }
    }
  }

  /** Keeps the body's first bytes, to show them if they turn out not to be a node's. */
  void remember(byte[] bytes, int from, int to) {
    int count = Math.min(REMEMBERED_BYTES - beginning.length(), to - from);
    if (count > 0) {
      beginning.append(new String(bytes, from, count, StandardCharsets.ISO_8859_1));
    }
  }

  /** The body's first bytes in quotes, with a dot for each that is not printable ASCII. */
  String beginning() {
    return "'" + beginning.toString().replaceAll("[^ -~]", ".") + "'";
  }

  /** Whether any series was one of antnode's. */
  boolean isFromNode() {
    return fromNode;
  }

  Optional<Version> version() {
    return version.length() > LONGEST_VERSION ? Optional.empty() : Version.parse(version);
  }

  /** Letters and digits, {@code ""} when unknown or not of that form: it goes into the store and reports as it is. */
  String peerId() {
    return peerId.matches("[0-9A-Za-z]{1,128}") ? peerId : "";
  }

  NodeMetrics toMetrics() {
    Map<NodeMetric, Long> values = new EnumMap<>(NodeMetric.class);
    sums.forEach((metric, sum) -> {
      BigInteger scaled = sum.multiply(BigDecimal.valueOf(metric.scale())).toBigInteger();
      if (scaled.signum() >= 0 && scaled.bitLength() < Long.SIZE) {
        values.put(metric, scaled.longValueExact());
      }
    });
    return new NodeMetrics(values, rewards.toBigInteger().max(BigInteger.ZERO));
  }

  /** Empty for NaN, infinities and what is no number or absurdly long. */
  private static Optional<BigDecimal> number(String text) {
    if (text.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return Math.abs((long) value.scale()) > MOST_DIGITS ? Optional.empty() : Optional.of(value);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Map<String, NodeMetric> bySeries() {
    Map<String, NodeMetric> map = new HashMap<>();
    for (NodeMetric metric : NodeMetric.values()) {
      if (!metric.series().isEmpty()) {
        map.put(metric.series(), metric);
      }
    }
    return Map.copyOf(map);
  }
}

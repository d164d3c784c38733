package dev.wnm.core.probe;

import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.spi.model.Version;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers from the samples of one response what wnm wants to know of a node. */
final class NodeAnswer {
  private static final String REWARDS = "ant_node_current_reward_wallet_balance";
  private static final String VERSION = "ant_node_antnode_version_info";
  private static final String PEER_ID = "ant_networking_peer_id_info";
  private static final Map<String, NodeMetric> BY_SERIES = bySeries();
  /** The names of the series that are heeded, by their lengths. */
  private static final byte[][][] HEEDED = heeded();
  /** No sane number is longer; a hostile exponent would otherwise become gigabytes of digits. */
  private static final int MOST_DIGITS = 100;
  private static final int LONGEST_VERSION = 64;
  private static final int LONGEST_PEER_ID = 128;
  private static final int REMEMBERED_BYTES = 40;

  private final Map<NodeMetric, Sum> sums = new EnumMap<>(NodeMetric.class);
  private final StringBuilder beginning = new StringBuilder();
  private Optional<Sum> rewards = Optional.empty();
  private String version = "";
  private String peerId = "";
  private boolean fromNode;

  /** A metric may have several series, which are added up; one that makes no sense makes no sense of the sum. */
  private record Sum(Optional<BigDecimal> value) {
    Sum plus(Sum other) {
      return new Sum(value.flatMap(mine -> other.value.map(mine::add)));
    }

    /** The whole number that the sum is, times a scale. */
    Optional<BigInteger> scaled(int scale) {
      return value.map(sum -> sum.multiply(BigDecimal.valueOf(scale)).toBigInteger());
    }
  }

  /** Whether anything is made of the series that a line begins with. */
  static boolean heeds(byte[] line, int from, int to) {
    int end = from;
    while (end < to && Sample.isNamePart(line[end])) {
      end++;
    }
    if (end - from < HEEDED.length) {
      for (byte[] name : HEEDED[end - from]) {
        if (Arrays.equals(line, from, end, name, 0, name.length)) {
          return true;
        }
      }
    }
    return false;
  }

  void accept(Sample sample) {
    switch (sample.series()) {
      case REWARDS -> {
        fromNode = true;
        Sum more = new Sum(number(sample.value()));
        rewards = Optional.of(rewards.map(more::plus).orElse(more));
      }
      case VERSION -> version = sample.labels().getOrDefault("antnode_version", "");
      case PEER_ID -> peerId = sample.labels().getOrDefault("peer_id", "");
      default -> {
        NodeMetric metric = BY_SERIES.get(sample.series());
        if (metric != null) {
          fromNode = true;
          sums.merge(metric, new Sum(number(sample.value())), Sum::plus);
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

  /** Whether any of antnode's metrics was there, with a value that makes sense or without. */
  boolean isFromNode() {
    return fromNode;
  }

  Optional<Version> version() {
    return version.length() > LONGEST_VERSION ? Optional.empty() : Version.parse(version);
  }

  /** Letters and digits, {@code ""} when unknown or not of that form: it goes into the store and reports as it is. */
  String peerId() {
    return peerId.length() <= LONGEST_PEER_ID && peerId.chars().allMatch(NodeAnswer::isLetterOrDigit) ? peerId : "";
  }

  private static boolean isLetterOrDigit(int c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }

  NodeMetrics toMetrics() {
    Map<NodeMetric, Long> values = new EnumMap<>(NodeMetric.class);
    sums.forEach((metric, sum) -> sum.scaled(metric.scale()).filter(scaled -> scaled.bitLength() < Long.SIZE)
        .ifPresent(scaled -> values.put(metric, scaled.longValueExact())));
    return new NodeMetrics(values, rewards.flatMap(sum -> sum.scaled(1)));
  }

  /** Empty for NaN, infinities, what is below 0 and what is no number or absurdly long. */
  private static Optional<BigDecimal> number(String text) {
    if (text.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return value.signum() < 0 || Math.abs((long) value.scale()) > MOST_DIGITS ? Optional.empty() : Optional.of(value);
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

  private static byte[][][] heeded() {
    List<String> names = new ArrayList<>(BY_SERIES.keySet());
    names.addAll(List.of(REWARDS, VERSION, PEER_ID));
    byte[][][] byLength = new byte[names.stream().mapToInt(String::length).max().getAsInt() + 1][][];
    for (int length = 0; length < byLength.length; length++) {
      int wanted = length;
      byLength[length] = names.stream().filter(name -> name.length() == wanted)
          .map(name -> name.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    }
    return byLength;
  }
}

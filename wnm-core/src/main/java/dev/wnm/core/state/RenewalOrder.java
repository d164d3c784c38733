package dev.wnm.core.state;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is left of an order to renew nodes, as far as the rows do not tell it: how far it has come follows from them, so that it goes on
 * after any crash.
 *
 * @param before how many nodes of the present program there were when the order was given, 0 or more
 * @param nodes the ids of the nodes of another program that are to give way
 */
public record RenewalOrder(int before, List<Integer> nodes) {
  private static final Pattern TEXT = Pattern.compile("[0-9]{1,6} [0-9]{1,9}(,[0-9]{1,9})*");

  public RenewalOrder {
    nodes = List.copyOf(nodes);
    if (before < 0) {
      throw new IllegalArgumentException("there were not " + before + " nodes");
    }
  }

  /** Reads back {@link #toString()}; empty for any other text. */
  static Optional<RenewalOrder> parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    String[] parts = text.split(" ");
    return Optional.of(new RenewalOrder(Integer.parseInt(parts[0]), Arrays.stream(parts[1].split(",")).map(Integer::valueOf).toList()));
  }

  @Override
  public String toString() {
    return before + " " + nodes.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}

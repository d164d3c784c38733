package dev.wnm.fleet.rollout;

import dev.wnm.fleet.model.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many hosts have a version after each wave.
 *
 * @param sizes such as {@code 1,5%,25%,100%}, each more than the one before; the last is all
 */
public record Waves(List<Size> sizes) {
  /** To follow "must be". */
  public static final String ALLOWED = "numbers of hosts or percentages, each more than the one before, up to 100%, such as 1,5%,25%,100%";
  private static final int ALL = 100;

  /**
   * So many hosts.
   *
   * @param number how many, or per cent
   * @param isPercent whether it is per cent of all
   */
  public record Size(int number, boolean isPercent) {
    /** Per cent are rounded up, so that there is always one. */
    int of(int hosts) {
      return Math.min(hosts, isPercent ? (int) ((long) hosts * number + ALL - 1) / ALL : number);
    }

    @Override
    public String toString() {
      return number + (isPercent ? "%" : "");
    }
  }

  public Waves {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || !sizes.get(sizes.size() - 1).equals(new Size(ALL, true))) {
      throw new IllegalArgumentException("waves must be " + ALLOWED + "; the last has to be 100%");
    }
  }

  /** @throws IllegalArgumentException when it is not {@link #ALLOWED} */
  public static Waves parse(String text) {
    return new Waves(Stream.of(text.split(",")).map(String::strip).map(word -> {
      if (!word.matches("[1-9][0-9]{0,5}%?") || word.endsWith("%") && Integer.parseInt(word.substring(0, word.length() - 1)) > ALL) {
        throw new IllegalArgumentException("waves must be " + ALLOWED + ", not '" + word + "'");
      }
      boolean isPercent = word.endsWith("%");
      return new Size(Integer.parseInt(isPercent ? word.substring(0, word.length() - 1) : word), isPercent);
    }).toList());
  }

  /**
   * Which hosts come in which wave. Where there are few hosts, waves that would add none are left out.
   *
   * @param hosts all, in the order in which they are to come
   */
  public List<List<HostName>> over(List<HostName> hosts) {
    List<List<HostName>> waves = new ArrayList<>();
    int done = 0;
    for (Size size : sizes) {
      int upTo = size.of(hosts.size());
      if (upTo > done) {
        waves.add(List.copyOf(hosts.subList(done, upTo)));
        done = upTo;
      }
    }
    return waves;
  }

  @Override
  public String toString() {
    return sizes.stream().map(Size::toString).collect(Collectors.joining(","));
  }
}

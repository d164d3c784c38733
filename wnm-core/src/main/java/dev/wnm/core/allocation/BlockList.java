package dev.wnm.core.allocation;

import java.util.BitSet;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which blocks of node numbers, and so of ports, container groups may have; block <i>k</i> is that of group {@code a<k>}.
 *
 * @param numbers from 1 to {@link #HIGHEST}; none stands for all
 */
public record BlockList(SortedSet<Integer> numbers) {
  /** As many blocks as the smallest ones are of a range of ports. */
  public static final int HIGHEST = 64_000;
  /** All of them. */
  public static final BlockList ALL = new BlockList(Collections.emptySortedSet());
  private static final Pattern RANGE = Pattern.compile("([1-9][0-9]{0,4})(?:-([1-9][0-9]{0,4}))?");
  private static final String WORD_FOR_ALL = "any";

  public BlockList {
    numbers = Collections.unmodifiableSortedSet(new TreeSet<>(numbers));
  }

  /** Reads a text such as {@code 1-3,7} or {@code any}; empty when it is none. */
  public static Optional<BlockList> parse(String text) {
    if (text.equals(WORD_FOR_ALL)) {
      return Optional.of(ALL);
    }
    BitSet numbers = new BitSet(); // whoever says the same numbers a thousand times costs no more than one who says them once
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        return Optional.empty();
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first > last || last > HIGHEST) {
        return Optional.empty();
      }
      numbers.set(first, last + 1);
    }
    return Optional.of(of(numbers.stream()));
  }

  /** These numbers; all where there are none. */
  public static BlockList of(IntStream numbers) {
    return new BlockList(numbers.boxed().collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Whether it leaves out none. */
  public boolean areAll() {
    return numbers.isEmpty();
  }

  public boolean contains(int block) {
    return areAll() || numbers.contains(block);
  }

  /** The lowest ones, so many or as many as there are. */
  public IntStream lowest(int count) {
    return areAll() ? IntStream.rangeClosed(1, count) : numbers.stream().mapToInt(Integer::intValue).limit(count);
  }

  /** The text that {@link #parse} reads, with ranges. */
  @Override
  public String toString() {
    if (areAll()) {
      return WORD_FOR_ALL;
    }
    StringJoiner parts = new StringJoiner(",");
    int first = numbers.first();
    int last = first;
    for (int number : numbers.tailSet(first + 1)) {
      if (number != last + 1) {
        parts.add(range(first, last));
        first = number;
      }
      last = number;
    }
    return parts.add(range(first, last)).toString();
  }

  private static String range(int first, int last) {
    return first == last ? String.valueOf(first) : first + "-" + last;
  }
}

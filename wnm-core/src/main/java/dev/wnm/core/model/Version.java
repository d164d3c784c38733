package dev.wnm.core.model;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version such as {@code 0.4.17} or {@code 0.4.18-rc.1}, ordered as semantic versions are (semver.org, item 11): numbers
 * part by part, then a pre-release comes before its release. Build metadata after {@code +} is kept but not compared.
 *
 * @param text as it was written, without a leading {@code v}
 */
public record Version(String text) implements Comparable<Version> {
  private static final Pattern SYNTAX =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})*)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

  public Version {
    if (!SYNTAX.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a version such as 0.4.17 or 0.4.18-rc.1");
    }
  }

  /** Reads a version; a leading {@code v} is dropped. Empty for null, blank, {@code 0} (unreadable) and anything else. */
  public static Optional<Version> parse(String text) {
    if (text == null) {
      return Optional.empty();
    }
    String bare = text.strip().replaceFirst("^v", "");
    return SYNTAX.matcher(bare).matches() && !bare.equals("0") ? Optional.of(new Version(bare)) : Optional.empty();
  }

  @Override
  public int compareTo(Version other) {
    Matcher mine = match(text);
    Matcher theirs = match(other.text);
    int byNumbers = compareParts(mine.group(1), theirs.group(1), "0");
    if (byNumbers != 0) {
      return byNumbers;
    }
    String myPreRelease = mine.group(2);
    String theirPreRelease = theirs.group(2);
    if (myPreRelease == null || theirPreRelease == null) {
      return Boolean.compare(myPreRelease == null, theirPreRelease == null);
    }
    return compareParts(myPreRelease, theirPreRelease, "");
  }

  public boolean isOlderThan(Version other) {
    return compareTo(other) < 0;
  }

  /** Two texts are the same version when neither is older: {@code 1.0} equals {@code 1.0.0}. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    Matcher parts = match(text);
    return (parts.group(1).replaceAll("(^|\\.)0+(?=\\d)", "$1").replaceAll("(\\.0)+$", "") + "-" + parts.group(2)).hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static Matcher match(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException(text);
    }
    return matcher;
  }

  /** Compares dot-separated parts; {@code filler} stands for a part that one side lacks, and "" sorts before all. */
  private static int compareParts(String mine, String theirs, String filler) {
    List<String> left = List.of(mine.split("\\."));
    List<String> right = List.of(theirs.split("\\."));
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int order = PART_ORDER.compare(i < left.size() ? left.get(i) : filler, i < right.size() ? right.get(i) : filler);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Nothing before numbers, numbers by value, numbers before words, words by their characters. */
  private static final Comparator<String> PART_ORDER = (left, right) -> {
    boolean leftIsNumber = left.matches("\\d+");
    boolean rightIsNumber = right.matches("\\d+");
    if (left.isEmpty() || right.isEmpty()) {
      return Boolean.compare(!left.isEmpty(), !right.isEmpty());
    }
    if (leftIsNumber && rightIsNumber) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return leftIsNumber != rightIsNumber ? Boolean.compare(rightIsNumber, leftIsNumber) : left.compareTo(right);
  };
}

package dev.wnm.spi.model;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version such as {@code 0.4.17} or {@code 0.4.18-rc.1}, ordered as semantic versions are (semver.org, item 11): numbers
 * part by part, then a pre-release comes before its release. Build metadata after {@code +} is kept but not compared.
 */
public final class Version implements Comparable<Version> {
  private static final Pattern SYNTAX =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})*)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

  /** The pattern would need a deep stack for a text of a megabyte. */
  private static final int LONGEST = 200;

  private final String text;
  private final int[] numbers;
  private final List<String> preRelease;

  /**
   * @param text without a leading {@code v}
   * @throws IllegalArgumentException when it is no version
   */
  public Version(String text) {
    this(text, SYNTAX.matcher(text.length() > LONGEST ? "" : text));
  }

  private Version(String text, Matcher syntax) {
    if (!syntax.matches()) {
      throw new IllegalArgumentException("'" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "' is not a version such as 0.4.17 or 0.4.18-rc.1");
    }
    this.text = text;
    this.numbers = withoutTrailingZeros(Arrays.stream(syntax.group(1).split("\\.")).mapToInt(Integer::parseInt).toArray());
    this.preRelease = syntax.group(2) == null ? List.of() : List.of(syntax.group(2).split("\\."));
  }

  /** Reads a version; a leading {@code v} is dropped. Empty for null, blank, {@code 0} (unreadable) and anything else. */
  public static Optional<Version> parse(@Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return Optional.empty();
    }
    String stripped = text.strip();
    String bare = stripped.startsWith("v") ? stripped.substring(1) : stripped;
    Matcher syntax = SYNTAX.matcher(bare);
    return syntax.matches() && !bare.equals("0") ? Optional.of(new Version(bare, syntax)) : Optional.empty();
  }

  /** As it was written, without a leading {@code v}. */
  public String text() {
    return text;
  }

  @Override
  public int compareTo(Version other) {
    int byNumbers = Arrays.compare(numbers, other.numbers);
    if (byNumbers != 0) {
      return byNumbers;
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      int order = compareParts(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
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
    return 31 * Arrays.hashCode(numbers) + preRelease.size();
  }

  @Override
  public String toString() {
    return text;
  }

  /** A missing part counts as 0, so that dropping zeros at the end leaves the order as it is. */
  private static int[] withoutTrailingZeros(int[] parts) {
    int length = parts.length;
    while (length > 0 && parts[length - 1] == 0) {
      length--;
    }
    return Arrays.copyOf(parts, length);
  }

  /** Numbers by value, numbers before words, words by their characters. */
  private static int compareParts(String left, String right) {
    boolean leftIsNumber = left.matches("\\d+");
    boolean rightIsNumber = right.matches("\\d+");
    if (leftIsNumber && rightIsNumber) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return leftIsNumber != rightIsNumber ? Boolean.compare(rightIsNumber, leftIsNumber) : left.compareTo(right);
  }
}

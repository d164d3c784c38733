package dev.wnm.core.query;

import java.util.Comparator;

/** Texts as people sort them: numbers in them by their value, so that {@code a2} comes before {@code a10}. */
final class NaturalOrder implements Comparator<String> {
  @Override
  public int compare(String left, String right) {
    int i = 0;
    int j = 0;
    while (i < left.length() && j < right.length()) {
      if (isDigit(left.charAt(i)) && isDigit(right.charAt(j))) {
        int endOfLeft = endOfNumber(left, i);
        int endOfRight = endOfNumber(right, j);
        int order = compareNumbers(left.substring(i, endOfLeft), right.substring(j, endOfRight));
        if (order != 0) {
          return order;
        }
        i = endOfLeft;
        j = endOfRight;
      } else if (left.charAt(i) != right.charAt(j)) {
        return Character.compare(left.charAt(i), right.charAt(j));
      } else {
        i++;
        j++;
      }
    }
    int byLength = Integer.compare(left.length() - i, right.length() - j);
    // 01 and 1 are the same number, and yet two texts.
    return byLength == 0 ? left.compareTo(right) : byLength;
  }

  private static int compareNumbers(String left, String right) {
    String one = left.replaceFirst("^0+(?=.)", "");
    String other = right.replaceFirst("^0+(?=.)", "");
    return one.length() == other.length() ? one.compareTo(other) : Integer.compare(one.length(), other.length());
  }

  private static int endOfNumber(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return '0' <= c && c <= '9';
  }
}

package dev.wnm.core.whatif;

import java.util.Arrays;
import java.util.List;

/** Known names by number, found in a line without making a text of what stands there. */
final class Keys {
  private final List<String> names;
  /** Numbers of names by their hash, −1 where there is none; where two meet, the second has the next place that is free. */
  private final int[] places;

  /** @param names in the order of their numbers, from 0 */
  Keys(List<String> names) {
    this.names = List.copyOf(names);
    places = new int[Integer.highestOneBit(Math.max(1, names.size())) * 8];
    Arrays.fill(places, -1);
    for (int number = 0; number < names.size(); number++) {
      String name = names.get(number);
      int place = hash(name, 0, name.length());
      while (places[place] >= 0) {
        place = place + 1 & places.length - 1;
      }
      places[place] = number;
    }
  }

  int count() {
    return names.size();
  }

  String name(int number) {
    return names.get(number);
  }

  /** The number of the name that stands there; −1 for one that is not known. */
  int find(String line, int from, int to) {
    for (int place = hash(line, from, to); places[place] >= 0; place = place + 1 & places.length - 1) {
      String name = names.get(places[place]);
      if (name.length() == to - from && line.startsWith(name, from)) {
        return places[place];
      }
    }
    return -1;
  }

  private int hash(String line, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + line.charAt(i);
    }
    return (hash ^ hash >>> 16) & places.length - 1;
  }
}

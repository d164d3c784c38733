package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.spi.config.BadInputException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Variables that have to be known now and are not set: collected, so that all are named in one go. Not thread-safe. */
final class MissingVariables {
  private final Map<String, Set<Place>> places = new LinkedHashMap<>();

  void add(String variable, Place place) {
    places.computeIfAbsent(variable, name -> new LinkedHashSet<>()).add(place);
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  /** One sentence that names them all, and where each is used. */
  BadInputException refusal() {
    Place first = places.values().iterator().next().iterator().next();
    if (places.size() == 1) {
      String variable = places.keySet().iterator().next();
      return first.refuse("%(ENV_" + variable + ")s has to be known now, but the variable " + variable
          + " is not set; set it for this run of wnm");
    }
    return first.refuse("these variables have to be known now, but are not set; set them for this run of wnm: "
        + places.entrySet().stream().map(entry -> entry.getKey() + " ("
            + entry.getValue().stream().map(Place::brief).collect(Collectors.joining(", ")) + ")")
        .collect(Collectors.joining(", ")));
  }
}

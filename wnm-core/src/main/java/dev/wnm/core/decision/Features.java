package dev.wnm.core.decision;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Which features hold.
 *
 * @param holding those that do
 */
@API(status = API.Status.STABLE)
public record Features(Set<Feature> holding) {
  public Features {
    Set<Feature> copy = EnumSet.noneOf(Feature.class);
    copy.addAll(holding);
    holding = Collections.unmodifiableSet(copy);
  }

  public boolean has(Feature feature) {
    return holding.contains(feature);
  }

  /** Every feature by its key, in the order in which they are reported. */
  public Map<String, Boolean> asMap() {
    Map<String, Boolean> map = new LinkedHashMap<>();
    for (Feature feature : Feature.values()) {
      map.put(feature.key(), has(feature));
    }
    return map;
  }
}

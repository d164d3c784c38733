package dev.wnm.core.whatif;

import dev.wnm.core.config.Option;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.NearestWord;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the {@code config} of a question: the keys of the machine-config report and every setting that is kept. Each value is
 * checked as the option of its name; what is missing takes that option's default. Values are not checked against each
 * other: to ask what strange settings would do is what this is for.
 */
final class Machine {
  private static final Set<String> KNOWN = known();
  /** How much is kept of what was read: many questions are about few kinds of machine and few settings for them. */
  private static final int CACHED = 64;
  private static final int MOST_CPUS = 100_000;

  private final Platform platform;
  private final Map<Integer, Settings> defaults = new HashMap<>();
  private final Map<String, Config> read = new HashMap<>();

  Machine(Platform platform) {
    this.platform = platform;
  }

  /**
   * What a question's settings come to.
   *
   * @param lastStop when nodes were last stopped, Unix seconds, where it says so
   */
  record Config(DecisionLimits limits, Optional<BigDecimal> lastStop) {}

  /**
   * @param json an object
   * @throws BadInputException for an unknown key or a value that its option does not allow
   */
  Config config(String json) {
    return cached(read, json, this::read);
  }

  private Config read(String json) {
    Map<String, Scalar> values = new LinkedHashMap<>();
    JsonLine line = new JsonLine(json);
    for (boolean more = line.enter(); more; more = line.another()) {
      line.name();
      String key = JsonLine.unescaped(json, line.from(), line.to());
      line.value();
      values.put(key, new Scalar("config." + key, line.kind(), json, line.from(), line.to()));
    }
    Map<String, String> given = new LinkedHashMap<>();
    values.forEach((key, value) -> {
      if (!KNOWN.contains(key)) {
        throw new BadInputException("config has the unknown key " + key
            + NearestWord.to(key, KNOWN).map(near -> "; did you mean " + near + "?").orElse(""));
      }
      if (OptionRegistry.ofClassPath().find(key).isPresent()) {
        value.text().ifPresent(text -> given.put(key, text));
      }
    });
    int cpuCount = Optional.ofNullable(values.get("cpu_count")).flatMap(value -> value.integer(1, MOST_CPUS)).orElse(platform.cpuCount());
    DecisionLimits limits = cached(defaults, cpuCount, count -> Settings.defaults(platform.withCpuCount(count)))
        .with(given, "config").decisionLimits();
    return new Config(limits, Optional.ofNullable(values.get("last_stopped_at")).flatMap(Scalar::number));
  }

  private static <K, V> V cached(Map<K, V> cache, K key, Function<K, V> maker) {
    V known = cache.get(key);
    if (known != null) {
      return known;
    }
    V made = maker.apply(key);
    if (cache.size() >= CACHED) {
      cache.clear();
    }
    cache.put(key, made);
    return made;
  }

  private static Set<String> known() {
    Set<String> known = new LinkedHashSet<>(Options.machineConfigKeys());
    known.addAll(OptionRegistry.ofClassPath().all().stream()
        .filter(option -> option.scope().isKept())
        .map(Option::name)
        .collect(Collectors.toSet()));
    return known;
  }
}

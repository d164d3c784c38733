package dev.wnm.core.config;

import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.NearestWord;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.manager.OptionValues;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All options that there are: core's, each a constant of {@link Options}, and those that the back ends and node programs declare
 * which were found; with the types of these back ends, on which some defaults depend. Immutable.
 */
public final class OptionRegistry {
  private static final String NEGATION = "no_";
  /** Behind which of core's options those of the back ends are shown. */
  private static final Map<Option<?>, ManagerOption.Topic> PLACES = Map.of(
      Options.ANTNODE_PATH, ManagerOption.Topic.PLACES,
      Options.HIGHEST_NODE_ID_USED, ManagerOption.Topic.NODES,
      Options.MIN_CONTAINER_COUNT, ManagerOption.Topic.CONTAINERS);

  private final List<OptionGroup> groups;
  private final Map<String, Option<?>> byName;
  private final List<DeclaredOption<?>> declared;
  private final Map<String, ManagerType> types;

  private OptionRegistry(ManagerRegistry managers) {
    types = managers.types();
    declared = managers.options().stream().<DeclaredOption<?>>map(DeclaredOption::of).toList();
    groups = Options.GROUPS.stream().map(this::complete).toList();
    byName = byName(groups);
  }

  /** Core's options and those of these back ends, none of which is called as one of core's. */
  public static OptionRegistry of(ManagerRegistry managers) {
    return new OptionRegistry(managers);
  }

  /** Core's options and those of the back ends on the class path: all but those of plug-ins. */
  public static OptionRegistry ofClassPath() {
    return ClassPath.OPTIONS;
  }

  /** Made when it is first asked for, and once: a class path does not change. */
  private static final class ClassPath {
    static final OptionRegistry OPTIONS = of(ManagerRegistry.ofClassPath(Options.names()));
  }

  private OptionGroup complete(OptionGroup group) {
    return new OptionGroup(group.title(), group.options().stream().flatMap(option -> Stream.concat(Stream.of(option),
        PLACES.containsKey(option) ? about(PLACES.get(option)) : Stream.empty())).toList());
  }

  private Stream<Option<?>> about(ManagerOption.Topic topic) {
    return declared.stream().filter(each -> each.declared().topic() == topic).map(DeclaredOption::option);
  }

  /** In the order in which help shows them. */
  public List<OptionGroup> groups() {
    return groups;
  }

  /** In the order in which help shows them. */
  public List<Option<?>> all() {
    return List.copyOf(byName.values());
  }

  /** The option of this name, in snake_case or kebab-case; empty for anything else, abbreviations included. */
  public Optional<Option<?>> find(String name) {
    return Optional.ofNullable(byName.get(name.replace('-', '_')));
  }

  /** Whether a process manager works for the whole system; one that was not found does not. @param type such as {@code setsid+user} */
  public boolean isForWholeSystem(String type) {
    return types.containsKey(type) && types.get(type).isForWholeSystem();
  }

  /** How many nodes each group of a process manager starts at once; empty where it does not say. */
  OptionalInt startsOfAGroup(String type) {
    return types.containsKey(type) ? types.get(type).startsOfAGroup() : OptionalInt.empty();
  }

  /** As whom new nodes of a process manager run; empty for whoever runs wnm. */
  public Optional<String> accountOfNodes(String type) {
    return Optional.ofNullable(types.get(type)).flatMap(ManagerType::accountOfNodes);
  }

  /** What a node's service is called. @param id the node's number, 1 or more */
  public String service(String type, int id) {
    return types.getOrDefault(type, ManagerType.of(type)).service(id);
  }

  /** Whether a process manager of this type was found. */
  boolean knowsType(String type) {
    return types.containsKey(type);
  }

  /** The last of those that are chosen by themselves, which asks the least of a machine; empty where there is none. */
  Optional<String> lastResort(OperatingSystem system, boolean forWholeSystem) {
    return types.values().stream().filter(type -> type.isForWholeSystem() == forWholeSystem && type.rankOn(system).isPresent())
        .max(Comparator.comparingInt(type -> type.rankOn(system).getAsInt())).map(ManagerType::name);
  }

  /** What these settings say of the options of back ends. */
  OptionValues valuesIn(Settings settings) {
    OptionValues values = OptionValues.NONE;
    for (DeclaredOption<?> each : declared) {
      values = each.handOver(settings, values);
    }
    return values;
  }

  /**
   * The option of this name or of this unambiguous beginning of a name; options that the Python wnm does not have make no
   * beginning of its names ambiguous.
   *
   * @param context what to put before the message, such as a file and line; may be empty
   * @throws BadInputException when there is none (naming the nearest) or more than one (naming all)
   */
  Option<?> require(String name, String context) {
    String snakeCase = name.replace('-', '_');
    Option<?> exact = byName.get(snakeCase);
    if (exact != null) {
      return exact;
    }
    List<Map.Entry<String, Option<?>>> candidates = snakeCase.isEmpty()
        ? List.of()
        : byName.entrySet().stream().filter(known -> known.getKey().startsWith(snakeCase)).toList();
    if (candidates.size() == 1) {
      return candidates.get(0).getValue();
    }
    // Scripts that were written for the Python wnm cut its names short as it allowed.
    List<Option<?>> ofPython = candidates.stream().filter(known -> PythonNames.has(known.getKey())).<Option<?>>map(Map.Entry::getValue).toList();
    if (ofPython.size() == 1) {
      return ofPython.get(0);
    }
    if (candidates.size() > 1) {
      throw new BadInputException(context + "--" + name + " could be --"
          + candidates.stream().map(Map.Entry::getKey).sorted().collect(Collectors.joining(", --")) + "; write the whole name");
    }
    throw new BadInputException(context + "unknown option --" + name
        + NearestWord.to(snakeCase, byName.keySet()).map(near -> "; did you mean --" + near + "?")
            .orElse("; wnm --help lists all options"));
  }

  /**
   * A name as somebody wrote it.
   *
   * @param negated whether {@code no_} stands before the option's name, which turns its value round
   */
  record Spelling(Option<?> option, boolean negated) {
    /** What a written value means for the option; one that is no yes and no no stays as it is, for the option to refuse. */
    String text(String written) {
      return negated ? ValueType.turnedRound(written) : written;
    }
  }

  /** The same as {@link #require} for whoever reads a value too: {@code no_} before the whole name of a flag counts. */
  Spelling requireSpelling(String name, String context) {
    String snakeCase = name.replace('-', '_');
    return Optional.of(snakeCase).filter(word -> word.startsWith(NEGATION) && !byName.containsKey(word))
        .map(word -> byName.get(word.substring(NEGATION.length()))).filter(Option::isNegatable)
        .<Spelling>map(option -> new Spelling(option, true))
        .orElseGet(() -> new Spelling(require(name, context), false));
  }

  /** The option with this letter, if there is one. */
  Optional<Option<?>> withLetter(char letter) {
    return byName.values().stream().filter(option -> option.letter().filter(l -> l == letter).isPresent()).findFirst();
  }

  private static Map<String, Option<?>> byName(List<OptionGroup> groups) {
    Map<String, Option<?>> byName = new LinkedHashMap<>();
    for (Option<?> option : groups.stream().map(OptionGroup::options).flatMap(List::stream).toList()) {
      if (byName.put(option.name(), option) != null) {
        throw new IllegalStateException(option + " is listed twice");
      }
    }
    return byName;
  }
}

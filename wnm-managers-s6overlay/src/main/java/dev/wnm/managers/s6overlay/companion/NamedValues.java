package dev.wnm.managers.s6overlay.companion;

import dev.wnm.spi.config.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of an option that says something of services: {@code NAME=VALUE}, several separated by commas. A part that names no
 * service goes on with the value before it, so that a value may have commas: {@code caddy=memory:200M,cpu:0.5,web=nofile:99}. A comma
 * that is followed by what looks like a name is written {@code \,}. The name {@code *} stands for every service.
 *
 * @param option the option, with its dashes
 * @param form what a value looks like, for whoever wrote another
 * @param entries in the order in which they were written; a name may have several
 */
public record NamedValues(String option, String form, List<Entry> entries) {
  private static final Pattern NAMED = Pattern.compile("\\s*(\\*|[A-Za-z0-9_.@+-]+)=(.*)", Pattern.DOTALL);
  private static final String EVERY = "*";

  public NamedValues {
    entries = List.copyOf(entries);
  }

  /** What is said of one name. */
  public record Entry(String name, String value) {}

  /**
   * Reads an option's text.
   *
   * @param text may be blank: nothing is said
   * @throws BadInputException when it does not begin with a name, or a value is empty
   */
  public static NamedValues read(String option, String text, String form) {
    List<Entry> entries = new ArrayList<>();
    if (!text.isBlank()) {
      for (String part : text.split("(?<!\\\\),", -1)) {
        Matcher named = NAMED.matcher(part);
        if (named.matches()) {
          entries.add(new Entry(named.group(1), plain(named.group(2)).strip()));
        } else if (entries.isEmpty()) {
          throw new BadInputException(option + " must be " + form + ", several separated by commas, but '" + part.strip() + "' is not one");
        } else {
          Entry last = entries.remove(entries.size() - 1);
          entries.add(new Entry(last.name(), last.value() + "," + plain(part).stripTrailing()));
        }
      }
    }
    NamedValues values = new NamedValues(option, form, entries);
    entries.stream().filter(entry -> entry.value().isBlank()).findFirst().ifPresent(entry -> {
      throw values.refused(entry.name() + "=");
    });
    return values;
  }

  private static String plain(String part) {
    return part.replace("\\,", ",");
  }

  /**
   * What each service gets, where it gets one.
   *
   * @param members the services behind each name of a program, group or service
   * @throws BadInputException for an unknown name, for a service of which two things are said by name, and as {@code reader} does
   */
  public <T> Map<String, T> one(Map<String, Set<String>> members, Function<String, T> reader) {
    Map<String, T> found = new LinkedHashMap<>();
    Set<String> byName = new LinkedHashSet<>();
    for (Entry entry : entries) {
      T value = reader.apply(entry.value());
      for (String service : services(entry, members)) {
        if (entry.name().equals(EVERY)) {
          found.putIfAbsent(service, value);
        } else if (!byName.add(service)) {
          throw new BadInputException(option + " says two things of '" + service + "'");
        } else {
          found.put(service, value);
        }
      }
    }
    return found;
  }

  /**
   * What each service gets, where it may get several: those of {@code *} too.
   *
   * @param members the services behind each name of a program, group or service
   * @throws BadInputException for an unknown name, and as {@code reader} does
   */
  public <T> Map<String, List<T>> several(Map<String, Set<String>> members, Function<String, T> reader) {
    Map<String, List<T>> found = new LinkedHashMap<>();
    for (Entry entry : entries) {
      T value = reader.apply(entry.value());
      services(entry, members).forEach(service -> found.computeIfAbsent(service, name -> new ArrayList<>()).add(value));
    }
    return found;
  }

  /** What is said to whoever wrote a value that is none. */
  public BadInputException refused(String value) {
    return new BadInputException(option + " must be " + form + ", several separated by commas, but '" + value.strip() + "' is not one");
  }

  private Set<String> services(Entry entry, Map<String, Set<String>> members) {
    return entry.name().equals(EVERY) ? members.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new))
        : require(option, entry.name(), members);
  }

  /**
   * The services that a name means.
   *
   * @throws BadInputException when there is none of that name
   */
  public static Set<String> require(String option, String name, Map<String, Set<String>> members) {
    Set<String> found = members.get(name);
    if (found == null) {
      throw new BadInputException(option + " names '" + name + "', which is no converted program or group; there are: "
          + String.join(", ", new TreeSet<>(members.keySet())));
    }
    return found;
  }
}

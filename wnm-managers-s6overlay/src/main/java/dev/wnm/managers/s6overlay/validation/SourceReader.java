package dev.wnm.managers.s6overlay.validation;

import dev.wnm.managers.s6overlay.validation.ServiceTree.Entry;
import dev.wnm.managers.s6overlay.validation.ServiceTree.Kind;
import dev.wnm.managers.s6overlay.validation.Source.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads single sources by the rules of s6-rc-compile (0.7, with what older ones have in common): each finding here is something that
 * it refuses. Not thread-safe.
 */
final class SourceReader {
  private static final List<String> TIMEOUTS = List.of("timeout-up", "timeout-down");
  private static final List<String> NUMBERS = List.of("notification-fd", "lock-fd", "timeout-kill", "timeout-finish", "max-death-tally");
  private static final List<String> FOLDERS = List.of("data", "env");
  private static final List<String> SCRIPTS = List.of("reload", "up", "down");
  /** How much s6-rc-compile reads of a type. */
  private static final int TYPE_CHARACTERS = 8;
  private static final int TIMEOUT_CHARACTERS = 63;
  private static final int NUMBER_CHARACTERS = 11;
  private static final long MOST = 0xFFFF_FFFFL;

  private final ServiceTree tree;
  private final List<Finding> findings;

  SourceReader(ServiceTree tree, List<Finding> findings) {
    this.tree = tree;
    this.findings = findings;
  }

  Source read(String path) {
    String name = path.substring(path.indexOf('/') + 1);
    if (ServiceNames.isOfS6Rc(name)) {
      wrong(path, "s6-rc keeps names that begin with s6rc- or s6-rc- for itself", "give it another name");
    } else if (name.chars().anyMatch(Character::isISOControl)) {
      wrong(path, "the name holds a control character", "give it another name");
    }
    Optional<Type> type = type(path, name);
    if (type.isEmpty()) {
      return new Source(name, path, type, List.of(), List.of(), Optional.empty(), List.of(), Optional.empty());
    }
    if (type.get() == Type.BUNDLE) {
      return new Source(name, path, type, List.of(), contents(path, name), Optional.empty(), List.of(), Optional.empty());
    }
    List<String> before = list(path + "/dependencies").orElse(List.of());
    TIMEOUTS.forEach(file -> number(path + "/" + file, TIMEOUT_CHARACTERS));
    if (type.get() == Type.ONESHOT) {
      scripts(path);
      return new Source(name, path, type, before, List.of(), Optional.empty(), List.of(), Optional.empty());
    }
    return longrun(name, path, before);
  }

  private Optional<Type> type(String path, String name) {
    Optional<String> text = tree.text(path + "/type");
    if (text.isEmpty() && ServiceNames.AT_BOOT.contains(name) && !tree.has(path + "/type")) {
      return Optional.of(Type.BUNDLE);
    }
    if (text.isEmpty()) {
      wrong(path + "/type", tree.has(path + "/type") ? "is no file" : "is missing", "write longrun, oneshot or bundle into it");
      return Optional.empty();
    }
    String first = text.get().substring(0, Math.min(TYPE_CHARACTERS, text.get().length()));
    String word = first.endsWith("\n") ? first.substring(0, first.length() - 1) : first;
    for (Type type : Type.values()) {
      // A text of eight characters is longer than any type.
      if (word.length() < TYPE_CHARACTERS && word.equals(type.name().toLowerCase(Locale.ROOT))) {
        return Optional.of(type);
      }
    }
    wrong(path + "/type", "says neither longrun nor oneshot nor bundle", "write one of these into it, and nothing else");
    return Optional.empty();
  }

  private List<String> contents(String path, String name) {
    Optional<List<String>> contents = list(path + "/contents");
    if (contents.isEmpty() && !ServiceNames.AT_BOOT.contains(name)) {
      wrong(path, "is a bundle without contents.d", "make that folder, with an empty file for each service in it");
    }
    return contents.orElse(List.of());
  }

  private void scripts(String path) {
    for (String script : SCRIPTS) {
      String file = path + "/" + script;
      Optional<Entry> entry = tree.find(file);
      if (entry.isEmpty()) {
        if (script.equals("up")) {
          wrong(file, "is missing", "write the command of this oneshot into it, in execline");
        }
      } else if (entry.get().kind() != Kind.FILE) {
        wrong(file, "is no file", "make it one");
      } else {
        try {
          Execline.parse(entry.get().text());
        } catch (ExeclineSyntaxException e) {
          wrong(file, "execline does not take it: it " + e.getMessage(),
              "mend it; s6-rc reads it as execline, whatever its first line says");
        }
      }
    }
  }

  private Source longrun(String name, String path, List<String> before) {
    String run = path + "/run";
    if (tree.find(run).filter(entry -> entry.kind() == Kind.FILE).isEmpty()) {
      wrong(run, tree.has(run) ? "is no file" : "is missing", "write the script that becomes the daemon into it");
    }
    NUMBERS.forEach(file -> number(path + "/" + file, NUMBER_CHARACTERS));
    FOLDERS.stream().map(folder -> path + "/" + folder).filter(folder -> tree.has(folder) && !tree.isFolder(folder))
        .forEach(folder -> wrong(folder, "is no folder", "make it one, or give the file another name"));
    Optional<String> notification = tree.text(path + "/notification-fd").map(String::strip);
    if (notification.isPresent() && notification.equals(tree.text(path + "/lock-fd").map(String::strip))) {
      wrong(path + "/lock-fd", "is the same number as notification-fd", "take another");
    }
    Optional<List<String>> producer = lines(path + "/producer-for");
    one(path + "/producer-for", producer);
    List<String> consumer = lines(path + "/consumer-for").orElse(List.of());
    Optional<List<String>> pipeline = consumer.isEmpty() || producer.isPresent() ? Optional.empty() : lines(path + "/pipeline-name");
    one(path + "/pipeline-name", pipeline);
    return new Source(name, path, Optional.of(Type.LONGRUN), before, List.of(), producer.flatMap(list -> list.stream().findFirst()),
        consumer, pipeline.flatMap(list -> list.stream().findFirst()));
  }

  private void one(String file, Optional<List<String>> names) {
    if (names.isPresent() && names.get().size() != 1) {
      wrong(file, "holds " + names.get().size() + " names", "write one name into it");
    }
  }

  /** A number up to 4,294,967,295; how much is read of it s6-rc decides by the file. */
  private void number(String file, int most) {
    Optional<Entry> entry = tree.find(file);
    if (entry.isEmpty()) {
      return;
    }
    String text = entry.get().text().substring(0, Math.min(most, entry.get().text().length()));
    String digits = most == TIMEOUT_CHARACTERS ? text.replaceAll("\n+$", "") : text.replaceAll("(?s)\n.*", "");
    if (entry.get().kind() != Kind.FILE || !digits.matches("[0-9]{1,62}") || new BigInteger(digits).bitLength() > 32) {
      wrong(file, "is no number up to " + MOST, "write digits into it, and nothing else");
    }
  }

  /** A list of names as a folder, {@code NAME.d}, or as a file; the folder goes before. */
  private Optional<List<String>> list(String path) {
    String folder = path + ".d";
    if (!tree.has(folder)) {
      return lines(path);
    }
    if (!tree.isFolder(folder)) {
      wrong(folder, "is no folder", "make it one, with an empty file for each name");
      return Optional.of(List.of());
    }
    List<String> names = tree.names(folder);
    names.forEach(name -> reserved(folder, name));
    return Optional.of(names);
  }

  /** The names in a file, one a line. */
  private Optional<List<String>> lines(String path) {
    Optional<Entry> entry = tree.find(path);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    if (entry.get().kind() != Kind.FILE) {
      wrong(path, "is no file", "make it one, with a name on each line");
      return Optional.of(List.of());
    }
    Set<String> names = new LinkedHashSet<>();
    for (String line : entry.get().text().split("\n", -1)) {
      String name = line.replaceFirst("^[ \t]+", "");
      if (!name.isEmpty() && !name.startsWith("#")) {
        reserved(path, name);
        names.add(name);
      }
    }
    return Optional.of(new ArrayList<>(names));
  }

  private void reserved(String file, String name) {
    if (ServiceNames.isOfS6Rc(name)) {
      wrong(file, "names " + name + ", and s6-rc keeps such names for itself", "name a service of yours");
    }
  }

  private void wrong(String file, String what, String remedy) {
    findings.add(new Finding(file, what, remedy));
  }
}

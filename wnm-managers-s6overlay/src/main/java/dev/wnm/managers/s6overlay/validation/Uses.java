package dev.wnm.managers.s6overlay.validation;

import dev.wnm.managers.s6overlay.companion.Check;
import dev.wnm.managers.s6overlay.validation.Source.Type;
import dev.wnm.managers.s6overlay.validation.Use.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the scripts of a tree call and take for granted, as far as it is plain to see in them. What a variable decides is not looked
 * at. Not thread-safe.
 */
final class Uses {
  private static final Set<String> BUILT_IN = Set.of(".", ":", "[", "alias", "bg", "break", "cd", "command", "continue", "echo", "eval",
      "exec", "exit", "export", "false", "fc", "fg", "getopts", "hash", "jobs", "kill", "local", "printf", "pwd", "read", "readonly",
      "return", "set", "shift", "test", "times", "trap", "true", "type", "ulimit", "umask", "unalias", "unset", "wait");
  /** Shells that read a script which this class understands. */
  private static final Set<String> SHELLS = Set.of("sh", "dash", "ash", "bash");
  /**
   * Programs that become another: after how many words of their own, options not counted, its name comes; and which of their options
   * have a word behind them.
   */
  private static final Map<String, Passing> PASSING = Map.ofEntries(
      Map.entry("with-contenv", new Passing(0, "")), Map.entry("env", new Passing(0, "uCS")), Map.entry("nice", new Passing(0, "n")),
      Map.entry("ionice", new Passing(0, "cnp")), Map.entry("nohup", new Passing(0, "")), Map.entry("setsid", new Passing(0, "")),
      Map.entry("timeout", new Passing(1, "ks")), Map.entry("stdbuf", new Passing(0, "ioe")), Map.entry("s6-setsid", new Passing(0, "")),
      Map.entry("s6-fghack", new Passing(0, "")), Map.entry("s6-setlock", new Passing(1, "td")), Map.entry("s6-envdir", new Passing(1, "lvn")),
      Map.entry("s6-softlimit", new Passing(0, "abcdflmnoprst")), Map.entry("s6-notifyoncheck", new Passing(0, "3sTtwnc")),
      Map.entry("s6-ipcserver-socketbinder", new Passing(1, "ab")), Map.entry("s6-setuidgid", new Passing(1, "")),
      Map.entry("s6-envuidgid", new Passing(1, "t")), Map.entry("gosu", new Passing(1, "")), Map.entry("su-exec", new Passing(1, "")),
      Map.entry("fdmove", new Passing(2, "")), Map.entry("fdclose", new Passing(1, "")), Map.entry("redirfd", new Passing(2, "")),
      Map.entry("importas", new Passing(2, "dD")), Map.entry("export", new Passing(2, "")), Map.entry("unexport", new Passing(1, "")),
      Map.entry("umask", new Passing(1, "")), Map.entry("cd", new Passing(1, "")), Map.entry("emptyenv", new Passing(0, "")),
      Map.entry("exec", new Passing(0, "a")), Map.entry("foreground", new Passing(1, "")), Map.entry("background", new Passing(1, "")),
      Map.entry("if", new Passing(1, "x")), Map.entry("backtick", new Passing(2, "")), Map.entry("pipeline", new Passing(1, "")));
  private static final Set<String> TAKES_ACCOUNT = Set.of("s6-setuidgid", "s6-envuidgid", "gosu", "su-exec");
  /** The image's program that narrows rights, by the end of its path: its words are a service, an account and a command. */
  private static final String RIGHTS = "wnm-companions/rights";

  private static final Pattern OWN_PATH = Pattern.compile("(?m)(^|\\s)PATH=");
  private static final ShellScript.Content NO_SCRIPT = ShellScript.read("");

  /** @param own words before the other program's name. @param withWord letters of options that have a word behind them */
  private record Passing(int own, String withWord) {}

  private final ServiceTree tree;
  private final Set<Use> uses = new LinkedHashSet<>();
  /** The services at each port, log folder and socket. */
  private final Map<String, Set<String>> claims = new TreeMap<>();
  private String service = "";
  private String file = "";
  private boolean isExecline;
  private boolean hasOwnPath;
  private final Set<String> guarded = new LinkedHashSet<>();
  private final Set<String> called = new LinkedHashSet<>();

  private Uses(ServiceTree tree) {
    this.tree = tree;
  }

  static Uses of(ServiceTree tree) {
    Uses uses = new Uses(tree);
    SourceRules.sources(tree).forEach(uses::source);
    return uses;
  }

  /** All, each once. */
  List<Use> all() {
    return List.copyOf(uses);
  }

  /** Who claims what two services cannot share: by its description, the services. */
  Map<String, Set<String>> claims() {
    return claims;
  }

  private void source(Source source) {
    service = source.name();
    String path = source.path() + "/";
    hasOwnPath = tree.text(path + "data/environment").filter(text -> OWN_PATH.matcher(text).find()).isPresent();
    if (source.is(Type.ONESHOT)) {
      execline(path + "up");
      execline(path + "down");
      return;
    }
    if (!source.is(Type.LONGRUN)) {
      return;
    }
    Stream.of("run", "finish", "data/check", "data/health", "data/before-stop", "data/reload").forEach(name -> script(path + name));
    tree.names(path + "data/needs").stream().filter(name -> !name.contains(".")).forEach(name -> script(path + "data/needs/" + name));
    tree.text(path + "data/read-only").ifPresent(text -> text.lines().filter(line -> line.startsWith("/"))
        .forEach(line -> add(Kind.PATH, path + "data/read-only", line)));
    tree.text(path + "data/log-group").ifPresent(text -> text.lines().map(String::strip).filter(line -> !line.isEmpty())
        .forEach(line -> add(Kind.GROUP, path + "data/log-group", line)));
    for (String check : List.of("data/check", "data/health")) {
      tree.text(path + check).flatMap(Check::portLookedAt).ifPresent(port -> claim("TCP port " + port));
    }
  }

  private void claim(String what) {
    claims.computeIfAbsent(what, name -> new TreeSet<>()).add(service);
  }

  private void add(Kind kind, String where, String... names) {
    List<String> wanted = Stream.of(names).filter(name -> name.chars().noneMatch(Character::isISOControl)).toList();
    if (wanted.size() == names.length && wanted.stream().allMatch(name -> name.length() <= 1_000)) {
      uses.add(new Use(kind, wanted, where));
    }
  }

  private void execline(String path) {
    tree.text(path).ifPresent(text -> {
      file = path;
      isExecline = true;
      try {
        command(Execline.parse(text), Set.of(), NO_SCRIPT);
      } catch (ExeclineSyntaxException refusedByOtherRules) {
        return;
      } finally {
        close();
      }
    });
  }

  private void script(String path) {
    if (tree.text(path).isEmpty()) {
      return;
    }
    file = path;
    isExecline = false;
    String text = tree.text(path).get();
    String first = text.lines().findFirst().orElse("");
    if (!first.startsWith("#!")) {
      return;
    }
    List<String> interpreter = Stream.of(first.substring(2).strip().split("[ \t]+")).filter(word -> !word.isEmpty()).toList();
    command(interpreter.stream().map(Word::known).toList(), Set.of(), NO_SCRIPT);
    String language = interpreter.stream().map(Uses::base).filter(name -> SHELLS.contains(name) || name.equals("execlineb")).findFirst()
        .orElse("");
    String body = text.substring(first.length());
    if (language.equals("execlineb")) {
      isExecline = true;
      try {
        command(Execline.parse(body), Set.of(), NO_SCRIPT);
      } catch (ExeclineSyntaxException atRuntime) {
        // It is found when the service starts; s6-rc does not read it.
      }
    } else if (!language.isEmpty()) {
      shell(body);
    }
    close();
  }

  private void shell(String body) {
    ShellScript.Content content = ShellScript.read(body);
    Set<String> functions = new LinkedHashSet<>(content.functions());
    boolean isAllKnown = true;
    for (List<Word> words : content.commands()) {
      if (words.size() > 1 && words.get(0).is(".") && words.get(1).isKnown()) {
        String read = words.get(1).text();
        String place = read.startsWith("/") ? read.substring(1) : "s6-rc.d/" + service + "/" + read.replaceFirst("^\\./", "");
        tree.text(place).ifPresent(text -> functions.addAll(ShellScript.read(text).functions()));
        // What a file of the image defines is not known; a service's own file that is made when it starts holds variables.
        isAllKnown &= !read.startsWith("/") || tree.text(place).isPresent();
      }
    }
    for (List<Word> words : content.commands()) {
      if (isAllKnown || words.get(0).text().contains("/") || BUILT_IN.contains(words.get(0).text())) {
        command(words, functions, content);
      }
    }
  }

  /** A script that asks whether there is a program goes on with another where there is none: one of them is enough. */
  private void close() {
    Set<String> one = new LinkedHashSet<>(guarded);
    one.retainAll(called);
    if (!one.isEmpty() && file.contains("/data/")) {
      called.stream().filter(name -> !guarded.contains(name) && !name.startsWith("/") && !base(name).equals("sh")).forEach(one::add);
      add(Kind.PROGRAM, file, one.toArray(String[]::new));
    }
    // Where a service looks for programs in places of its own, names say nothing.
    called.stream().filter(name -> !one.contains(name) && !guarded.contains(name)).filter(name -> !hasOwnPath || name.startsWith("/")).forEach(name -> add(Kind.PROGRAM, file, name));
    guarded.clear();
    called.clear();
  }

  private void command(List<Word> words, Set<String> functions, ShellScript.Content content) {
    if (words.isEmpty() || !words.get(0).isKnown() || words.get(0).text().isEmpty()) {
      return;
    }
    String name = words.get(0).text();
    List<Word> rest = words.subList(1, words.size());
    if (functions.contains(name)) {
      return;
    }
    boolean isBuiltIn = !isExecline && BUILT_IN.contains(name);
    if (isBuiltIn) {
      builtIn(name, rest, functions, content);
      return;
    }
    if (name.startsWith("/") || !name.contains("/")) {
      called.add(name);
    }
    String base = base(name);
    if (SHELLS.contains(base)) {
      shellWords(rest, functions, content);
    } else if (name.endsWith(RIGHTS)) {
      if (rest.size() > 2) {
        account(rest.get(1));
        command(rest.subList(2, rest.size()), functions, content);
      }
    } else if (base.equals("s6-log")) {
      folder(rest, content);
    } else if (PASSING.containsKey(base)) {
      passing(base, rest, functions, content);
    }
  }

  private void builtIn(String name, List<Word> rest, Set<String> functions, ShellScript.Content content) {
    switch (name) {
      case "exec" -> command(rest, functions, content);
      case "command" -> {
        if (!rest.isEmpty() && rest.get(0).is("-v")) {
          rest.stream().skip(1).filter(Word::isKnown).forEach(word -> guarded.add(word.text()));
        } else {
          command(rest, functions, content);
        }
      }
      case "cd" -> rest.stream().filter(word -> !word.is("--")).findFirst().ifPresent(word -> path(Kind.FOLDER, word));
      case "." -> rest.stream().findFirst().ifPresent(word -> path(Kind.PATH, word));
      case "test", "[" -> {
        // What a need asks for is asked for before the start, too.
        if (file.contains("/data/needs/") && rest.size() > 1 && rest.get(0).isKnown() && rest.get(0).text().matches("-[de]")) {
          path(rest.get(0).is("-d") ? Kind.FOLDER : Kind.PATH, rest.get(1));
        }
      }
      default -> { }
    }
  }

  private void path(Kind kind, Word word) {
    if (word.isKnown() && word.text().startsWith("/") && !word.text().matches("/(proc|sys|dev|run)(/.*)?")) {
      add(kind, file, word.text());
    }
  }

  private void account(Word word) {
    if (word.isKnown()) {
      String[] parts = word.text().split(":", 2);
      if (!parts[0].isEmpty()) {
        add(Kind.ACCOUNT, file, parts[0]);
      }
      if (parts.length > 1 && !parts[1].isEmpty()) {
        add(Kind.GROUP, file, parts[1]);
      }
    }
  }

  private void shellWords(List<Word> words, Set<String> functions, ShellScript.Content content) {
    int at = 0;
    while (at < words.size() && words.get(at).isKnown() && words.get(at).text().matches("-[a-z]*[a-bd-z]")) {
      at++;
    }
    if (at >= words.size()) {
      return;
    }
    if (words.get(at).isKnown() && words.get(at).text().matches("-[a-z]*c")) {
      if (at + 1 < words.size() && words.get(at + 1).isKnown()) {
        String script = words.get(at + 1).text();
        boolean before = isExecline;
        isExecline = false;
        if (script.contains("exec \"$@\"") && script.contains("shift") && script.contains("cd -- \"$1\"") && at + 3 < words.size()) {
          path(Kind.FOLDER, words.get(at + 3));
          command(words.subList(at + 4, words.size()), functions, content);
        } else {
          shell(script);
        }
        isExecline = before;
      }
    } else if (words.get(at).isKnown() && words.get(at).text().startsWith("/")) {
      path(Kind.PATH, words.get(at));
    }
  }

  private void folder(List<Word> rest, ShellScript.Content content) {
    for (Word word : rest) {
      if (word.isKnown() && word.text().matches("[/.].*")) {
        claim("log folder " + word.text());
      } else if (word.text().startsWith("$")) {
        ShellScript.values(word, content).forEach(value -> claim("log folder " + value));
      }
    }
  }

  private void passing(String base, List<Word> words, Set<String> functions, ShellScript.Content content) {
    Passing passing = PASSING.get(base);
    int at = 0;
    while (at < words.size() && words.get(at).isKnown() && words.get(at).text().startsWith("-") && words.get(at).text().length() > 1) {
      String option = words.get(at).text();
      at++;
      if (option.equals("--")) {
        break;
      }
      // -n5 has its word in itself, -n has it behind.
      int withWord = 1;
      while (withWord < option.length() && passing.withWord().indexOf(option.charAt(withWord)) < 0) {
        withWord++;
      }
      if (!option.startsWith("--") && withWord == option.length() - 1) {
        at++;
      }
    }
    while (base.equals("env") && at < words.size() && words.get(at).text().contains("=")) {
      at++;
    }
    List<Word> own = words.subList(Math.min(at, words.size()), Math.min(at + passing.own(), words.size()));
    own.stream().filter(Word::isBlock).forEach(block -> command(block.block(), functions, content));
    if (!own.isEmpty() && TAKES_ACCOUNT.contains(base)) {
      account(own.get(0));
    } else if (!own.isEmpty() && base.equals("cd")) {
      path(Kind.FOLDER, own.get(0));
    } else if (!own.isEmpty() && base.equals("s6-ipcserver-socketbinder") && own.get(0).isKnown()) {
      claim("socket " + own.get(0).text());
    }
    if (own.size() == passing.own()) {
      command(words.subList(at + passing.own(), words.size()), functions, content);
    }
  }

  private static String base(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}

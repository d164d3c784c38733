package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.supervisord.Service.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks into commands, and into the scripts that they name and that can be read here, for what speaks to supervisord.
 * Orders to supervisorctl in a command become the words of s6 where these surely do the same; everything else is named with
 * what to write instead.
 */
final class SupervisorUse {
  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern CALL = Pattern.compile("supervisorctl");
  private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");

  /** Something else that speaks to supervisord, or leans on it. */
  private record Mention(Pattern sign, String why, String remedy) {}

  private final ControlWords control;
  private final Findings findings;
  private final List<Mention> mentions = new ArrayList<>();

  SupervisorUse(Configuration configuration, List<Service> services, Findings findings) {
    this.control = new ControlWords(services);
    this.findings = findings;
    mentions.add(new Mention(Pattern.compile("\\bchildutils\\b"), "uses supervisor.childutils, which speaks supervisord's event"
        + " protocol and to its server; s6-overlay has neither", "watch a service with /command/s6-svwait -d"
        + " /run/service/NAME, act in its finish script, and give orders by /command/s6-svc"));
    String socket = configuration.find("unix_http_server").flatMap(section -> section.find("file"))
        .map(value -> value.text().strip()).filter(text -> text.startsWith("/"))
        .map(text -> "|" + Pattern.quote(text)).orElse("");
    String port = configuration.find("inet_http_server").flatMap(section -> section.find("port"))
        .map(value -> value.text().replaceFirst("^.*:", "").strip()).filter(text -> text.matches("\\d{1,5}"))
        .map(text -> "|(localhost|127\\.0\\.0\\.1):" + text + "\\b").orElse("");
    mentions.add(new Mention(Pattern.compile("SUPERVISOR_SERVER_URL|\\bsupervisor\\w*\\.sock\\b|/RPC2\\b|supervisor\\.xmlrpc"
        + "|SupervisorTransport" + socket + port), "speaks to supervisord's server, by its socket, port or"
        + " SUPERVISOR_SERVER_URL; s6-overlay has no such server", "ask with /command/s6-svstat /run/service/NAME, and give"
        + " orders by /command/s6-svc (-u start, -d stop, -r restart)"));
    mentions.add(new Mention(Pattern.compile("SUPERVISOR_ENABLED"), "looks at SUPERVISOR_ENABLED, which is not set",
        "add SUPERVISOR_ENABLED=\"1\" to environment= if the program shall behave as under supervisord"));
    String pidFile = configuration.find("supervisord").flatMap(section -> section.find("pidfile"))
        .map(value -> value.text().strip()).filter(text -> text.startsWith("/"))
        .map(text -> "|" + Pattern.quote(text)).orElse("");
    mentions.add(new Mention(Pattern.compile("\\bsupervisord\\.pid\\b" + pidFile), "uses supervisord's pid, which is not there",
        "to end the container write: " + ControlWords.HALT));
  }

  /** The service with its command translated; what it uses of supervisord goes to the findings. */
  Service translate(Service service) {
    Command command = service.command();
    String what = "[program:" + service.program() + "] command";
    Command translated = translated(service, command, what);
    String untranslated = String.join(" ", translated.words());
    mentioned(untranslated, command.place(), what);
    service.around().environment().forEach((name, value) -> mentioned(value, service.place(), "[program:" + service.program()
        + "] environment"));
    Set<Path> scripts = scripts(service);
    StringBuilder all = new StringBuilder(untranslated);
    for (Path script : scripts) {
      Optional<String> text = text(script);
      if (text.isPresent()) {
        look(script, text.get(), service);
        all.append('\n').append(text.get());
      }
    }
    Map<String, String> names = new LinkedHashMap<>();
    if (all.indexOf("SUPERVISOR_PROCESS_NAME") >= 0) {
      names.put("SUPERVISOR_PROCESS_NAME", service.process());
    }
    if (all.indexOf("SUPERVISOR_GROUP_NAME") >= 0) {
      names.put("SUPERVISOR_GROUP_NAME", service.group());
    }
    Service result = service.withCommand(translated);
    return names.isEmpty() ? result : result.withVariables(names);
  }

  private Command translated(Service service, Command command, String what) {
    List<String> words = command.words();
    int shell = 0;
    while (shell < words.size() && !SHELLS.contains(baseName(words.get(shell)))) {
      shell++;
    }
    for (int i = shell + 1; i < words.size() - 1; i++) {
      if (words.get(i).matches("-[A-Za-z]*c[A-Za-z]*")) {
        return inShell(service, command, i + 1, what);
      }
    }
    for (int i = 0; i < words.size(); i++) {
      if (baseName(words.get(i)).equals("supervisorctl")) {
        List<String> order = words.subList(i + 1, words.size());
        boolean isPlain = i == 0 && !command.isSplitAtStart();
        ControlWords.Answer answer = control.of(order, service, false);
        return isPlain && answer.isCertain()
            ? became(command, what, answer, List.of("/bin/sh", "-c", answer.words()), "")
            : named(command, what, answer);
      }
    }
    return CALL.matcher(String.join(" ", words)).find() ? namedAtAll(command, what) : command;
  }

  private Command inShell(Service service, Command command, int script, String what) {
    String code = command.words().get(script);
    StringBuilder changed = new StringBuilder(code);
    String text = command.text();
    List<ShellCalls.Call> calls = new ArrayList<>(ShellCalls.in(code));
    int seen = (int) CALL.matcher(code).results().count();
    // From the last on, so that the places of the others stay.
    calls.sort((one, other) -> Integer.compare(other.start(), one.start()));
    for (ShellCalls.Call call : calls) {
      seen--;
      ControlWords.Answer answer = control.of(call.words(), service, call.isRead());
      String old = code.substring(call.start(), call.end());
      // With variables the text is split when the service starts, and so changed as it stands: no quotes may come into it.
      boolean canBePut = !command.isSplitAtStart()
          || !answer.words().matches(".*['\"\\\\].*") && text.split(Pattern.quote(old), -1).length == 2;
      if (!call.isPlain() || !answer.isCertain() || !canBePut) {
        named(command, what, call.isPlain() ? answer : new ControlWords.Answer("", false,
            "write /command/s6-svc -u (start), -d (stop) or -r (restart) with /run/service/NAME", "its words are put together"
                + " by the shell"));
        continue;
      }
      changed.replace(call.start(), call.end(), answer.words());
      text = text.replace(old, answer.words());
      became(command, what, answer, List.of(), "");
    }
    if (seen > 0) {
      namedAtAll(command, what);
    }
    List<String> words = new ArrayList<>(command.words());
    words.set(script, changed.toString());
    return new Command(command.place(), text, words);
  }

  private Command became(Command command, String what, ControlWords.Answer answer, List<String> words, String text) {
    findings.note(command.place(), what, "`supervisorctl " + answer.order() + "` is now `" + answer.words() + "`");
    return new Command(command.place(), text, words);
  }

  private Command named(Command command, String what, ControlWords.Answer answer) {
    name(command.place(), what, answer);
    return command;
  }

  private void name(Place place, String what, ControlWords.Answer answer) {
    String why = answer.isCertain() ? "it stands where it could not be replaced" : answer.why();
    findings.without(place, what, "calls `supervisorctl" + (answer.order().isEmpty() ? "" : " " + answer.order()) + "`: " + why,
        answer.isCertain() ? "write: `" + answer.words() + "`" : answer.words());
  }

  private Command namedAtAll(Command command, String what) {
    findings.without(command.place(), what, "calls supervisorctl in a way that is not plain to see",
        "write /command/s6-svc -u (start), -d (stop) or -r (restart) with /run/service/NAME");
    return command;
  }

  private void mentioned(String text, Place place, String what) {
    mentions.stream().filter(mention -> mention.sign().matcher(text).find())
        .forEach(mention -> findings.without(place, what, mention.why(), mention.remedy()));
  }

  /** Names what a script of the operator's says; the script itself stays as it is. */
  private void look(Path script, String text, Service service) {
    String what = "script of [program:" + service.program() + "]";
    boolean isShell = text.matches("(?s)#!\\S*(/|\\benv\\s+)(ba|da|a|k|z)?sh\\b.*")
        || !text.startsWith("#!") && script.toString().endsWith("sh");
    Set<Integer> lines = new LinkedHashSet<>();
    for (ShellCalls.Call call : isShell ? ShellCalls.in(text) : List.<ShellCalls.Call>of()) {
      Place place = new Place(script, lineOf(text, call.start()));
      lines.add(place.line());
      ControlWords.Answer answer = control.of(call.words(), service, call.isRead());
      name(place, what, !call.isPlain() ? new ControlWords.Answer("", false, "write /command/s6-svc -u (start), -d (stop) or"
          + " -r (restart) with /run/service/NAME", "its words are put together by the shell") : answer.isCertain()
          ? new ControlWords.Answer(answer.order(), false, "write in the script: `" + answer.words() + "`",
              "there is no supervisorctl") : answer);
    }
    String[] all = text.split("\n", -1);
    for (int i = 0; i < all.length; i++) {
      if (all[i].strip().startsWith("#")) {
        continue;
      }
      Place place = new Place(script, i + 1);
      if (CALL.matcher(all[i]).find() && !lines.contains(i + 1)) {
        findings.without(place, what, "names supervisorctl, which is not there",
            "write /command/s6-svc -u (start), -d (stop) or -r (restart) with /run/service/NAME");
      }
      mentioned(all[i], place, what);
    }
  }

  private static int lineOf(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  private static Set<Path> scripts(Service service) {
    Set<Path> scripts = new LinkedHashSet<>();
    for (String word : service.command().words()) {
      if (word.contains("/") && !word.contains("\n") && !Expander.READ_AT_START.matcher(word).find()
          || word.matches("[\\w.-]+\\.(sh|py|pl|bash)")) {
        try {
          scripts.add(word.startsWith("/") ? Path.of(word) : Path.of(service.around().directory()).resolve(word));
        } catch (InvalidPathException e) {
          // A word with a slash need not be a path.
          continue;
        }
      }
    }
    return scripts;
  }

  /** The text of a script; empty for what is none, or cannot be read here. */
  private static Optional<String> text(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      boolean isScript = text.startsWith("#!") || file.toString().matches(".*\\.(sh|py|pl|bash)");
      return isScript && text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String baseName(String word) {
    Matcher name = Pattern.compile("[^/]*$").matcher(word);
    return name.find() ? name.group() : word;
  }
}

package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.supervisord.Service.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says an order to supervisorctl in the words of s6, as shell code for a container of s6-overlay. */
final class ControlWords {
  private static final String SERVICES = "/run/service/";
  /** What ends the container in good order. */
  static final String HALT = "/run/s6/basedir/bin/halt";
  /** Options of s6-svc; a signal without one needs kill. */
  private static final Map<String, String> SIGNALS = Map.ofEntries(Map.entry("HUP", "-h"), Map.entry("TERM", "-t"),
      Map.entry("KILL", "-k"), Map.entry("INT", "-i"), Map.entry("QUIT", "-q"), Map.entry("USR1", "-1"),
      Map.entry("USR2", "-2"), Map.entry("ALRM", "-a"), Map.entry("ABRT", "-b"), Map.entry("STOP", "-p"),
      Map.entry("CONT", "-c"), Map.entry("WINCH", "-y"));

  /**
   * @param order the order as it is repeated to the operator: its verb and names
   * @param isCertain whether the words do the same in any case
   * @param words the words; where that is not certain, what to write, in words for the operator
   * @param why empty where it is certain
   */
  record Answer(String order, boolean isCertain, String words, String why) {}

  private final List<Service> services;

  ControlWords(List<Service> services) {
    this.services = services;
  }

  /**
   * @param words those after supervisorctl
   * @param caller who says them
   * @param isRead whether what is printed goes to another program
   */
  Answer of(List<String> words, Service caller, boolean isRead) {
    List<String> rest = new ArrayList<>(words);
    while (!rest.isEmpty() && rest.get(0).startsWith("-")) {
      String option = rest.remove(0);
      boolean hasValue = option.matches("-[csup]|--(configuration|serverurl|username|password|history-file)|-r");
      String value = hasValue && !rest.isEmpty() ? rest.remove(0) : option.replaceFirst("^-s|^[^=]*=", "");
      boolean isServer = option.startsWith("-s") || option.startsWith("--serverurl");
      if (isServer && !value.matches("(?i)unix:.*|auto|http://(localhost|127\\.0\\.0\\.1)(:\\d+)?/?.*")) {
        return uncertain("", "it speaks to a server of its own choice", "if that is another machine's, leave it as it is");
      }
    }
    if (rest.isEmpty()) {
      return uncertain("", "it reads its orders from its input", "write s6-svc, s6-svstat and s6-rc with the services' names");
    }
    String verb = rest.remove(0);
    String order = String.join(" ", rest.isEmpty() ? List.of(verb) : List.of(verb, String.join(" ", rest)));
    Answer answer = switch (verb) {
      case "start", "stop", "restart" -> startOrStop(verb, order, rest, caller);
      case "signal" -> signal(order, rest);
      case "status" -> status(order, rest, isRead);
      case "pid" -> pid(order, rest);
      case "shutdown" -> certain(order, HALT);
      case "tail" -> tail(order, rest);
      case "reload" -> uncertain(order, "services of s6-overlay are made when the container starts",
          "end the container by " + HALT + " and let Docker start it again (--restart)");
      case "reread", "update", "add", "remove", "avail" -> uncertain(order, "services of s6-overlay are made when the"
          + " container starts", "leave the order away, or convert anew and make a new image");
      default -> uncertain(order, "s6 has nothing like it", "leave the order away; logs are in the folders of the loggers"
          + " and in docker logs");
    };
    if (caller.around().user().isPresent() && !List.of("tail").contains(verb) && answer.isCertain()) {
      return uncertain(order, "the program does not run as root, and only root may speak to services",
          "let it run as root, and write: " + answer.words());
    }
    return answer;
  }

  /** A folder that s6-svc and s6-svstat take. */
  private static String folder(Service service) {
    return SERVICES + service.name();
  }

  /** Those behind {@code name}, {@code group:name}, {@code group:*} or {@code all}; none where any is unknown. */
  private List<Service> named(List<String> names) {
    List<Service> all = new ArrayList<>();
    for (String name : names) {
      int colon = name.indexOf(':');
      String group = name.substring(0, Math.max(0, colon));
      String process = name.substring(colon + 1);
      boolean everyOne = process.equals("*") || process.isEmpty();
      List<Service> found = services.stream().filter(service -> name.equals("all") || (colon < 0
          ? service.program().equals(name) || service.process().equals(name) || service.group().equals(name)
          : service.group().equals(group) && (everyOne || service.process().equals(process)))).toList();
      if (found.isEmpty()) {
        return List.of();
      }
      found.stream().filter(service -> !all.contains(service)).forEach(all::add);
    }
    return all;
  }

  private Answer startOrStop(String verb, String order, List<String> names, Service caller) {
    List<Service> meant = named(names);
    if (meant.isEmpty()) {
      return unknown(order);
    }
    if (!verb.equals("start") && meant.stream().anyMatch(service -> service.name().equals(caller.name()))) {
      return uncertain(order, "it would stop the very program that says it", verb.equals("restart")
          ? "to have the program started again, let it end, and set autorestart=true"
          : "to end the container write: " + HALT + "; to end the program itself let it end, with autorestart=false");
    }
    List<String> steps = new ArrayList<>();
    if (!verb.equals("start")) {
      meant.forEach(service -> steps.add("/command/s6-svc -wD -d " + folder(service)));
    }
    if (!verb.equals("stop")) {
      for (Service service : meant) {
        if (!service.autostart()) {
          // So that its logger, and what it depends on, is there; -b waits while another s6-rc is at work.
          steps.add("/command/s6-rc -b -u change " + service.name());
        }
        steps.add("/command/s6-svc -wu -u " + folder(service));
      }
    }
    return certain(order, steps.size() == 1 ? steps.get(0) : "{ " + String.join(" && ", steps) + "; }");
  }

  private Answer signal(String order, List<String> words) {
    List<Service> meant = words.size() < 2 ? List.of() : named(words.subList(1, words.size()));
    if (meant.isEmpty()) {
      return unknown(order);
    }
    String signal = words.get(0).toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
    String option = SIGNALS.get(signal);
    if (option == null) {
      return uncertain(order, "s6-svc has no option for that signal", "write kill -s " + signal
          + " with the pid that /command/s6-svstat -o pid " + folder(meant.get(0)) + " prints; -1 means that it is down");
    }
    String steps = meant.stream().map(service -> "/command/s6-svc " + option + " " + folder(service))
        .collect(Collectors.joining(" && "));
    return certain(order, meant.size() == 1 ? steps : "{ " + steps + "; }");
  }

  private Answer status(String order, List<String> names, boolean isRead) {
    List<Service> meant = names.isEmpty() ? List.of() : named(names);
    if (meant.isEmpty() && !names.isEmpty() && !names.contains("all")) {
      return unknown(order);
    }
    if (isRead || meant.isEmpty()) {
      return uncertain(order, "s6-svstat prints other words", "ask for one word with /command/s6-svstat -o up "
          + SERVICES + (meant.isEmpty() ? "NAME" : meant.get(0).name()) + ", which prints true or false");
    }
    String shown = meant.stream().map(service -> "/command/s6-svstat " + folder(service) + "; ").collect(Collectors.joining());
    String tested = meant.stream().map(service -> "[ \"$(/command/s6-svstat -o up " + folder(service) + ")\" = true ]")
        .collect(Collectors.joining(" && "));
    return certain(order, "{ " + shown + tested + "; }");
  }

  private Answer pid(String order, List<String> names) {
    if (names.isEmpty()) {
      return certain(order, "echo 1");
    }
    List<Service> meant = named(names);
    if (meant.size() != 1) {
      return meant.isEmpty() ? unknown(order) : uncertain(order, "it prints several pids",
          "write /command/s6-svstat -o pid " + folder(meant.get(0)) + " for each");
    }
    // s6-svstat says -1 where supervisorctl says 0; to kill, that would be every process.
    return certain(order, "/command/s6-svstat -o pid " + folder(meant.get(0)) + " | sed 's/^-1$/0/'");
  }

  private Answer tail(String order, List<String> words) {
    List<String> rest = new ArrayList<>(words);
    String option = !rest.isEmpty() && rest.get(0).matches("-f|-\\d{1,9}") ? rest.remove(0) : "-1600";
    boolean isError = rest.size() == 2 && rest.get(1).equals("stderr");
    List<Service> meant = rest.isEmpty() || rest.size() > 2 ? List.of() : named(rest.subList(0, 1));
    if (meant.size() != 1) {
      return unknown(order);
    }
    Log log = isError && !(meant.get(0).err() instanceof Log.ToOutput) ? meant.get(0).err() : meant.get(0).out();
    if (!(log instanceof Log.ToFolder folder) || !folder.folder().matches("[A-Za-z0-9_./@+-]+")) {
      return uncertain(order, "its output is not in a file, or in one whose name is known only when it starts",
          "read it with docker logs, or in the folder of its logger");
    }
    return certain(order, (option.equals("-f") ? "tail -c 1600 -F " : "tail -c " + option.substring(1) + " ")
        + folder.folder() + "/current");
  }

  private static Answer certain(String order, String words) {
    return new Answer(order, true, words, "");
  }

  private static Answer uncertain(String order, String why, String remedy) {
    return new Answer(order, false, remedy, why);
  }

  private static Answer unknown(String order) {
    return uncertain(order, "it names no program that is converted here",
        "write s6-svc, s6-svstat or s6-rc with the folder of a service in " + SERVICES);
  }
}

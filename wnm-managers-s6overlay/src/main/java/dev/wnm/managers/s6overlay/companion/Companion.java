package dev.wnm.managers.s6overlay.companion;

import dev.wnm.managers.s6overlay.output.OutputFolder;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.config.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is wished for one service beyond its process.
 *
 * @param ready what must hold before later services start; empty: its process runs
 * @param needs what must hold before it starts
 * @param needsSeconds how long it waits for that, 1 to 3,600
 * @param onLoss what becomes of it when that does not hold any more
 * @param health what must hold while it runs
 * @param limits what it may use
 * @param rights what it may do
 * @param logging how its output is kept
 * @param beforeStop a command that is run before it is stopped
 * @param reload a command that makes it read its configuration anew; empty: it gets HUP
 */
public record Companion(
    Optional<Check> ready, List<Check> needs, int needsSeconds, OnLoss onLoss, Optional<HealthCheck> health, Limits limits,
    Rights rights, Logging logging, Optional<List<String>> beforeStop, Optional<List<String>> reload) {
  /** Of which nothing is wished. */
  public static final Companion PLAIN = new Companion(Optional.empty(), List.of(), 120, OnLoss.LEAVE, Optional.empty(), Limits.NONE,
      Rights.USUAL, Logging.USUAL, Optional.empty(), Optional.empty());

  /** Where the image has what acts on the files that are written here. */
  public static final String LIBRARY = "/usr/local/lib/wnm-companions/";

  /** Where that keeps, in the container, a folder with the state of each service; see {@code functions} there. */
  public static final String STATE = "/run/companions/";

  private static final String HEAD = "#!/command/with-contenv sh\n";

  public Companion {
    needs = List.copyOf(needs);
    beforeStop = beforeStop.map(List::copyOf);
    reload = reload.map(List::copyOf);
  }

  /**
   * Reads what is wished for services.
   *
   * @param members the services behind each name that the operator may use
   * @return an entry for each service
   * @throws BadInputException in one sentence that names the option
   */
  public static Map<String, Companion> read(Wishes wishes, Map<String, Set<String>> members) {
    NamedValues checks = NamedValues.read("--ready", wishes.text(Wish.READY), "NAME=CHECK, where a check is " + Check.FORM);
    Map<String, Check> ready = checks.one(members, value -> Check.read(checks, value));
    Map<String, List<Check>> needs = Need.read(wishes.text(Wish.NEEDS), members);
    int needsSeconds = wishes.text(Wish.NEEDS_SECONDS).isEmpty() ? PLAIN.needsSeconds : Integer.parseInt(wishes.text(Wish.NEEDS_SECONDS));
    Map<String, OnLoss> onLoss = OnLoss.read(wishes.text(Wish.ON_LOSS), members);
    onLoss.keySet().stream().filter(service -> !needs.containsKey(service)).findFirst().ifPresent(service -> {
      throw new BadInputException("--on_loss names '" + service + "', of which --needs says nothing that it could lose");
    });
    Map<String, HealthCheck> health = HealthCheck.read(wishes.text(Wish.HEALTH), members);
    Map<String, Limits> limits = Limits.read(wishes.text(Wish.LIMITS), members);
    Map<String, Rights> rights = Rights.read(
        wishes.text(Wish.SERVICE_USER), wishes.text(Wish.CAPABILITIES), wishes.text(Wish.READ_ONLY), members);
    Map<String, Logging> logging = Logging.read(
        wishes.text(Wish.LOG_FORMAT), wishes.text(Wish.LOG_GROUP), wishes.text(Wish.MASK), members);
    Map<String, List<String>> beforeStop = Commands.read("--before_stop", wishes.text(Wish.BEFORE_STOP), members);
    Map<String, List<String>> reload = Commands.read("--reload_command", wishes.text(Wish.RELOAD_COMMAND), members);
    Map<String, Companion> companions = new LinkedHashMap<>();
    members.values().stream().flatMap(Set::stream).forEach(name -> companions.put(name, new Companion(
        Optional.ofNullable(ready.get(name)), needs.getOrDefault(name, List.of()), needsSeconds, onLoss.getOrDefault(name, OnLoss.LEAVE),
        Optional.ofNullable(health.get(name)), limits.getOrDefault(name, Limits.NONE), rights.getOrDefault(name, Rights.USUAL),
        logging.getOrDefault(name, Logging.USUAL), Optional.ofNullable(beforeStop.get(name)), Optional.ofNullable(reload.get(name)))));
    return companions;
  }

  /** Whether s6 is told when it can be used, instead of taking a process that runs for that. */
  public boolean tellsReadiness() {
    return ready.isPresent() || !needs.isEmpty();
  }

  /** Whether something looks after it while it runs. */
  public boolean isWatched() {
    return health.isPresent() || !needs.isEmpty() || !limits.isEmpty();
  }

  /**
   * Writes the files below {@code data/} that {@link #LIBRARY} reads.
   *
   * @param folder the service's, with a slash at its end
   */
  public void writeTo(OutputFolder tree, String folder) {
    String data = folder + "data/";
    ready.ifPresent(check -> tree.script(data + "check", check.script()));
    for (int i = 0; i < needs.size(); i++) {
      // Tried in the order of their names.
      String need = String.format("%sneeds/%02d", data, i + 1);
      tree.script(need, needs.get(i).script());
      tree.file(need + ".holds", needs.get(i).holds() + "\n");
    }
    if (!needs.isEmpty()) {
      tree.file(data + "needs-seconds", needsSeconds + "\n");
      tree.file(data + "on-loss", onLoss.word() + "\n");
    }
    health.ifPresent(each -> {
      tree.script(data + "health", each.check().script());
      tree.file(data + "health.times", each.intervalSeconds() + " " + each.timeoutSeconds() + " " + each.retries() + "\n");
      tree.file(data + "health.holds", each.check().holds() + "\n");
    });
    if (!limits.isEmpty()) {
      tree.file(data + "limits", limits.file());
    }
    rights.capabilities().ifPresent(kept -> tree.file(data + "capabilities",
        kept.stream().sorted().map(name -> name + "\n").collect(Collectors.joining())));
    if (!rights.readOnly().isEmpty()) {
      tree.file(data + "read-only", String.join("\n", rights.readOnly()) + "\n");
    }
    logging.group().ifPresent(group -> tree.file(data + "log-group", group + "\n"));
    if (!logging.masked().isEmpty()) {
      tree.file(data + "masked", String.join("\n", logging.masked()) + "\n");
    }
    beforeStop.ifPresent(words -> tree.script(data + "before-stop", command(words)));
    reload.ifPresent(words -> tree.script(data + "reload", command(words)));
  }

  /** With the service's own variables; run in its folder. */
  private static String command(List<String> words) {
    return HEAD + "[ ! -r data/environment ] || . ./data/environment\nexec "
        + words.stream().map(Shell::inSingleQuotes).collect(Collectors.joining(" ")) + "\n";
  }

  /** What is wished, in few words each, for the report; without values that may be secrets. */
  public List<String> says() {
    List<String> words = new ArrayList<>();
    needs.forEach(need -> words.add("needs that " + need.holds()));
    if (onLoss != OnLoss.LEAVE) {
      words.add("when that is lost: " + onLoss.word());
    }
    health.ifPresent(each -> words.add("well when " + each.check().holds() + ", looked at every " + each.intervalSeconds() + " s"));
    words.addAll(limits.says());
    rights.user().ifPresent(user -> words.add("runs as " + user));
    rights.capabilities().ifPresent(kept -> words.add(kept.isEmpty() ? "no capabilities"
        : "capabilities " + kept.stream().sorted().collect(Collectors.joining(" "))));
    rights.readOnly().forEach(path -> words.add(path + " is read-only"));
    if (logging.isJson()) {
      words.add("log in JSON");
    }
    logging.group().ifPresent(group -> words.add("log for the group " + group));
    if (!logging.masked().isEmpty()) {
      words.add("masks " + String.join(" ", logging.masked()));
    }
    beforeStop.ifPresent(command -> words.add("before a stop: " + command.get(0)));
    reload.ifPresent(command -> words.add("reload: " + command.get(0)));
    return words;
  }
}

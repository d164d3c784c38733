package dev.wnm.managers.systemd;

import dev.wnm.managers.support.CrashLoop;
import dev.wnm.spi.internal.Human;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What systemd says of a unit: properties of {@code systemctl show}, by name.
 *
 * @param properties those of {@link #PROPERTIES}
 */
record UnitState(Map<String, String> properties) {
  /** What is asked for; systemd prints them in an order of its own. */
  static final List<String> PROPERTIES = List.of("Id", "LoadState", "ActiveState", "SubState", "MainPID", "Result",
      "ExecMainCode", "ExecMainStatus", "UnitFileState", "NeedDaemonReload", "NRestarts", "ActiveEnterTimestampMonotonic", "InvocationID",
      "ExecMainStartTimestampMonotonic", "ExecStart");
  /** What systemd's own set-up of a process ends with when the machine forbids what a sandbox needs; see systemd.exec(5). */
  private static final List<String> SANDBOX_CODES = List.of("218", "226", "227", "228", "232");
  /** The same for a user's service, which has no other account to change to than that of its user namespace. */
  private static final String NAMESPACE_OF_USER = "217";
  private static final String ROOT_DIR = " --root-dir ";
  private static final String CLD_EXITED = "1";

  /** That of a unit which systemd says nothing of. */
  static final UnitState NONE = new UnitState(Map.of());

  UnitState {
    properties = Map.copyOf(properties);
  }

  /** Reads the answer for any number of units: blocks of {@code NAME=VALUE} with an empty line between. */
  static Map<String, UnitState> parse(String shown) {
    return Arrays.stream(shown.split("\n\n")).map(UnitState::block).filter(state -> !state.get("Id").isEmpty())
        .collect(Collectors.toMap(state -> state.get("Id"), state -> state, (one, same) -> one, HashMap::new));
  }

  private static UnitState block(String block) {
    Map<String, String> properties = new HashMap<>();
    block.lines().filter(line -> line.contains("=")).forEach(
        line -> properties.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return new UnitState(properties);
  }

  /** Whether it has a process, be it on its way up or down. */
  boolean runs() {
    return switch (get("ActiveState")) {
      case "active", "reloading", "deactivating" -> true;
      case "activating" -> !isAboutToRestart();
      default -> false;
    };
  }

  /** Whether its process ended and systemd waits to start it again. */
  boolean isAboutToRestart() {
    return get("ActiveState").equals("activating") && get("SubState").equals("auto-restart");
  }

  /** Whether a stop has something to do. */
  boolean isUp() {
    return runs() || isAboutToRestart();
  }

  boolean hasFailed() {
    return get("ActiveState").equals("failed");
  }

  /** Whether there is a unit file. */
  boolean isThere() {
    return !get("LoadState").equals("not-found") && !get("LoadState").isEmpty();
  }

  /**
   * Whether it is there and starts a node in another folder than this. systemd prints the command line without quotes, so
   * that nothing is said of a folder with a blank or a sign that it writes in another way.
   */
  boolean isOfAnother(Path rootDir) {
    String command = get("ExecStart");
    return command.contains(ROOT_DIR) && rootDir.toString().matches("[A-Za-z0-9_./+,:@=-]+")
        && !command.contains(ROOT_DIR + rootDir + " ");
  }

  /** Whether the machine's boot starts it. */
  boolean returnsAtBoot() {
    return get("UnitFileState").startsWith("enabled");
  }

  /** Whether the unit file was changed since systemd read it. */
  boolean isOutdated() {
    return get("NeedDaemonReload").equals("yes");
  }

  /** Whether it did not get as far as running its program, because this machine forbids what its sandbox needs. */
  boolean failedForItsSandbox(boolean ofUser) {
    String code = get("ExecMainStatus");
    return !runs() && get("ExecMainCode").equals(CLD_EXITED)
        && (SANDBOX_CODES.contains(code) || ofUser && code.equals(NAMESPACE_OF_USER));
  }

  OptionalLong pid() {
    String pid = get("MainPID");
    return pid.matches("[1-9][0-9]{0,9}") ? OptionalLong.of(Long.parseLong(pid)) : OptionalLong.empty();
  }

  /** Whether it died lately and will again, though it has a process at this moment. @param uptime that of the machine */
  boolean isInCrashLoop(Duration uptime) {
    return runs() && CrashLoop.isOn((int) Math.min(number("NRestarts"), Integer.MAX_VALUE), up(uptime));
  }

  /** How often its process died since somebody last started it; 0 where it was told to end. */
  int deaths() {
    return get("Result").equals("success") && !runs() && !isAboutToRestart() || get("ActiveState").isEmpty() ? 0
        : (int) Math.min(number("NRestarts"), Integer.MAX_VALUE - 1) + (runs() ? 0 : 1);
  }

  /** What systemd calls its present run, else its last one; empty where it had none. */
  Optional<String> run() {
    return Optional.of(get("InvocationID")).filter(id -> id.matches("[0-9a-f]{32}"));
  }

  /** When its process of that run started, in microseconds since the machine came up; as late as can be where that is not known. */
  long runSince() {
    long start = number("ExecMainStartTimestampMonotonic");
    return start == 0 ? Long.MAX_VALUE : start;
  }

  /** How its last process ended, in a few words; empty where there was none, or it was told to end. */
  String ending() {
    String how = switch (get("Result")) {
      case "success", "" -> "";
      case "oom-kill" -> "killed because memory ran out (OOM)";
      case "start-limit-hit" -> "given up by systemd after it ended too often in too short a time";
      case "timeout" -> "killed at its time limit";
      case "exit-code" -> "ended with exit code " + get("ExecMainStatus");
      case "signal", "core-dump" -> "killed by signal " + get("ExecMainStatus")
          + (get("ExecMainStatus").equals("9") ? " (for lack of memory, perhaps)" : "");
      default -> get("Result");
    };
    return how + (isAboutToRestart() ? (how.isEmpty() ? "" : "; ") + "systemd is about to start it again" : "");
  }

  /** Since when it runs and how often systemd had to start it again. @param uptime that of the machine */
  String life(Duration uptime) {
    if (!runs()) {
      return get("ActiveState") + (ending().isEmpty() ? "" : ", " + ending());
    }
    long restarts = number("NRestarts");
    return "up " + Human.time(up(uptime))
        + pid().stream().mapToObj(pid -> ", pid " + pid).collect(Collectors.joining())
        + (restarts == 0 ? "" : ", " + restarts + (restarts == 1 ? " restart" : " restarts"));
  }

  private Duration up(Duration uptime) {
    return Duration.ofSeconds(Math.max(0, uptime.toSeconds() - number("ActiveEnterTimestampMonotonic") / 1_000_000));
  }

  private long number(String property) {
    String text = get(property);
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private String get(String property) {
    return properties.getOrDefault(property, "");
  }
}

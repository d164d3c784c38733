package dev.wnm.managers.launchd;

import dev.wnm.managers.support.CrashLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job that launchd knows, which runs or not.
 *
 * @param target its domain and label, as launchctl wants them
 * @param pid its process, while it runs
 * @param lastExit how its last process ended: an exit code, or a signal below zero; empty when it never did
 * @param starts how often launchd has started it; empty where that was not asked
 */
record Job(String target, OptionalLong pid, OptionalInt lastExit, OptionalInt starts) {
  /** Those of the job itself: what is indented further belongs to a part of it. */
  private static final Pattern PID = Pattern.compile("(?m)^\\tpid = (\\d+)$");
  private static final Pattern RUNS = Pattern.compile("(?m)^\\truns = (\\d{1,9})$");
  private static final Pattern EXIT_CODE = Pattern.compile("(?m)^\\tlast exit code = (\\d+)");
  private static final Pattern SIGNAL = Pattern.compile("(?m)^\\tlast terminating signal = .*?(\\d+)$");

  /** Reads what {@code launchctl print DOMAIN/LABEL} says. */
  static Job parse(String target, String printed) {
    Matcher pid = PID.matcher(printed);
    Matcher code = EXIT_CODE.matcher(printed);
    Matcher signal = SIGNAL.matcher(printed);
    OptionalInt last = code.find() ? OptionalInt.of(Integer.parseInt(code.group(1)))
        : signal.find() ? OptionalInt.of(-Integer.parseInt(signal.group(1))) : OptionalInt.empty();
    Matcher runs = RUNS.matcher(printed);
    return new Job(target, pid.find() ? OptionalLong.of(Long.parseLong(pid.group(1))) : OptionalLong.empty(), last,
        runs.find() ? OptionalInt.of(Integer.parseInt(runs.group(1))) : OptionalInt.empty());
  }

  /** One of a listing. */
  static Job listed(String target, OptionalLong pid, OptionalInt lastExit) {
    return new Job(target, pid, lastExit, OptionalInt.empty());
  }

  /** How often it died since it was loaded; 0 where that was not asked. */
  int deaths() {
    return Math.max(0, starts.orElse(0) - (runs() ? 1 : 0));
  }

  /** Whether it died lately and will again, though it has a process at this moment. */
  boolean isInCrashLoop(Instant now) {
    return up(now).filter(up -> CrashLoop.isOn(deaths(), up)).isPresent();
  }

  /** Whether what a listing says of it is too little to tell how it does: of one that runs, it says nothing of earlier deaths. */
  boolean mayBeInCrashLoop(Instant now) {
    return lastExit.isPresent() || up(now).filter(CrashLoop::mayBeOn).isPresent();
  }

  private Optional<Duration> up(Instant now) {
    return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(pid.getAsLong())
        .flatMap(process -> process.info().startInstant()).map(started -> Duration.between(started, now));
  }

  boolean runs() {
    return pid.isPresent();
  }

  /** How its last process ended, in words; empty when launchd does not say. */
  Optional<String> ending() {
    return lastExit.isEmpty() ? Optional.empty()
        : Optional.of(lastExit.getAsInt() < 0 ? "by signal " + -lastExit.getAsInt()
            : "with exit code " + lastExit.getAsInt());
  }
}

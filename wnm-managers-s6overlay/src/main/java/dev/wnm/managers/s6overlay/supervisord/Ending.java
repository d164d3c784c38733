package dev.wnm.managers.s6overlay.supervisord;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the end of a program ends the container, for files with listeners that may be there for that.
 *
 * @param listeners those that hear of the end of processes, by the name of the section
 * @param onlyGivenUp whether they hear only of programs that were given up
 */
record Ending(List<String> listeners, boolean onlyGivenUp) {
  /** For a finish script: ends the container with the exit code of the program. */
  static final String HALTING = """
      # Ends the container, with the program's exit code.
      [ "$1" -lt 256 ] && code=$1 || code=$((128 + $2))
      echo "$code" >/run/s6-linux-init-container-results/exitcode
      exec %s
      """.formatted(ControlWords.HALT);

  static Ending of(Configuration configuration) {
    List<String> listeners = new ArrayList<>();
    boolean onlyGivenUp = true;
    for (IniSection section : configuration.ofKind("eventlistener")) {
      String events = section.find("events").map(IniSection.Value::text).orElse("").toUpperCase(Locale.ROOT);
      boolean hears = false;
      for (String event : events.split("[,\\s]+")) {
        hears |= event.matches("EVENT|PROCESS_STATE(_EXITED|_FATAL|_STOPPED)?");
        onlyGivenUp &= !event.matches("EVENT|PROCESS_STATE(_EXITED|_STOPPED)?");
      }
      if (hears) {
        listeners.add(section.name());
      }
    }
    return new Ending(listeners, onlyGivenUp);
  }

  String text() {
    if (listeners.isEmpty()) {
      return "";
    }
    return "\n## Ending the container when a program ends\n\n"
        + String.join(", ", listeners.stream().map(name -> "`[" + name + "]`").toList())
        + " heard of programs that end. If that was to end the container, s6-overlay does it without a listener: put these"
        + " lines into `s6-rc.d/NAME/finish` of each service that the container cannot do without,\n\n"
        + (onlyGivenUp ? "- in the place of the `exit 125` below `gave up` (the program was started in vain `startretries` times):"
            : "- to end it at any end of the program that was not asked for: behind the first line `fi`;\n- to end it only when the program was given"
                + " up: in the place of the `exit 125` below `gave up`:")
        + "\n\n```sh\n" + HALTING + "```\n\n"
        + "The exit code is the container's, so that `docker run --restart on-failure` counts it. Without such lines a program"
        + " that ends never ends the container.\n";
  }
}

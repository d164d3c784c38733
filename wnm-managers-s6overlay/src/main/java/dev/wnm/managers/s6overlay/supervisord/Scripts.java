package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.companion.Companion;
import dev.wnm.managers.s6overlay.supervisord.Service.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shell scripts of one service. They hold data as quoted words only. */
final class Scripts {
  /** Where the fifos are that carry standard error to its logger. */
  static final String FIFOS = "/run/companions";
  /** On which s6 is told that a service can be used. */
  static final int READINESS_FD = 3;

  private static final String HEAD = "#!/command/with-contenv sh\n";

  /** An end that was asked for is none of the deaths that s6 counts and the container's check tells of. */
  private static final String NO_DEATH = "  /command/s6-svdt-clear .\n";

  private final Service service;
  private final Companion companion;

  Scripts(Service service, Companion companion) {
    this.service = service;
    this.companion = companion;
  }

  String run() {
    StringBuilder script = new StringBuilder(HEAD);
    script.append("# Made by wnm from ").append(service.place().brief()).append(".\nset -e\n");
    if (!companion.needs().isEmpty()) {
      // Told by a word: with-contenv takes every variable away that is not the container's.
      script.append("# It waits as this process, which a stop ends, and comes back here.\n[ \"${1-}\" = --holds ] || exec ")
          .append(Companion.LIBRARY).append("needs ").append(service.name()).append(" \"$0\" --holds\n");
    }
    script.append("# For finish: when it began, and its process group, which not every s6 tells.\n");
    script.append("read -r wnm_now _ </proc/uptime\necho \"$wnm_now $$\" >started\n");
    Service.Surroundings around = service.around();
    script.append(ShText.emptyOnes(service.command().text() + around.directory() + around.environment().values()
        + (service.err() instanceof Log.AtStart log ? log.file() : "")));
    appendOutputs(script);
    if (around.openFiles() > 0) {
      int files = around.openFiles();
      script.append("[ \"$(ulimit -Sn)\" = unlimited ] || [ \"$(ulimit -Sn)\" -ge ").append(files)
          .append(" ] || ulimit -Sn ").append(files).append(" 2>/dev/null || ulimit -n ").append(files).append('\n');
    }
    around.umask().ifPresent(umask -> script.append("umask ").append(umask).append('\n'));
    boolean byNumber = around.user().filter(user -> user.matches("\\d+")).isPresent();
    if (byNumber) {
      script.append("wnm_account=$(getent passwd ").append(around.user().get()).append(") || {\n  echo '").append(service.name())
          .append(": there is no account ").append(around.user().get()).append("' >&2\n  exit 1\n}\n");
    }
    Optional<String> account = around.user().map(user -> byNumber ? "\"${wnm_account%%:*}\"" : ShText.quote(user));
    if (!companion.limits().isEmpty()) {
      script.append("wnm_account_name=").append(account.orElse("root")).append("\n. ").append(Companion.LIBRARY).append("limits\n");
    }
    if (!around.environment().isEmpty()) {
      script.append(". ./data/environment\n");
    }
    if (service.command().isSplitAtStart()) {
      script.append("wnm_text=").append(ShText.quote(service.command().text())).append("\n. ./").append(WordSplitting.FILE)
          .append('\n');
    }
    List<String> words = new ArrayList<>();
    if (companion.ready().isPresent()) {
      // It needs the service's folder as its own; so the folder of the process is entered behind it.
      words.addAll(List.of("/command/s6-notifyoncheck", "-d", "-3", String.valueOf(READINESS_FD), "-n", "0", "-s", "100",
          "-w", "500", "-t", "5000", "/bin/sh", "-c", "'cd -- \"$1\" && shift && exec \"$@\"'", "sh",
          ShText.quote(around.directory())));
    } else {
      if (companion.tellsReadiness()) {
        script.append("echo >&").append(READINESS_FD).append("\nexec ").append(READINESS_FD).append(">&-\n");
      }
      script.append("cd -- ").append(ShText.quote(around.directory())).append('\n');
    }
    service.socket().ifPresent(socket -> words.addAll(List.of("/command/s6-ipcserver-socketbinder", "-B", "-b",
        String.valueOf(socket.backlog()), "-a", socket.mode(), "--", ShText.quote(socket.path()))));
    if (companion.rights().areNarrowed()) {
      words.addAll(List.of(Companion.LIBRARY + "rights", service.name(), account.orElse("root")));
    } else {
      account.ifPresent(user -> words.addAll(List.of("/command/s6-setuidgid", user)));
    }
    if (service.command().isSplitAtStart()) {
      words.add("\"$@\"");
    } else {
      service.command().words().forEach(word -> words.add(ShText.quote(word)));
    }
    return script.append("exec ").append(String.join(" ", words)).append('\n').toString();
  }

  private void appendOutputs(StringBuilder script) {
    boolean crosswise = service.out() instanceof Log.ToContainer out && out.asError()
        || service.err() instanceof Log.ToContainer err && !err.asError();
    if (crosswise) {
      script.append("exec 8>&1 9>&2\n");
    }
    if (service.out() instanceof Log.ToNothing) {
      script.append("exec >/dev/null\n");
    } else if (service.out() instanceof Log.ToContainer container && container.asError()) {
      script.append("exec >&9\n");
    }
    if (service.err() instanceof Log.ToOutput) {
      script.append("exec 2>&1\n");
    } else if (service.err() instanceof Log.ToNothing) {
      script.append("exec 2>/dev/null\n");
    } else if (service.err() instanceof Log.ToContainer container && !container.asError()) {
      script.append("exec 2>&8\n");
    } else if (service.err().needsLogger()) {
      script.append("# Opened both ways, it neither waits for the logger nor breaks when that is started again.\n");
      String toLogger = "exec 2<>" + FIFOS + "/" + service.name() + ".stderr";
      boolean mayBeAuto = service.err() instanceof Log.AtStart log && Expander.READ_AT_START.matcher(log.file()).find();
      script.append(mayBeAuto ? "case " + ShText.quote(((Log.AtStart) service.err()).file()) + " in\n  [Aa][Uu][Tt][Oo])"
          + " exec 2>&1 ;;\n  *) " + toLogger + " ;;\nesac\n" : toLogger + "\n");
    }
    if (crosswise) {
      script.append("exec 8>&- 9>&-\n");
    }
  }

  /** All variables in one command, so that none sees the new value of another, as with supervisord. */
  String environment() {
    return service.around().environment().entrySet().stream()
        .map(variable -> " \\\n  " + variable.getKey() + "=" + ShText.quote(variable.getValue()))
        .collect(Collectors.joining("", "export", "\n"));
  }

  String finish() {
    Service.Restarts restarts = service.restarts();
    StringBuilder script = new StringBuilder("#!/bin/sh\n");
    script.append("# Made by wnm from ").append(service.place().brief()).append(".\n")
        .append("# $1 is the exit code (256 after a signal); to end with 125 is to stay down.\n");
    if (!companion.needs().isEmpty()) {
      script.append("if [ ! -e started ]; then\n  # It ended while it waited for what it needs: in vain, or because it was told to.\n")
          .append(NO_DEATH).append("  [ ! -e ").append(Companion.STATE).append(service.name()).append("/held ] || exit 125\n  exit 0\nfi\n");
    }
    script
        .append("read -r started group <started\n")
        .append("if [ \"$(/command/s6-svstat -o wantedup .)\" != true ]; then\n  rm -f failed-starts\n").append(NO_DEATH);
    appendGroupEnd(script);
    script.append("  exit 0\nfi\n");
    if (restarts.startSeconds() > 0) {
      script.append("read -r ended _ </proc/uptime\n")
          .append("if [ $(( ${ended%.*}${ended#*.} - ${started%.*}${started#*.} )) -lt ").append(restarts.startSeconds())
          .append("00 ]; then\n  failed=0\n  [ ! -f failed-starts ] || read -r failed <failed-starts\n")
          .append("  failed=$((failed + 1))\n  if [ \"$failed\" -gt ").append(restarts.startRetries())
          .append(" ]; then\n    rm -f failed-starts\n    echo '").append(service.name())
          .append(": gave up, every start ended too soon' >&2\n    exit 125\n  fi\n")
          .append("  echo \"$failed\" >failed-starts\n  exit 0\nfi\nrm -f failed-starts\n");
    }
    switch (restarts.auto()) {
      case ALWAYS -> script.append("exit 0\n");
      case NEVER -> script.append("exit 125\n");
      case UNEXPECTED -> {
        if (!restarts.expected().isEmpty()) {
          script.append("case $1 in\n  ").append(restarts.expected().stream().map(String::valueOf)
              .collect(Collectors.joining(" | "))).append(") exit 125 ;;\nesac\n");
        }
        script.append("exit 0\n");
      }
    }
    return script.toString();
  }

  /** No {@code --} before the group: dash takes that for a process. */
  private void appendGroupEnd(StringBuilder script) {
    if (service.stop().signalGroup()) {
      script.append("  kill -").append(service.stop().signal()).append(" \"-$group\" 2>/dev/null\n")
          .append("  for second in 1 2 3; do\n    kill -0 \"-$group\" 2>/dev/null || exit 0\n    sleep 1\n  done\n");
    }
    if (service.stop().killGroup()) {
      script.append("  kill -KILL \"-$group\" 2>/dev/null\n");
    }
  }
}

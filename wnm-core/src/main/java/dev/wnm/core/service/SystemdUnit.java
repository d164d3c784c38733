package dev.wnm.core.service;

import dev.wnm.core.config.ServiceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The texts of systemd's units for wnm. What hardens them reaches the nodes that wnm starts as its own children, too; so nothing is
 * taken away that a node, docker's client or sudo needs.
 */
public final class SystemdUnit {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@+=:,./-]+");
  private static final List<Path> OF_THE_SYSTEM = List.of(Path.of("/usr"), Path.of("/boot"), Path.of("/efi"));

  private SystemdUnit() {}

  /**
   * The unit that runs wnm.
   *
   * @param kind a service that stays up, or one cycle that a timer starts
   * @param ofUser whether it is for the service manager of an account rather than for the system's
   */
  public static String service(ServiceOrder order, ServiceKind kind, boolean ofUser) {
    List<String> lines = new ArrayList<>(List.of("# " + ServiceText.MARK + "; wnm --uninstall_service removes it.", "[Unit]",
        "Description=Weave Node Manager", "Documentation=man:wnm(1)"));
    if (!ofUser) {
      lines.addAll(List.of("Wants=network-online.target", "After=network-online.target"));
    }
    if (kind == ServiceKind.SERVICE) {
      lines.add("StartLimitIntervalSec=0");
    }
    lines.addAll(List.of("", "[Service]", "Type=" + (kind == ServiceKind.SERVICE ? "exec" : "oneshot")));
    if (!ofUser) {
      lines.add("User=" + order.account());
    }
    lines.add("ExecStart=" + order.command(kind).stream().map(SystemdUnit::word).collect(Collectors.joining(" ")));
    for (Map.Entry<String, String> variable : new TreeMap<>(order.environment()).entrySet()) {
      lines.add("Environment=" + word(variable.getKey() + "=" + variable.getValue()));
    }
    if (kind == ServiceKind.SERVICE) {
      lines.addAll(List.of("Restart=on-failure", "RestartSec=30",
          "# 2 is bad input, which the next start would meet again.", "RestartPreventExitStatus=2",
          "# How Java ends when it is asked to.", "SuccessExitStatus=143"));
    } else {
      lines.add("TimeoutStartSec=infinity");
    }
    lines.addAll(List.of("# Nodes may be children of wnm. They outlive it, also when one of them takes too much memory, and no limit",
        "# of this unit is theirs.", "KillMode=process", "OOMPolicy=continue", "TasksMax=infinity", "LimitNOFILE=524288"));
    lines.addAll(hardening(order, ofUser));
    if (kind == ServiceKind.SERVICE) {
      lines.addAll(List.of("", "[Install]", "WantedBy=" + (ofUser ? "default.target" : "multi-user.target")));
    }
    return String.join("\n", lines) + "\n";
  }

  /** The timer that starts {@link #service} every minute. */
  public static String timer() {
    return """
        # %s; wnm --uninstall_service removes it.
        [Unit]
        Description=Weave Node Manager, a cycle every minute

        [Timer]
        OnCalendar=minutely
        AccuracySec=1s

        [Install]
        WantedBy=timers.target
        """.formatted(ServiceText.MARK);
  }

  /** A service manager of an account can forbid, but not hide; what it forbids keeps sudo from working. */
  private static List<String> hardening(ServiceOrder order, boolean ofUser) {
    List<String> forbids = List.of("LockPersonality=yes", "RestrictRealtime=yes", "RestrictNamespaces=yes", "RestrictSUIDSGID=yes");
    if (ofUser || !order.isRoot()) {
      List<String> hides = ofUser || writesToTheSystem(order) ? List.of() : List.of("ProtectSystem=yes");
      return order.usesSudo() ? hides : Stream.of(hides, List.of("NoNewPrivileges=yes"), forbids).flatMap(List::stream).toList();
    }
    List<String> hides = List.of("ProtectKernelTunables=yes", "ProtectControlGroups=yes", "ProtectKernelLogs=yes", "ProtectHostname=yes");
    return Stream.of(writesToTheSystem(order) ? List.<String>of() : List.of("ProtectSystem=yes"), hides, forbids)
        .flatMap(List::stream).toList();
  }

  private static boolean writesToTheSystem(ServiceOrder order) {
    return order.writes().stream().anyMatch(folder -> OF_THE_SYSTEM.stream().anyMatch(folder::startsWith));
  }

  /** One word of a line, which systemd reads back as it is. */
  private static String word(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%").replace("$", "$$") + "\"";
  }
}

package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Seal;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.model.ColonyId;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the unit files of nodes, and tells its own from those that someone else made or changed.
 *
 * @param colony whose nodes they are
 * @param bootTarget what starts them at boot
 * @param ofUser whether they are services of a user, to whom systemd gives a sandbox only in a user namespace
 * @param patience how long a node may take to end before it is killed
 * @param memory the most memory of a node, as {@code --node_memory} has it
 * @param cpus the most processors that a node keeps busy
 */
record NodeUnit(ColonyId colony, String bootTarget, boolean ofUser, Patience patience, Optional<String> memory, Optional<BigDecimal> cpus) {
  private static final Seal SEAL = new Seal("# Made by wnm (", "). Changed here, it is used as it is and no setting of wnm's"
      + " reaches it any more; 'systemctl edit' is better.\n");
  private static final String COLONY = "X-WNM-Colony=";
  private static final String SANDBOX = "\nProtectSystem=strict\n";
  private static final List<Path> TEMPORARY = List.of(Path.of("/tmp"), Path.of("/var/tmp"));
  private static final List<Path> HOMES = List.of(Path.of("/home"), Path.of("/root"), Path.of("/run/user"));

  /**
   * The text of a node's unit file.
   *
   * @param words the node's command line
   * @param sandboxed whether the node is shut off from the rest of the machine
   * @throws OperationFailedException when a path cannot be said in a unit file
   */
  String of(NodeSpec node, List<String> words, boolean sandboxed) throws OperationFailedException {
    List<Path> folders = folders(node);
    List<String> lines = new ArrayList<>(List.of(
        "[Unit]",
        // systemd passes over what begins with X-.
        COLONY + colony,
        "Description=Autonomi node " + node.service().replaceFirst("\\.service$", ""),
        "Wants=network-online.target",
        "After=network-online.target",
        "RequiresMountsFor=" + quoted(List.of(node.rootDir())),
        "# A node that ends again and again is given up; wnm tries it again with growing waits.",
        "StartLimitIntervalSec=10min",
        "StartLimitBurst=5",
        "",
        "[Service]",
        "Type=exec"));
    if (!ofUser) {
      lines.add("User=" + node.user());
    }
    if (!node.unwantedVariables().isEmpty()) {
      lines.add("UnsetEnvironment=" + String.join(" ", node.unwantedVariables()));
    }
    node.variables().forEach((name, value) ->
        lines.add("Environment=" + UnitQuoting.quote(name + "=" + value)));
    lines.addAll(List.of(
        // The colon keeps systemd from replacing variables in it.
        "ExecStart=:" + String.join(" ", words.stream().map(UnitQuoting::quote).toList()),
        "WorkingDirectory=/",
        "# Also after exit code 0, with which a node ends that has upgraded itself.",
        "Restart=always",
        "RestartSec=15",
        "KillSignal=" + node.program().stopping().fullSignal(),
        "KillMode=mixed",
        "TimeoutStopSec=" + patience.with(node).toSeconds(),
        "UMask=0077",
        "LimitNOFILE=65536",
        "TasksMax=1024"));
    memory.ifPresent(size -> lines.add("MemoryMax=" + size.toUpperCase(Locale.ROOT)));
    cpus.ifPresent(number -> lines.add("CPUQuota=" + number.movePointRight(2).toBigInteger() + "%"));
    lines.add("NoNewPrivileges=yes");
    if (sandboxed) {
      lines.addAll(sandbox(folders));
    }
    lines.addAll(List.of("", "[Install]", "WantedBy=" + bootTarget, ""));
    return SEAL.put(String.join("\n", lines));
  }

  /** Whether a text is one that {@link #of} gave, and unchanged. */
  static boolean isOurs(String text) {
    return SEAL.isWhole(text);
  }

  /** The colony that a text says it is of; empty when it says none, as those that wnm did not write. */
  static Optional<String> colonyOf(String text) {
    return text.lines().filter(line -> line.startsWith(COLONY)).map(line -> line.substring(COLONY.length()).strip()).findFirst();
  }

  /** Whether a text shuts its node off. */
  static boolean isSandboxed(String text) {
    return text.contains(SANDBOX);
  }

  private List<String> sandbox(List<Path> folders) {
    List<String> lines = new ArrayList<>();
    if (ofUser) {
      lines.add("PrivateUsers=yes");
    } else {
      lines.addAll(List.of("CapabilityBoundingSet=", "PrivateDevices=yes", "ProtectClock=yes", "ProtectHostname=yes",
          "ProtectKernelLogs=yes", "ProtectKernelModules=yes"));
    }
    lines.addAll(List.of("ProtectSystem=strict", "ReadWritePaths=" + quoted(folders),
        "ProtectHome=" + (isBelow(folders, HOMES) ? "read-only" : "yes")));
    if (!isBelow(folders, TEMPORARY)) {
      lines.add("PrivateTmp=yes");
    }
    lines.addAll(List.of("ProtectControlGroups=yes", "ProtectKernelTunables=yes", "ProtectProc=invisible",
        "RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX", "RestrictNamespaces=yes", "RestrictRealtime=yes",
        "RestrictSUIDSGID=yes", "LockPersonality=yes", "SystemCallArchitectures=native"));
    return lines;
  }

  /** The folders that a node writes to; a folder inside another goes without saying. */
  private static List<Path> folders(NodeSpec node) throws OperationFailedException {
    for (Path path : List.of(node.rootDir(), node.logDir(), node.bootstrapCache(), node.binary())) {
      if (path.toString().matches("(?s).*['\"\\\\\\p{Cntrl}].*")) {
        throw OperationFailedException.forGood("systemd cannot be told of the path '" + path
            + "': it has a quotation mark, a backslash or a control character");
      }
    }
    return Stream.of(node.rootDir(), node.logDir(), node.bootstrapCache()).distinct()
        .filter(folder -> folder.equals(node.rootDir()) || !folder.startsWith(node.rootDir())).toList();
  }

  private static String quoted(List<Path> paths) {
    return String.join(" ", paths.stream().map(path -> UnitQuoting.quote(path.toString())).toList());
  }

  private static boolean isBelow(List<Path> folders, List<Path> places) {
    return folders.stream().anyMatch(folder -> places.stream().anyMatch(folder::startsWith));
  }
}

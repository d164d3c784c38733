package dev.wnm.managers.setsid;

import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.manager.FoundNode;
import dev.wnm.core.manager.ManagerContext;
import dev.wnm.core.manager.NodeFolder;
import dev.wnm.core.manager.ProcessState;
import dev.wnm.managers.internal.Finding;
import dev.wnm.managers.internal.NodeArguments;
import dev.wnm.managers.internal.NodeDescription;
import dev.wnm.managers.internal.NodeFiles;
import dev.wnm.managers.internal.NodeHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds nodes with nothing remembered: folders in the node storage that look like nodes', and processes that run on folders
 * in it. What a node is like is read from its process, else from the description in its folder.
 */
final class NodeSurvey {
  /** Variables that every process has from its session, which say nothing of the node. */
  private static final Pattern OF_THE_SESSION = Pattern.compile("HOME|PATH|USER|LOGNAME|LANG|LANGUAGE|TZ|SHELL|PWD|OLDPWD"
      + "|SHLVL|TERM|MAIL|HOSTNAME|EDITOR|PAGER|DISPLAY|LS_COLORS|INVOCATION_ID|JOURNAL_STREAM|MEMORY_PRESSURE_.*|_|LC_.*"
      + "|XDG_.*|SSH_.*|SUDO_.*|DBUS_.*");

  private final ManagerContext context;
  private final ProcessTable table;
  private final NodeFinder finder;
  private final NodeFiles files;
  private final NodeHome homes;

  NodeSurvey(ManagerContext context, ProcessTable table, NodeFinder finder, NodeFiles files, NodeHome homes) {
    this.context = context;
    this.table = table;
    this.finder = finder;
    this.files = files;
    this.homes = homes;
  }

  List<FoundNode> take() {
    NodeFinder.Found found = finder.look();
    Set<Path> folders = nodeFolders();
    found.byRootDir().keySet().stream().filter(this::isInStorage).forEach(folders::add);
    List<FoundNode> nodes = new ArrayList<>();
    for (Path folder : folders) {
      Optional<NodeProcess> process = found.on(folder).stream().filter(one -> one.arguments().binary().isPresent())
          .reduce((first, second) -> second);
      if (process.isPresent() || looksLikeNode(folder)) {
        nodes.add(describe(folder, process));
      }
    }
    return nodes;
  }

  private FoundNode describe(Path folder, Optional<NodeProcess> process) {
    Optional<NodeDescription> description = NodeDescription.in(folder, files);
    NodeArguments arguments = process.map(NodeProcess::arguments)
        .orElseGet(() -> new NodeArguments(description.map(NodeDescription::command).orElse(List.of())));
    String service = description.map(NodeDescription::service).orElse(folder.getFileName() + ".service");
    ProcessState state = process.<ProcessState>map(running -> new ProcessState.Running(OptionalLong.of(running.pid())))
        .orElseGet(() -> new ProcessState.Stopped(""));
    return new Finding(service, folder, arguments, userOf(folder, process, description), environmentOf(process, description),
        state).toNode(files, homes);
  }

  private static String userOf(Path folder, Optional<NodeProcess> process, Optional<NodeDescription> description) {
    return process.flatMap(running -> ProcessHandle.of(running.pid())).flatMap(handle -> handle.info().user())
        .or(() -> description.map(NodeDescription::user))
        .orElseGet(() -> ownerOf(folder));
  }

  private static String ownerOf(Path folder) {
    try {
      return Files.getOwner(folder).getName();
    } catch (IOException e) {
      return System.getProperty("user.name");
    }
  }

  /** What wnm gave the node; of a node that someone else started, all but what comes from that person's session. */
  private Map<String, String> environmentOf(Optional<NodeProcess> process, Optional<NodeDescription> description) {
    if (description.isPresent() || process.isEmpty()) {
      return description.map(NodeDescription::environment).orElse(Map.of());
    }
    Map<String, String> variables = new TreeMap<>(table.environment(process.get().pid()));
    variables.keySet().removeIf(variable -> OF_THE_SESSION.matcher(variable).matches());
    return variables;
  }

  private Set<Path> nodeFolders() {
    Set<Path> folders = new TreeSet<>();
    try {
      if (Files.isDirectory(context.nodeStorage())) {
        files.list(context.nodeStorage()).stream().filter(name -> !name.startsWith("."))
            .map(context.nodeStorage()::resolve).forEach(folders::add);
      }
    } catch (IOException | CommandFailedException e) {
      context.progress().report("the node storage " + context.nodeStorage() + " cannot be surveyed: " + e.getMessage());
    }
    return folders;
  }

  private boolean isInStorage(Path folder) {
    return folder.startsWith(context.nodeStorage()) && !folder.equals(context.nodeStorage());
  }

  /** Called as a node or described as one, and holding a node's files. */
  private boolean looksLikeNode(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        return false;
      }
      List<String> names = files.list(folder);
      return !names.isEmpty() && NodeFolder.looksLikeOne(names)
          && (Finding.isNodeName(folder.getFileName().toString()) || names.contains(NodeDescription.FILE_NAME));
    } catch (IOException | CommandFailedException e) {
      context.progress().report(folder + " cannot be surveyed: " + e.getMessage());
      return false;
    }
  }
}

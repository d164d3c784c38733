package dev.wnm.managers.setsid;

import dev.wnm.managers.support.Finding;
import dev.wnm.managers.support.NodeDescription;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.ProcessTable;
import dev.wnm.managers.support.Sentences;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.program.NodeArguments;
import java.io.IOException;
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
import java.util.stream.Collectors;

/**
 * Finds nodes with nothing remembered: folders in the node storage that look like nodes', and processes that run on folders
 * in it. What a node is like is read from its process, else from the description beside its folder. Where nodes have accounts
 * of their own, what such an account can make up decides nothing that root would act on: the account is the folder's owner,
 * binary and logs are those in the folder unless wnm itself wrote down others, and variables are those that it wrote down.
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
  private final boolean overAccounts;
  private final OtherSupervisors others;

  /**
   * @param overAccounts whether nodes run as other accounts than wnm
   * @param others what else may run nodes here
   */
  NodeSurvey(ManagerContext context, ProcessTable table, NodeFinder finder, NodeFiles files, NodeHome homes,
      boolean overAccounts, OtherSupervisors others) {
    this.others = others;
    this.context = context;
    this.table = table;
    this.finder = finder;
    this.files = files;
    this.homes = homes;
    this.overAccounts = overAccounts;
  }

  List<FoundNode> take() throws ManagerUnavailableException {
    try {
      NodeFinder.Found found = finder.look();
      List<FoundNode> nodes = new ArrayList<>(others.nodes(found, files, homes));
      Set<Path> told = nodes.stream().map(node -> node.facts().rootDir()).collect(Collectors.toSet());
      of(found, new TreeSet<>(homes.folders(told)), told).forEach(nodes::add);
      return nodes;
    } catch (OperationFailedException e) {
      throw new ManagerUnavailableException(e.getMessage());
    } catch (CommandFailedException | IOException e) {
      throw new ManagerUnavailableException("the node storage " + Sentences.list(context.nodeStorages()) + " cannot be surveyed: " + e.getMessage());
    }
  }

  private List<FoundNode> of(NodeFinder.Found found, Set<Path> folders, Set<Path> told) throws CommandFailedException {
    Set<Path> described = Set.copyOf(folders);
    found.byRootDir().keySet().stream().filter(folder -> isInStorage(folder) && !told.contains(folder)).forEach(folders::add);
    List<FoundNode> nodes = new ArrayList<>();
    for (Path folder : folders) {
      Optional<NodeProcess> process = found.on(folder).stream().filter(one -> one.arguments().binary().isPresent())
          .reduce((first, second) -> second);
      if (process.isPresent() || described.contains(folder)) {
        describe(folder, process).ifPresent(nodes::add);
      }
    }
    return nodes;
  }

  /** Empty when it is gone meanwhile. */
  private Optional<FoundNode> describe(Path folder, Optional<NodeProcess> process) throws CommandFailedException {
    Optional<NodeDescription> description = NodeDescription.in(folder, files);
    NodeArguments written = new NodeArguments(description.map(NodeDescription::command).orElse(List.of()));
    NodeArguments arguments = process.map(NodeProcess::arguments).orElse(written);
    String service = description.map(NodeDescription::service).orElse(folder.getFileName() + ".service");
    ProcessState state = process.<ProcessState>map(running -> new ProcessState.Running(OptionalLong.of(running.pid())))
        .orElseGet(() -> new ProcessState.Stopped(""));
    return userOf(folder, process, description)
        .map(user -> new Finding(service, folder, arguments, user, environmentOf(process, description), state))
        .map(found -> others.described(overAccounts ? found.confined(written) : found, files, homes));
  }

  private Optional<String> userOf(Path folder, Optional<NodeProcess> process, Optional<NodeDescription> description)
      throws CommandFailedException {
    if (overAccounts) {
      return files.ownerOf(folder);
    }
    return process.flatMap(running -> ProcessHandle.of(running.pid())).flatMap(handle -> handle.info().user())
        .or(() -> description.map(NodeDescription::user))
        .or(() -> ownerOf(folder)).or(() -> Optional.of(System.getProperty("user.name")));
  }

  private Optional<String> ownerOf(Path folder) {
    try {
      return files.ownerOf(folder);
    } catch (CommandFailedException e) {
      return Optional.empty();
    }
  }

  /** What wnm gave the node; of a node that someone else started, all but what comes from that person's session. */
  private Map<String, String> environmentOf(Optional<NodeProcess> process, Optional<NodeDescription> description) {
    if (description.isPresent() || process.isEmpty() || overAccounts) {
      return description.map(NodeDescription::environment).orElse(Map.of());
    }
    Map<String, String> variables = new TreeMap<>(table.environment(process.get().pid()));
    variables.keySet().removeIf(variable -> OF_THE_SESSION.matcher(variable).matches());
    return variables;
  }

  private boolean isInStorage(Path folder) {
    return context.nodeStorages().stream().anyMatch(storage -> folder.startsWith(storage) && !folder.equals(storage));
  }
}

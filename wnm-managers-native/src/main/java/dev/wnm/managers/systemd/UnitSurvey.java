package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Finding;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.Sentences;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.program.NodeArguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds nodes with nothing remembered: units that are called as nodes are, whoever wrote them, and folders of nodes whose units are
 * gone.
 */
final class UnitSurvey {
  /** What systemctl prints before each file of a unit: a comment with its path. */
  private static final Pattern FILE = Pattern.compile("(?m)^# (/\\S.*/([^/]+\\.service)(?:\\.d/[^/]+\\.conf)?)$");
  /** Whom services of the system run as unless their units say. */
  private static final String DEFAULT_USER = "root";

  private final ManagerContext context;
  private final ServiceManager serviceManager;
  private final Systemctl systemctl;
  private final UnitFiles units;
  private final NodeFiles files;
  private final NodeHome homes;

  UnitSurvey(ManagerContext context, ServiceManager serviceManager, Systemctl systemctl, UnitFiles units, NodeFiles files,
      NodeHome homes) {
    this.context = context;
    this.serviceManager = serviceManager;
    this.systemctl = systemctl;
    this.units = units;
    this.files = files;
    this.homes = homes;
  }

  /** @throws ManagerUnavailableException when systemd or its folder cannot be asked */
  List<FoundNode> take() throws ManagerUnavailableException {
    try {
      List<String> services = units.services();
      Map<String, UnitState> states = systemctl.show(services);
      Map<String, UnitText> texts = texts(systemctl.cat(services));
      List<FoundNode> found = new ArrayList<>();
      Set<Path> known = new HashSet<>();
      for (String service : services) {
        if (texts.containsKey(service)) {
          new NodeArguments(texts.get(service).command(service, home())).rootDir().ifPresent(known::add);
          finding(service, texts.get(service), states.get(service)).map(node -> node.describe(files, homes)
              .obstacle(noFixedPort(node)).build()).ifPresent(found::add);
        }
      }
      found.addAll(withoutUnits(known));
      return found;
    } catch (CommandFailedException e) {
      throw new ManagerUnavailableException(e.getMessage());
    } catch (IOException e) {
      throw new ManagerUnavailableException("the units in " + serviceManager.unitFolder() + " cannot be listed: "
          + Sentences.of(e));
    }
  }

  /** One whose unit is gone may run all the same, until systemd is told to stop it. */
  private List<FoundNode> withoutUnits(Set<Path> known) throws CommandFailedException, IOException {
    Map<String, Path> folders = new LinkedHashMap<>();
    homes.folders(known).forEach(folder -> folders.put(folder.getFileName() + ".service", folder));
    Map<String, UnitState> states = folders.isEmpty() ? Map.of() : systemctl.show(List.copyOf(folders.keySet()));
    List<FoundNode> found = new ArrayList<>();
    for (Map.Entry<String, Path> folder : folders.entrySet()) {
      UnitState state = states.get(folder.getKey());
      ProcessState process = state != null && state.runs() ? new ProcessState.Running(state.pid())
          : new ProcessState.Stopped("its unit is gone");
      found.add(Finding.ofFolder(folder.getValue(), folder.getKey(), process, files).toNode(files, homes));
    }
    return found;
  }

  /** The units in what systemctl printed, by service: the text of its file and those of its drop-ins after it. */
  static Map<String, UnitText> texts(String printed) {
    Map<String, StringBuilder> whole = new HashMap<>();
    Matcher file = FILE.matcher(printed);
    String service = "";
    int begin = 0;
    while (file.find()) {
      append(whole, service, printed.substring(begin, file.start()));
      service = file.group(2);
      begin = file.end();
    }
    append(whole, service, printed.substring(begin));
    Map<String, UnitText> texts = new HashMap<>();
    whole.forEach((name, text) -> texts.put(name, UnitText.parse(text.toString())));
    return texts;
  }

  private static void append(Map<String, StringBuilder> whole, String service, String text) {
    if (!service.isEmpty()) {
      whole.computeIfAbsent(service, name -> new StringBuilder()).append(text).append('\n');
    }
  }

  private Optional<Finding> finding(String service, UnitText unit, UnitState state) {
    NodeArguments arguments = new NodeArguments(unit.command(service, home()));
    Optional<Path> root = arguments.rootDir().filter(path -> path.getFileName() != null);
    if (isOfAntctl(arguments)) {
      context.progress().report(service + " is left alone: it is a node of antctl's, for which there is --process_manager"
          + (serviceManager.ofUser() ? " antctl+user" : " antctl+sudo"));
      return Optional.empty();
    }
    if (root.isEmpty()) {
      context.progress().report(service + " is left alone: its unit starts no node program with a data folder");
      return Optional.empty();
    }
    ProcessState process = state.runs() && !state.isInCrashLoop(Uptime.ofThisMachine())
        ? new ProcessState.Running(state.pid()) : new ProcessState.Stopped(state.ending(), state.deaths());
    return Optional.of(new Finding(service, root.get(), arguments, user(unit), unit.environment(service, home()), process));
  }

  /** The unit stays as it is, so that the port of today's process would not be that of the next one. */
  private Optional<String> noFixedPort(Finding node) {
    return node.arguments().nodePort().isPresent() ? Optional.empty()
        : Optional.of("its unit gives it no port (" + node.arguments().flags().port() + "), so that it has another one after each start;"
            + " add one to its ExecStart with 'systemctl " + (serviceManager.ofUser() ? "--user " : "") + "edit --full " + node.service()
            + "', restart it, and import again");
  }

  /** antctl gives each of its nodes an RPC port, and names it first; nobody else's nodes have one. */
  private static boolean isOfAntctl(NodeArguments arguments) {
    return arguments.argv().size() > 1 && arguments.argv().get(1).equals("--rpc");
  }

  private String user(UnitText unit) {
    return serviceManager.ofUser() ? System.getProperty("user.name") : unit.user().orElse(DEFAULT_USER);
  }

  /** What the system's manager takes for home in its units is root's, whatever account they name. */
  private Path home() {
    return serviceManager.ofUser() ? context.home() : Path.of("/root");
  }
}

package dev.wnm.core.companions;

import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.CompanionAction;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.CompanionResult;
import dev.wnm.spi.manager.GroupCompanions;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.RunsCompanions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/** The services that run beside the nodes of a colony. What is asked is asked of the process manager each time. */
@API(status = API.Status.STABLE)
public final class Companions {
  private static final System.Logger LOG = System.getLogger(Companions.class.getName());

  private final RunsCompanions manager;
  private final List<String> groups;
  private final String by;

  private Companions(RunsCompanions manager, List<String> groups, String by) {
    this.manager = manager;
    this.groups = List.copyOf(groups);
    this.by = by;
  }

  /**
   * @param type the process manager's, for the sentence
   * @param groups the colony's
   * @param by who is asking
   * @throws BadInputException when this process manager runs none
   */
  public static Companions of(ProcessManager manager, String type, List<String> groups, String by) {
    return manager.capability(RunsCompanions.class).map(able -> new Companions(able, groups, by)).orElseThrow(() ->
        new BadInputException("process manager " + type + " runs no services beside nodes; one with container groups does (wnm --list_managers)"));
  }

  /** What each group has, and how it is doing. */
  public Map<String, GroupCompanions> all() {
    return groups.isEmpty() ? Map.of() : manager.companions(groups);
  }

  /**
   * Those that these names mean.
   *
   * @param asker the option that they follow
   * @param names each GROUP/SERVICE
   * @throws BadInputException when one is no such name
   */
  public CompanionNames named(String asker, List<String> names) {
    CompanionNames.require(asker, names);
    return CompanionNames.resolve(names, all());
  }

  /** Does this to them, one after the other; one that fails holds up no other. Says in the log who wanted it. */
  public Map<CompanionName, CompanionResult> operate(CompanionAction action, List<CompanionName> companions) {
    Map<CompanionName, CompanionResult> results = new LinkedHashMap<>();
    for (CompanionName companion : companions) {
      CompanionResult result = manager.operate(companion, action, by);
      results.put(companion, result);
      LOG.log(System.Logger.Level.INFO, "audit: {0} wanted {1} of {2}: {3}", by, action.verb(), companion,
          result instanceof CompanionResult.Done done ? done.words() : "failed");
    }
    return results;
  }

  /** A part of its log. @throws ManagerUnavailableException when it cannot be had */
  public LogPart log(CompanionName companion, LogRequest request) throws ManagerUnavailableException {
    return manager.log(companion, request);
  }

  /** What it is and what befell it. @throws ManagerUnavailableException when that cannot be had */
  public String explain(CompanionName companion) throws ManagerUnavailableException {
    return manager.explain(companion);
  }

  /** What its processes do for so long. @throws ManagerUnavailableException when that cannot be had */
  public String trace(CompanionName companion, Duration time) throws ManagerUnavailableException {
    return manager.trace(companion, time);
  }
}

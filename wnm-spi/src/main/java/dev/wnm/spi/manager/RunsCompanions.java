package dev.wnm.spi.manager;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs other services beside the nodes of its container groups. Nodes never wait for them; core stores nothing of them, asks
 * only when a person wants to know, and does to them only what a person wants done.
 *
 * <p>Questions start no container and change nothing in one. A group whose container does not run is
 * {@link GroupCompanions.Unknown}.
 */
public interface RunsCompanions extends Capability {
  /**
   * What there is beside the nodes of these groups, and how it is doing; one question for each group.
   *
   * @return an entry for each group, by name
   */
  Map<String, GroupCompanions> companions(List<String> groups);

  /**
   * Does something to one of them, and to no other: what depends on it goes on. Returns when it is done, or has failed.
   *
   * @param by who wants it, in a word, for the container's own record
   */
  CompanionResult operate(CompanionName companion, CompanionAction action, String by);

  /**
   * A part of what one has printed.
   *
   * @throws ManagerUnavailableException when it cannot be had, with why not
   */
  LogPart log(CompanionName companion, LogRequest request) throws ManagerUnavailableException;

  /**
   * What it is, how it is doing, how it ended before and what was done to it: lines for a person.
   *
   * @throws ManagerUnavailableException when that cannot be had, with why not
   */
  String explain(CompanionName companion) throws ManagerUnavailableException;

  /**
   * Watches what its processes do for so long: calls of the system where the image has a tool for that, else what the kernel tells,
   * with a word on what is missing. Lines for a person.
   *
   * @throws ManagerUnavailableException when that cannot be had, with why not
   */
  String trace(CompanionName companion, Duration time) throws ManagerUnavailableException;
}

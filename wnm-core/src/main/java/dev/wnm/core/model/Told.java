package dev.wnm.core.model;

import java.time.Instant;

/**
 * How far somebody who wants to know of events was told of them.
 *
 * @param target who, by a word from which nobody can tell how to reach it
 * @param event the number of the last event that it was told, or that was given up
 * @param delivered how many it was told in all
 * @param lost how many were given up in all
 * @param failures how many tries in a row have failed, 0 after one that did not
 * @param retryAt when to try again after a failure, whole seconds
 */
public record Told(String target, long event, long delivered, long lost, int failures, Instant retryAt) {
  /** One who was told nothing yet. @param event the last event that it need not be told */
  public static Told since(String target, long event) {
    return new Told(target, event, 0, 0, 0, Instant.EPOCH);
  }

  /** The same after it was told an event. */
  public Told delivered(long number) {
    return new Told(target, number, delivered + 1, lost, 0, Instant.EPOCH);
  }

  /** The same after it could not be told an event, and will not be. */
  public Told lost(long number) {
    return new Told(target, number, delivered, lost + 1, failures, retryAt);
  }

  /** The same after an event that it does not want to know of. */
  public Told passed(long number) {
    return new Told(target, number, delivered, lost, failures, retryAt);
  }

  /** The same after a try that failed. */
  public Told failed(Instant next) {
    return new Told(target, event, delivered, lost, failures + 1, next);
  }
}

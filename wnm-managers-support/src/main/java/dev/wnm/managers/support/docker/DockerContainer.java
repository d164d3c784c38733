package dev.wnm.managers.support.docker;

import dev.wnm.managers.support.CrashLoop;
import dev.wnm.spi.model.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container as {@code docker inspect} describes it.
 *
 * @param name its name, without a slash before it
 * @param id Docker's id of it
 * @param image the image that it was made from, as it was named then
 * @param imageId Docker's id of that image
 * @param createdAt when it was made, whole seconds; {@link Instant#EPOCH} when docker's answer cannot be read
 * @param state what it does
 * @param check what its own check says; empty when it has none
 * @param address its IPv4 address, while it runs in a network of its own
 * @param publishesTcp whether it was made with TCP ports of its own on the machine that docker runs on
 * @param labels its labels
 * @param program what it runs: the program and its arguments
 * @param environment its variables, those of its image among them
 * @param memory its limit in bytes; 0 for none
 * @param nanoCpus its limit in billionths of a processor; 0 for none
 * @param pids its limit of threads; 0 for none
 * @param restart the name of its restart policy, such as {@code unless-stopped}
 */
public record DockerContainer(
    String name, String id, String image, String imageId, Instant createdAt, State state, Optional<Check> check,
    Optional<String> address, boolean publishesTcp, Map<String, String> labels, List<String> program, Map<String, String> environment, long memory,
    long nanoCpus, long pids, String restart) {
  public DockerContainer {
    labels = Map.copyOf(labels);
    program = List.copyOf(program);
    environment = Map.copyOf(environment);
  }

  /**
   * What a container does.
   *
   * @param running whether it runs, or waits to be started again by its restart policy
   * @param restarting whether it waits for that
   * @param exitCode how its last run ended; meaningless while it runs
   * @param outOfMemory whether the kernel ended something of its last run that took more than the limit
   * @param error docker's words on the last start that failed; else empty
   * @param pid its first process, on the engine's machine; 0 while it does not run
   * @param startedAt when its last run began; {@link Instant#EPOCH} when there was none
   * @param restarts how often its restart policy started it since somebody last did
   */
  public record State(boolean running, boolean restarting, int exitCode, boolean outOfMemory, String error, long pid,
      Instant startedAt, int restarts) {}

  /**
   * What its own check (HEALTHCHECK) says.
   *
   * @param status {@code starting}, {@code healthy} or {@code unhealthy}
   * @param output what it printed last; may be empty
   * @param verdict how long it takes at most until a container that does not work is found unhealthy
   */
  public record Check(String status, String output, Duration verdict) {}

  /** How long its present run has lasted; meaningless while it does not run. */
  public Duration up(Instant now) {
    return Duration.between(state.startedAt(), now);
  }

  /** Whether it dies again and again, be it up for a moment or not. */
  public boolean isInCrashLoop(Instant now) {
    return state.restarting() || state.running() && CrashLoop.isOn(state.restarts(), up(now));
  }

  public boolean running() {
    return state.running();
  }

  /** Whether it runs: one that its restart policy is about to start again does not, and nothing in it can be asked. */
  public boolean isUp() {
    return state.running() && !state.restarting();
  }

  /** What differs once it was started anew, by whomever. */
  public String life() {
    return id + " " + state.startedAt() + " " + state.restarts();
  }

  /** How its last run ended; meaningless while it runs. */
  public int exitCode() {
    return state.exitCode();
  }

  /** What core records of it. @param recordedName what core knows it by */
  public Container asRecorded(String recordedName) {
    return new Container(Optional.empty(), recordedName, id, image, running(), createdAt);
  }
}

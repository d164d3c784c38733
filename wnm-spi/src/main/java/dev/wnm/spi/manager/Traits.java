package dev.wnm.spi.manager;

import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import java.util.Optional;
import java.util.Set;

/**
 * How core is to drive a back end, as far as that is data. Start from {@link #USUAL}: so a part that is added later breaks no
 * back end.
 *
 * @param numbering how node ids are given out
 * @param concurrency how many operations may run at once
 * @param binaries where nodes get their binaries from
 * @param programs the names of the programs that it can run; empty for any
 */
public record Traits(Numbering numbering, Concurrency concurrency, Binaries binaries, Set<String> programs) {
  /** The lowest free id, as many operations at once as the limits allow, binaries of this machine. */
  public static final Traits USUAL = new Traits(Numbering.HOLE_FILLING, Concurrency.PARALLEL, new Binaries.OfMachine(), Set.of());

  public Traits {
    programs = Set.copyOf(programs);
  }

  /** The same with ids given out so. */
  public Traits with(Numbering other) {
    return new Traits(other, concurrency, binaries, programs);
  }

  /** The same with so many operations at once. */
  public Traits with(Concurrency other) {
    return new Traits(numbering, other, binaries, programs);
  }

  /** The same with binaries from there. */
  public Traits with(Binaries other) {
    return new Traits(numbering, concurrency, other, programs);
  }

  /** The same for nodes of this program only. */
  public Traits running(NodeProgram only) {
    return new Traits(numbering, concurrency, binaries, Set.of(only.name()));
  }

  /** Whether it can run nodes of this program. */
  public boolean isFor(NodeProgram program) {
    return programs.isEmpty() || programs.contains(program.name());
  }

  /** How node ids are given out. */
  public enum Numbering {
    /** The lowest free id; with {@link HostsGroups}, the lowest free id in the least loaded group's block. */
    HOLE_FILLING,
    /** Never an id twice until a teardown. */
    MONOTONIC
  }

  /** How many operations may run at once (never two on one node). */
  public enum Concurrency {
    /** One at a time. */
    SERIAL,
    /** One at a time in each container, and among the nodes that live in none. */
    PER_GROUP,
    /** As many as the limits allow. */
    PARALLEL
  }

  /** Where nodes get their binaries from. */
  public sealed interface Binaries {
    /** A copy of {@link NodeSpec#source()}, which must be there. */
    record OfMachine() implements Binaries {}

    /**
     * The back end fetches it; {@link NodeSpec#source()} may be missing.
     *
     * @param version what new and upgraded nodes get, where that is known beforehand
     */
    record Fetched(Optional<Version> version) implements Binaries {}
  }
}

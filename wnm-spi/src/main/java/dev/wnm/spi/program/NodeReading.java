package dev.wnm.spi.program;

import dev.wnm.spi.model.Version;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the files of a running node told in one look. What they did not tell is not in it, which is not the same as 0. Make one with
 * {@link #at} and the methods that follow, which a further part leaves as they are.
 *
 * @param figures what was told since the last look
 * @param version the version that runs
 * @param position how far its log was read
 * @param startedAnew whether it was seen to have started since the last look: what was told before is of another process
 * @param silence why it is taken not to be well though its process runs, for a sentence; empty when nothing speaks against it
 */
public record NodeReading(Map<NodeFigure, Long> figures, Optional<Version> version, LogPosition position,
    boolean startedAnew, Optional<String> silence) {
  public NodeReading {
    figures = Map.copyOf(figures);
    Objects.requireNonNull(position, "position");
  }

  /** Nothing was told. */
  public static NodeReading at(LogPosition position) {
    return new NodeReading(Map.of(), Optional.empty(), position, false, Optional.empty());
  }

  public NodeReading withFigures(Map<NodeFigure, Long> newFigures) {
    return new NodeReading(newFigures, version, position, startedAnew, silence);
  }

  public NodeReading withVersion(Optional<Version> newVersion) {
    return new NodeReading(figures, newVersion, position, startedAnew, silence);
  }

  public NodeReading withStartedAnew(boolean isNew) {
    return new NodeReading(figures, version, position, isNew, silence);
  }

  public NodeReading withSilence(Optional<String> why) {
    return new NodeReading(figures, version, position, startedAnew, why);
  }
}

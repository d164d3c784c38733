package dev.wnm.core.model;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What graphs show of a machine beside its nodes; each empty where it is not known.
 *
 * @param storageMebibytes what lies in all storages of nodes, in MiB (2^20 bytes) on disk, cut off
 * @param diskPercent 0 to 100: how full the fullest file system is that holds nodes, rounded up as {@code df} does
 * @param latencyMillis mean time that a packet takes to the host named for it and back
 */
public record MachineUse(OptionalLong storageMebibytes, OptionalLong diskPercent, OptionalDouble latencyMillis) {
  /** Nothing is known. */
  public static final MachineUse UNKNOWN = new MachineUse(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty());
}

package dev.wnm.core.doctor;

import dev.wnm.core.model.Check;
import java.util.List;
import java.util.stream.Stream;

/** Checks everything that wnm needs, and changes nothing. */
public final class Doctor {
  private Doctor() {}

  /** What was found, from the machine to wnm itself. Asks programs, and takes some seconds where one does not answer. */
  public static List<Check> examine(Patient patient) {
    return Stream.of(new MachineChecks(patient).all(), new ManagerChecks(patient).all(), new NodeChecks(patient).all(),
        new OwnChecks(patient).all()).flatMap(List::stream).toList();
  }
}

package dev.wnm.managers.s6overlay.supervisord;

import java.util.ArrayList;
import java.util.List;

/** What the operator has to know of a conversion. Grows while it is made; holds no values, which may be secrets. */
final class Findings {
  /**
   * @param where file and line
   * @param what section and option
   * @param why what became of it
   * @param remedy what to do; empty where nothing is to be done
   */
  record Finding(String where, String what, String why, String remedy) {}

  private final List<Finding> without = new ArrayList<>();
  private final List<Finding> notes = new ArrayList<>();

  /** Something that has no equivalent. */
  void without(Place place, String what, String why, String remedy) {
    add(without, new Finding(place.brief(), what, why, remedy));
  }

  /** Something that was converted, and works differently. */
  void note(Place place, String what, String how) {
    add(notes, new Finding(place.brief(), what, how, ""));
  }

  private static void add(List<Finding> findings, Finding finding) {
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }

  List<Finding> without() {
    return List.copyOf(without);
  }

  List<Finding> notes() {
    return List.copyOf(notes);
  }
}

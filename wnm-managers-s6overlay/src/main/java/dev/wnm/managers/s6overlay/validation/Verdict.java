package dev.wnm.managers.s6overlay.validation;

import java.util.List;

/**
 * What became of a look at a tree of services.
 *
 * @param findings what is wrong, in the order of the files
 * @param notLookedAt what only an image could tell, when none was named
 * @param judges who compared the sources with the rules: always those of s6-rc-compile as wnm has them, and the programs that did
 */
public record Verdict(int services, int bundles, List<Finding> findings, List<String> notLookedAt, List<String> judges) {
  public Verdict {
    findings = List.copyOf(findings);
    notLookedAt = List.copyOf(notLookedAt);
    judges = List.copyOf(judges);
  }

  /** Whether nothing is wrong with what was looked at. */
  public boolean isGood() {
    return findings.isEmpty();
  }

  /** The counts, in one line. */
  public String counts() {
    return counted(services, "service") + ", " + counted(bundles, "bundle") + ": " + (findings.isEmpty() ? "nothing" : String.valueOf(findings.size()))
        + " wrong" + (notLookedAt.isEmpty() ? "" : ", " + notLookedAt.size() + " not looked at") + " (by "
        + String.join(", ", judges) + ")";
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}

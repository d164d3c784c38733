package dev.wnm.core.model;

import java.util.regex.Pattern;

/** Tells whether two reports are of one cause: their paths, addresses, ids and numbers are those of each node and each time. */
public final class Cause {
  private static final Pattern PATH = Pattern.compile("(?<![\\w.])(?:~|\\.{1,2})?(?:/[^\\s/'\"`;:,()\\[\\]{}<>]+)+/?");
  private static final Pattern ID = Pattern.compile("\\b(?:0x[0-9a-fA-F]+|[0-9a-fA-F]{16,}|12D3Koo\\w+|Qm\\w{20,}|antnode\\d+\\w*)\\b");
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,:]\\d+)*");

  private Cause() {}

  /** A text that is the same for the same cause. */
  public static String kind(String report) {
    String withoutPaths = PATH.matcher(report.replaceAll("[\\s\\p{Cntrl}]+", " ")).replaceAll("/…");
    String withoutIds = ID.matcher(withoutPaths).replaceAll("…");
    return NUMBER.matcher(withoutIds).replaceAll("#").strip();
  }
}

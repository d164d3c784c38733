package dev.wnm.core.config;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who is told of events.
 *
 * @param all each once
 */
public record NotifyTargets(List<NotifyTarget> all) {
  /** More have to be told by a program of the operator's own. */
  public static final int MOST = 8;
  /** A comma is part of an address, too: it ends one only where the next one can begin. */
  private static final Pattern BETWEEN = Pattern.compile(",\\s*(?=/|(?i)https?://)");

  /** @throws IllegalArgumentException when there are more than {@link #MOST} */
  public NotifyTargets {
    all = all.stream().distinct().toList();
    if (all.size() > MOST) {
      throw new IllegalArgumentException("must name " + MOST + " targets at most");
    }
  }

  /** @throws IllegalArgumentException when one is none; the message does not show it */
  static NotifyTargets read(String text) {
    return new NotifyTargets(Arrays.stream(BETWEEN.split(text.strip())).map(each -> NotifyTarget.read(each.strip())).toList());
  }

  /** Their names, which do not tell how to reach them. */
  @Override
  public String toString() {
    return all.stream().map(NotifyTarget::name).collect(Collectors.joining(","));
  }
}

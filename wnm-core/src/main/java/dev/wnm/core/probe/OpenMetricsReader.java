package dev.wnm.core.probe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits OpenMetrics text into lines as it comes in and hands on the samples of the dozen series that are heeded; comments and
 * the hundreds of other lines cost a look at their first bytes, and no text is made of them.
 */
final class OpenMetricsReader implements HttpResponse.Sink {
  private static final byte[] OURS = "ant_".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "# EOF".getBytes(StandardCharsets.US_ASCII);
  /** A longer line is no sample that we know, and is dropped. */
  private static final int LINE_LIMIT = 8_192;

  private final NodeAnswer answer;
  /** The beginning of a line whose end has not come yet. */
  private byte[] cut = new byte[0];
  private boolean whole;

  OpenMetricsReader(NodeAnswer answer) {
    this.answer = answer;
  }

  @Override
  public void accept(byte[] bytes, int from, int to) {
    answer.remember(bytes, from, to);
    int at = from;
    for (int end = lineEnd(bytes, at, to); end < to; end = lineEnd(bytes, at, to)) {
      if (cut.length == 0) {
        line(bytes, at, end);
      } else {
        keep(bytes, at, end);
        line(cut, 0, cut.length);
        cut = new byte[0];
      }
      at = end + 1;
    }
    keep(bytes, at, to);
  }

  @Override
  public boolean isWhole() {
    // Its last line may lack a line end.
    return whole || startsWith(END, cut, 0, cut.length);
  }

  private void keep(byte[] bytes, int from, int to) {
    int count = Math.min(to - from, LINE_LIMIT + 1 - cut.length);
    if (count > 0) {
      int used = cut.length;
      cut = Arrays.copyOf(cut, used + count);
      System.arraycopy(bytes, from, cut, used, count);
    }
  }

  private void line(byte[] bytes, int from, int to) {
    if (whole || to - from > LINE_LIMIT) {
      return;
    }
    if (startsWith(OURS, bytes, from, to) && NodeAnswer.heeds(bytes, from, to)) {
      Sample.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8)).ifPresent(answer::accept);
    } else if (startsWith(END, bytes, from, to)) {
      whole = true;
    }
  }

  /** Where the next line end is, {@code to} when there is none: nearly all of a survey's own time is spent here. */
  private static int lineEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static boolean startsWith(byte[] prefix, byte[] bytes, int from, int to) {
    return to - from >= prefix.length && bytes[from] == prefix[0]
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }
}

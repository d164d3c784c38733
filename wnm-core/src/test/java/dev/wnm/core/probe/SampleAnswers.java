package dev.wnm.core.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a node answers, as in this package's resources. */
public final class SampleAnswers {
  private SampleAnswers() {}

  public static String metadata() {
    return resource("metadata.txt");
  }

  public static String metrics() {
    return resource("metrics.txt");
  }

  /** The metrics among as many lines of other libraries as a real node sends: about 47 KB in all. */
  public static String fullSizeMetrics() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < 42_000; i++) {
      text.append("libp2p_kad_query_result_num_requests_bucket{le=\"").append(i).append(".0\",type=\"GetClosestPeers\"} 39\n");
    }
    return text + metrics();
  }

  private static String resource(String name) {
    try (InputStream in = SampleAnswers.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

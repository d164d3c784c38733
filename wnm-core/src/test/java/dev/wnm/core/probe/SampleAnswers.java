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

  private static String resource(String name) {
    try (InputStream in = SampleAnswers.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

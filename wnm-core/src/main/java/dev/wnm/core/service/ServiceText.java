package dev.wnm.core.service;

import java.util.Objects;

/**
 * What is written to have wnm run.
 *
 * @param place the file, or {@code crontab}
 * @param text what comes to stand there
 */
public record ServiceText(String place, String text) {
  /** What a text begins with, or a line ends with, by which wnm knows again what it has written. */
  static final String MARK = "Written by wnm install_service";

  public ServiceText {
    Objects.requireNonNull(place);
    Objects.requireNonNull(text);
  }
}

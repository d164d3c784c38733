package dev.wnm.core.config;

import dev.wnm.spi.config.BadInputException;
import java.util.List;
import java.util.Optional;

/** Writes lines of config files. The format has no way to escape, so each line is tried on {@link ConfigFileReader}. */
public final class ConfigFileWriter {
  private ConfigFileWriter() {}

  /**
   * The line {@code key=value} that gives an option the value it has in {@code settings}.
   *
   * @param text the value, as the option reads it
   * @param quoted whether it is to stand in quotes even where it needs none
   * @return empty when the option has no value or no line gives it: a text with both kinds of quotes and a {@code #} or
   *     {@code ;}, say, or a path with a {@code $}
   */
  public static Optional<String> line(Settings settings, Option<?> option, String text, boolean quoted) {
    List<String> ways = List.of(quoted ? '"' + text + '"' : text, '"' + text + '"', "'" + text + "'");
    return ways.stream()
        .map(way -> option.name() + "=" + way)
        .filter(line -> readsBack(settings, option, line))
        .findFirst();
  }

  private static boolean readsBack(Settings settings, Option<?> option, String line) {
    try {
      return new ConfigFileReader(settings.registry()).readLine(line, Origin.line("config", 1))
          .filter(given -> given.option().equals(option))
          .map(given -> option.read(given.text(), given.origin(), settings.platform()).value())
          .equals(settings.setting(option).map(Setting::value));
    } catch (BadInputException e) {
      return false;
    }
  }
}

package dev.wnm.core.config;

import java.util.List;

/**
 * Options that belong together.
 *
 * @param title what they are for
 * @param options in the order in which help shows them
 */
public record OptionGroup(String title, List<Option<?>> options) {
  public OptionGroup {
    options = List.copyOf(options);
  }
}

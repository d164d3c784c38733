package dev.wnm.managers.antdaemon;

import dev.wnm.spi.manager.ManagerOption;
import java.nio.file.Path;
import java.util.List;

/** The options of this back end's own. */
final class AntdaemonOptions {
  static final ManagerOption<Path> PATH = ManagerOption.path("ant_path").initially("~/.local/bin/ant").decidesAvailability()
      .help("The ant binary, for antdaemon+user, which starts its daemon where none runs.");

  private AntdaemonOptions() {}

  static List<ManagerOption<?>> all() {
    return List.of(PATH);
  }
}

package dev.wnm.managers.antctl;

import dev.wnm.managers.support.docker.DockerOptions;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.util.List;

/** The options of antctl's own. */
final class AntctlOptions {
  static final ManagerOption<Path> PATH = ManagerOption.path("antctl_path").initially("~/.local/bin/antctl").decidesAvailability()
      .help("The antctl binary, for the antctl process managers.");
  static final ManagerOption<Boolean> DEBUG = ManagerOption.flag("antctl_debug").help("Run antctl with --debug.");
  static final ManagerOption<Version> VERSION = ManagerOption.parsed("antctl_version", Version.class, "VERSION",
      "a version such as 0.4.17", Version::parse, Version::text).clearable()
      .help("The antnode version that antctl adds and upgrades to; empty for the newest.");
  static final ManagerOption<ManagerOption.Names> CONTAINERS = ManagerOption.names("antctl_containers", "NAMES",
      "container names separated by commas", DockerOptions.CONTAINER_NAME).clearable().decidesAvailability()
      .help("Docker containers, each with an antctl of its own, in which new nodes are made.");
  static final ManagerOption<String> BACKTRACE = ManagerOption.choice("rust_backtrace", "WORD", List.of("0", "1", "full"))
      .forThisRun().help("RUST_BACKTRACE for antctl.");

  private AntctlOptions() {}

  static List<ManagerOption<?>> all() {
    return List.of(PATH, DEBUG, VERSION, CONTAINERS, BACKTRACE, DockerOptions.PATH);
  }
}

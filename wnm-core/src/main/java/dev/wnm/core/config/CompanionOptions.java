package dev.wnm.core.config;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** Other daemons beside the nodes, on their way from supervisord to s6-overlay. */
interface CompanionOptions {
  Option<Path> CONVERT_SUPERVISORD = Option.path("convert_supervisord").scope(Scope.ONCE)
      .help("Turn this supervisord.conf into a tree of s6-overlay services in --output_dir, and say what became of what.");
  Option<Path> OUTPUT_DIR = Option.path("output_dir").scope(Scope.ONCE)
      .heededBy(EnumSet.of(RunMode.CONVERT_SUPERVISORD, RunMode.DOCKERFILE))
      .help("The folder that --convert_supervisord or --dockerfile makes; it must not be there yet, or be empty.");
  Option<String> DEPENDS = Option.text("depends", ValueType.text("PAIRS", "pairs LATER:EARLIER separated by commas",
      pairs -> true)).scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.CONVERT_SUPERVISORD))
      .help("With --convert_supervisord: which service starts after which, instead of by priority, such as"
          + " consul-template:consul,caddy:consul-template.");
  Option<String> READY = Option.text("ready", ValueType.text("CHECKS", "NAME=CHECK separated by commas", checks -> true))
      .scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.CONVERT_SUPERVISORD))
      .help("With --convert_supervisord: what must hold before later services start, such as"
          + " consul=tcp:8500,web=http://127.0.0.1/,db=script:/opt/is-up.");
  Option<Path> COMPANIONS = Option.path("companions").scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.DOCKERFILE))
      .help("With --dockerfile and --output_dir: a tree of services, such as --convert_supervisord makes, that goes into the"
          + " image.");

  OptionGroup COMPANION_SERVICES = new OptionGroup("Moving companions over from supervisord",
      List.of(CONVERT_SUPERVISORD, OUTPUT_DIR, DEPENDS, READY, COMPANIONS));
}

package dev.wnm.core.config;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** Other daemons beside the nodes, on their way from supervisord to s6-overlay, and what they are to have there. */
interface CompanionOptions {
  Option<Path> CONVERT_SUPERVISORD = Option.path("convert_supervisord").scope(Scope.ONCE)
      .help("Turn this supervisord.conf into a tree of s6-overlay services in --output_dir, and say what became of what.");
  Option<Path> OUTPUT_DIR = Option.path("output_dir").scope(Scope.ONCE)
      .heededBy(EnumSet.of(RunMode.CONVERT_SUPERVISORD, RunMode.DOCKERFILE))
      .help("The folder that --convert_supervisord or --dockerfile makes; it must not be there yet, or be empty.");
  Option<String> DEPENDS = wish("depends", "PAIRS", "pairs LATER:EARLIER separated by commas",
      "which service starts after which, instead of by priority, such as consul-template:consul,caddy:consul-template.");
  Option<String> READY = wish("ready", "CHECKS", "NAME=CHECK separated by commas",
      "what must hold before later services start, such as consul=tcp:8500,web=http://127.0.0.1/,db=script:/opt/is-up.");
  Option<String> NEEDS = wish("needs", "CHECKS", "NAME=CHECK separated by commas",
      "what a service waits for before it starts, and may lose later, such as"
          + " caddy=tcp:consul:8500,consul=net:default-route.");
  Option<Integer> NEEDS_SECONDS = Option.integer("needs_seconds", 1, 3_600).initially(120).scope(Scope.ONCE)
      .heededBy(EnumSet.of(RunMode.CONVERT_SUPERVISORD))
      .help("With --convert_supervisord: how long a service waits for what --needs says, in seconds.");
  Option<String> ON_LOSS = wish("on_loss", "WORDS", "NAME=restart, NAME=stop or NAME=leave separated by commas",
      "what becomes of a service that loses what it needs: left as it is (when nothing is said), restarted, or stopped until that is"
          + " back, such as caddy=restart.");
  Option<String> HEALTH = wish("health", "CHECKS", "NAME=CHECK[;interval=S][;timeout=S][;retries=N] separated by commas",
      "what must hold while a service runs; one that is ill is restarted, such as"
          + " 'caddy=http://127.0.0.1/health;interval=10;retries=3'.");
  Option<String> LIMITS = wish("limits", "LIMITS", "NAME=LIMITS separated by commas",
      "what a service may use: memory, cpu, io_weight, io_read, io_write, nofile, processes, such as"
          + " caddy=memory:200M,cpu:0.5,nofile:4096.");
  Option<String> SERVICE_USER = wish("service_user", "ACCOUNTS", "NAME=ACCOUNT separated by commas",
      "the account that a service runs as, instead of the file's.");
  Option<String> CAPABILITIES = wish("capabilities", "SETS", "NAME=none or NAME=CAPABILITIES separated by commas",
      "the capabilities that a service keeps; all others are dropped, such as caddy=net_bind_service,consul=none.");
  Option<String> READ_ONLY = wish("read_only", "PATHS", "NAME=/PATH separated by commas",
      "what a service may read and not change, such as caddy=/etc.");
  Option<String> LOG_FORMAT = wish("log_format", "FORMAT", "json, text, NAME=json or NAME=text separated by commas",
      "lines of logs as they come (text), or each as a JSON object with time, service, stream and line.");
  Option<String> LOG_GROUP = wish("log_group", "GROUP", "GROUP or NAME=GROUP separated by commas",
      "the group, beside root, that alone may read a service's log folder.");
  Option<String> MASK = wish("mask", "VARIABLES", "NAME=VARIABLE separated by commas",
      "environment variables whose values do not get into a service's log, such as caddy=API_TOKEN.");
  Option<String> FORWARD = wish("forward", "TARGET", "output, file:/PATH, syslog+udp://HOST, syslog+tcp://HOST or syslog+tls://HOST",
      "where the lines of all services are collected.");
  Option<String> BEFORE_STOP = wish("before_stop", "COMMANDS", "NAME=COMMAND separated by commas",
      "a command that is run before a service is stopped, such as 'consul=consul leave'.");
  Option<String> RELOAD_COMMAND = wish("reload_command", "COMMANDS", "NAME=COMMAND separated by commas",
      "what makes a service read its configuration anew; HUP when nothing is said.");
  Option<Path> COMPANIONS = Option.path("companions").scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.DOCKERFILE))
      .help("With --dockerfile and --output_dir: a tree of services, such as --convert_supervisord makes, that goes into the"
          + " image.");
  Option<Path> VALIDATE = Option.path("validate").scope(Scope.ONCE)
      .help("Look at a tree of services, such as --convert_supervisord makes: what s6-rc would refuse, and with --image what the image"
          + " lacks.");
  Option<String> IMAGE = Option.text("image", ValueType.text("NAME", "the name of an image that Docker has here", name -> true))
      .scope(Scope.ONCE).heededBy(EnumSet.of(RunMode.VALIDATE))
      .help("With --validate: the image that the tree is for; one container of it is started, without a network, and removed.");

  OptionGroup COMPANION_SERVICES = new OptionGroup("Moving companions over from supervisord",
      List.of(CONVERT_SUPERVISORD, OUTPUT_DIR, DEPENDS, READY, NEEDS, NEEDS_SECONDS, ON_LOSS, HEALTH, LIMITS, SERVICE_USER, CAPABILITIES,
          READ_ONLY, LOG_FORMAT, LOG_GROUP, MASK, FORWARD, BEFORE_STOP, RELOAD_COMMAND, COMPANIONS,
          VALIDATE, IMAGE));

  /** What the module that converts reads itself: its sentences name the service. */
  private static Option<String> wish(String name, String placeholder, String form, String help) {
    return Option.text(name, ValueType.text(placeholder, form, text -> true)).scope(Scope.ONCE)
        .heededBy(EnumSet.of(RunMode.CONVERT_SUPERVISORD)).help("With --convert_supervisord: " + help);
  }
}

/** What a process manager back end offers to wnm, what it is given, and what it reports. */
@SuppressWarnings("module") // those that internal packages are opened to are built after this one
module dev.wnm.spi {
  requires jdk.security.auth;
  requires static transitive org.jspecify;

  exports dev.wnm.spi.command;
  exports dev.wnm.spi.config;
  exports dev.wnm.spi.manager;
  exports dev.wnm.spi.model;
  exports dev.wnm.spi.program;

  uses dev.wnm.spi.program.NodeProgram;

  exports dev.wnm.spi.internal to dev.wnm.core, dev.wnm.web, dev.wnm.managers.nativeos, dev.wnm.managers.support;
  exports dev.wnm.spi.internal.files to
      dev.wnm.core, dev.wnm.managers.antctl, dev.wnm.managers.antdaemon, dev.wnm.managers.nativeos, dev.wnm.managers.s6overlay,
      dev.wnm.managers.support;
  exports dev.wnm.spi.internal.trust to
      dev.wnm.core, dev.wnm.managers.antctl, dev.wnm.managers.antdaemon, dev.wnm.managers.support, dev.wnm.runner, dev.wnm.testkit;
}

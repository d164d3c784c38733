/** What a process manager back end offers to wnm, what it is given, and what it reports. */
module dev.wnm.spi {
  requires jdk.security.auth;
  requires static transitive org.jspecify;

  exports dev.wnm.spi.command;
  exports dev.wnm.spi.config;
  exports dev.wnm.spi.manager;
  exports dev.wnm.spi.model;
}

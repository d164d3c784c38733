package dev.wnm.core.service;

import dev.wnm.core.config.ServiceKind;
import dev.wnm.spi.command.CommandFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Who may start wnm on this machine. */
interface ServiceHost {
  /** The kind of service that it has. */
  ServiceKind kind();

  /** Why it cannot be used here, in a sentence; empty where it can. */
  Optional<String> obstacle();

  /** What is written for an order. */
  List<ServiceText> texts(ServiceOrder order);

  /** What of this order's name stands in its place and is not wnm's, in a sentence; empty where nothing does. */
  Optional<String> stranger(String name) throws IOException, CommandFailedException;

  /** Where wnm has written a service of this name; empty where it has none. */
  Optional<String> installed(String name) throws IOException, CommandFailedException;

  /**
   * Writes and starts it; what is there already is brought up to date.
   *
   * @return what an operator should know, a sentence each
   */
  List<String> install(ServiceOrder order) throws IOException, CommandFailedException;

  /** Stops and deletes what wnm has written under this name. */
  void uninstall(String name) throws IOException, CommandFailedException;
}

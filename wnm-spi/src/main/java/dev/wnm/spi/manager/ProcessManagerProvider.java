package dev.wnm.spi.manager;

import java.util.List;

/**
 * Makes process managers; found by {@link java.util.ServiceLoader}, so an implementation is a public class with a public
 * constructor without parameters, named in {@code META-INF/services/dev.wnm.spi.manager.ProcessManagerProvider}. Every run of
 * wnm makes every provider: its constructor, {@link #types} and {@link #options} must cost nothing.
 */
public interface ProcessManagerProvider {
  /** The types it serves. Never empty. */
  List<ManagerType> types();

  /** The options that it brings, for its types alone or shared with other providers, in the order in which help shows them. */
  default List<ManagerOption<?>> options() {
    return List.of();
  }

  /** Whether a type of {@link #types()} can work on this machine, and if not what an operator can do about it. */
  Availability availability(String type, ManagerContext context);

  /** Makes the manager of a type of {@link #types()}; called only when it is available. */
  ProcessManager create(String type, ManagerContext context);
}

package dev.wnm.spi.manager;

import java.util.List;

/**
 * Makes process managers; found by {@link java.util.ServiceLoader}, so an implementation is a public class with a public
 * constructor without parameters, named in {@code META-INF/services/dev.wnm.spi.manager.ProcessManagerProvider}.
 */
public interface ProcessManagerProvider {
  /** The types it serves, such as {@code setsid+user}: the back end's name, {@code +}, the mode. Never empty. */
  List<String> types();

  /** Whether a type of {@link #types()} can work on this machine, and if not what an operator can do about it. */
  Availability availability(String type, ManagerContext context);

  /** Makes the manager of a type of {@link #types()}; called only when it is available. */
  ProcessManager create(String type, ManagerContext context);
}

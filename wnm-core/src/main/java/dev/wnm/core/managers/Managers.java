package dev.wnm.core.managers;

import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.ProcessManager;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The process managers of one run, each made once. A colony may hold nodes of several types. */
public final class Managers {
  private final ManagerRegistry registry;
  private final ManagerContext context;
  private final String mainType;
  private final ProcessManager main;
  private final Map<String, ProcessManager> made = new ConcurrentHashMap<>();

  /**
   * @param mainType the type that new nodes get
   * @throws ManagerUnavailableException when that one is missing or cannot work here
   */
  public Managers(ManagerRegistry registry, ManagerContext context, String mainType) throws ManagerUnavailableException {
    this.registry = registry;
    this.context = context;
    this.mainType = mainType;
    main = registry.create(mainType, context);
    made.put(mainType, main);
  }

  public String mainType() {
    return mainType;
  }

  /** The firewall that all of them work with. */
  public Firewall firewall() {
    return context.firewall();
  }

  /** The one that new nodes get. */
  public ProcessManager main() {
    return main;
  }

  /** Tells the types of rows that name theirs in part. */
  public ManagerTypes types() {
    return new ManagerTypes(registry.types());
  }

  /** Whether the one of this type can work here. */
  public boolean isUsable(String type) {
    return !(of(type) instanceof UnusableManager);
  }

  /** The one of this type; where it cannot work, one that says so to whatever is asked of it. */
  public ProcessManager of(String type) {
    return made.computeIfAbsent(type, name -> {
      try {
        return registry.create(name, context);
      } catch (ManagerUnavailableException e) {
        return new UnusableManager(e.getMessage());
      }
    });
  }
}

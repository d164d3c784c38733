package dev.wnm.core.managers;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * The process managers that were found. Discovery only lists; which one is used is always named by its type.
 *
 * <p>Immutable.
 */
public final class ManagerRegistry {
  private final Map<String, Entry> byType;
  private final List<String> problems;

  /** One type that was found. */
  public static final class Entry {
    private final String type;
    private final ProcessManagerProvider provider;
    private final String source;
    private final CallLimits limits;

    private Entry(String type, ProcessManagerProvider provider, String source, CallLimits limits) {
      this.type = type;
      this.provider = provider;
      this.source = source;
      this.limits = limits;
    }

    /** Such as {@code setsid+user}. */
    public String type() {
      return type;
    }

    /** The jar or folder it came from. */
    public String source() {
      return source;
    }

    /** Whether it can work on this machine; one that cannot even say so cannot. */
    public Availability availability(ManagerContext context) {
      try {
        return Border.run(name(), "availability", limits.loading(), limits.grace(),
            () -> Whole.checked(provider.availability(type, context)));
      } catch (ManagerUnavailableException | Border.BrokenCallException broken) {
        return new Availability.Unavailable(Border.sentence(broken));
      }
    }

    private ProcessManager create(ManagerContext context) throws ManagerUnavailableException {
      try {
        return GuardedManager.of(Border.run(name(), "create", limits.loading(), limits.grace(),
            () -> Whole.checked(provider.create(type, context))), name(), limits);
      } catch (Border.BrokenCallException broken) {
        throw new ManagerUnavailableException(broken.getMessage());
      }
    }

    private String name() {
      return "process manager " + type + " of " + source;
    }
  }

  private ManagerRegistry(Map<String, Entry> byType, List<String> problems) {
    this.byType = byType;
    this.problems = List.copyOf(problems);
  }

  /** Those of the class path, and those in the jars of a plug-in folder that may be missing. */
  public static ManagerRegistry discover(Path pluginFolder) {
    return discover(pluginFolder, CallLimits.USUAL);
  }

  /** The same with other limits. */
  public static ManagerRegistry discover(Path pluginFolder, CallLimits limits) {
    Loading loading = new Loading(limits);
    loading.addAll(ServiceLoader.load(ProcessManagerProvider.class, ManagerRegistry.class.getClassLoader()).stream().iterator());
    PluginFolder plugins = PluginFolder.open(pluginFolder);
    plugins.providers().forEach(found -> loading.add(found.jar().toString(), found::make));
    loading.problems.addAll(0, plugins.problems());
    return new ManagerRegistry(loading.byType, loading.problems);
  }

  /** Exactly these. */
  public static ManagerRegistry of(Collection<? extends ProcessManagerProvider> providers) {
    return of(providers, CallLimits.USUAL);
  }

  /** The same with other limits. */
  public static ManagerRegistry of(Collection<? extends ProcessManagerProvider> providers, CallLimits limits) {
    Loading loading = new Loading(limits);
    providers.forEach(provider -> loading.add(sourceOf(provider.getClass()), () -> provider));
    return new ManagerRegistry(loading.byType, loading.problems);
  }

  /** Every type found, by name. */
  public List<Entry> entries() {
    return List.copyOf(byType.values());
  }

  /** What went wrong while looking: broken providers and types that two providers claim, a sentence each. */
  public List<String> problems() {
    return problems;
  }

  /**
   * The provider of a type.
   *
   * @throws ManagerUnavailableException when there is none; the message lists what there is
   */
  public Entry require(String type) throws ManagerUnavailableException {
    Entry entry = byType.get(type);
    if (entry == null) {
      throw new ManagerUnavailableException("no process manager '" + type + "'; found "
          + (byType.isEmpty() ? "none" : String.join(", ", byType.keySet())));
    }
    return entry;
  }

  /**
   * Makes the manager of a type that is able to work here. It keeps the contract of {@link ProcessManager}, whatever the one
   * behind it does.
   *
   * @throws ManagerUnavailableException when there is none, or it cannot work on this machine
   */
  public ProcessManager create(String type, ManagerContext context) throws ManagerUnavailableException {
    Entry entry = require(type);
    Availability availability = entry.availability(context);
    if (availability instanceof Availability.Unavailable unavailable) {
      throw new ManagerUnavailableException("process manager " + type + " cannot work here: " + unavailable.reason());
    }
    return entry.create(context);
  }

  /** Takes providers one by one: a broken one must not hide the others. */
  private static final class Loading {
    final Map<String, Entry> byType = new TreeMap<>();
    final List<String> problems = new ArrayList<>();
    final CallLimits limits;

    Loading(CallLimits limits) {
      this.limits = limits;
    }

    /** Those of the class path, where finding the next one may fail, too. */
    void addAll(Iterator<ServiceLoader.Provider<ProcessManagerProvider>> found) {
      while (true) {
        try {
          if (!found.hasNext()) {
            return;
          }
          ServiceLoader.Provider<ProcessManagerProvider> next = found.next();
          add(sourceOf(next.type()), next::get);
        } catch (ServiceConfigurationError | LinkageError broken) {
          problems.add("a process manager could not be loaded: " + broken);
        }
      }
    }

    private record Loaded(ProcessManagerProvider provider, List<String> types) {}

    void add(String source, Callable<ProcessManagerProvider> maker) {
      try {
        Loaded loaded = Border.run("the process manager of " + source, "types", limits.loading(), limits.grace(), () -> {
          ProcessManagerProvider provider = maker.call();
          return new Loaded(provider, Whole.checked(List.copyOf(provider.types())));
        });
        loaded.types().forEach(type -> add(new Entry(type, loaded.provider(), source, limits)));
      } catch (ManagerUnavailableException | Border.BrokenCallException broken) {
        problems.add("a process manager is left out: " + broken.getMessage());
      }
    }

    private void add(Entry entry) {
      Entry first = byType.putIfAbsent(entry.type(), entry);
      if (first != null) {
        problems.add("process manager " + entry.type() + " of " + entry.source() + " is ignored: " + first.source()
            + " has one of that name");
      }
    }
  }

  private static String sourceOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return source == null ? "the Java runtime" : Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      return source.getLocation().toString();
    }
  }
}

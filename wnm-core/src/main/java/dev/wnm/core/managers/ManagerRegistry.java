package dev.wnm.core.managers;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The process managers that were found, and the options of these and of the node programs. Discovery only lists; which process
 * manager is used is always named by its type.
 *
 * <p>Immutable.
 */
@API(status = API.Status.STABLE)
public final class ManagerRegistry {
  private final Map<String, Entry> byType;
  private final List<ManagerOption<?>> options;
  private final List<String> problems;

  /** One type that was found. */
  public static final class Entry {
    private final ManagerType type;
    private final ProcessManagerProvider provider;
    private final String source;
    private final CallLimits limits;

    private Entry(ManagerType type, ProcessManagerProvider provider, String source, CallLimits limits) {
      this.type = type;
      this.provider = provider;
      this.source = source;
      this.limits = limits;
    }

    /** Such as {@code setsid+user}. */
    public String type() {
      return type.name();
    }

    /** What its provider says of it. */
    public ManagerType declared() {
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
            () -> Whole.checked(provider.availability(type.name(), context)));
      } catch (ManagerUnavailableException | Border.BrokenCallException broken) {
        return new Availability.Unavailable(Border.sentence(broken));
      }
    }

    private ProcessManager create(ManagerContext context) throws ManagerUnavailableException {
      try {
        return GuardedManager.of(Border.run(name(), "create", limits.loading(), limits.grace(),
            () -> Whole.checked(provider.create(type.name(), context))), name(), limits);
      } catch (Border.BrokenCallException broken) {
        throw new ManagerUnavailableException(broken.getMessage());
      }
    }

    private String name() {
      return "process manager " + type + " of " + source;
    }
  }

  private ManagerRegistry(Loading loading) {
    byType = loading.byType;
    options = Stream.concat(loading.options.values().stream(), loading.programOptions.values().stream())
        .<ManagerOption<?>>map(Declared::option).toList();
    problems = List.copyOf(loading.problems);
  }

  /**
   * Those of the class path.
   *
   * @param taken names that no back end's option may have, being core's
   */
  public static ManagerRegistry ofClassPath(Set<String> taken) {
    Loading loading = new Loading(CallLimits.USUAL, taken);
    loading.addClassPath();
    return new ManagerRegistry(loading);
  }

  /**
   * Those of the class path, and those in the jars of a plug-in folder that may be missing. The node programs of these jars are known
   * to {@link NodePrograms} from then on.
   */
  public static ManagerRegistry discover(Path pluginFolder, Set<String> taken) {
    return discover(pluginFolder, taken, CallLimits.USUAL);
  }

  /** The same with other limits. */
  public static ManagerRegistry discover(Path pluginFolder, Set<String> taken, CallLimits limits) {
    Loading loading = new Loading(limits, taken);
    loading.addClassPath();
    PluginFolder plugins = PluginFolder.open(pluginFolder);
    // First: a back end may be made for a program that comes with it.
    if (!plugins.programs().isEmpty()) { // every run comes here, and what few need is not even loaded
      loading.addPrograms(PluginPrograms.take(plugins.programs(), limits, loading::fault, loading.problems));
    }
    plugins.providers().forEach(found -> loading.add(found.source(), found::make));
    loading.problems.addAll(0, plugins.problems());
    return new ManagerRegistry(loading);
  }

  /** Exactly these. */
  public static ManagerRegistry of(Collection<? extends ProcessManagerProvider> providers) {
    return of(providers, CallLimits.USUAL);
  }

  /** The same with other limits. */
  public static ManagerRegistry of(Collection<? extends ProcessManagerProvider> providers, CallLimits limits) {
    Loading loading = new Loading(limits, Set.of());
    providers.forEach(provider -> loading.add(sourceOf(provider.getClass()), () -> provider));
    return new ManagerRegistry(loading);
  }

  /** Every type found, by name. */
  public List<Entry> entries() {
    return List.copyOf(byType.values());
  }

  /** What is declared of every type found, by name. */
  public Map<String, ManagerType> types() {
    return byType.values().stream().collect(Collectors.toMap(Entry::type, Entry::declared, (one, same) -> one, TreeMap::new));
  }

  /**
   * The options that the back ends bring: those of the class path by the names of their classes, then those of the plug-ins; then
   * those of the node programs.
   */
  public List<ManagerOption<?>> options() {
    return options;
  }

  /** What went wrong while looking: broken providers and programs, and what two of them claim, a sentence each. */
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

  /** An option, and whose it is. */
  private record Declared(ManagerOption<?> option, String source) {}

  /** Takes providers one by one: a broken one must not hide the others. */
  private static final class Loading {
    final Map<String, Entry> byType = new TreeMap<>();
    final Map<String, Declared> options = new LinkedHashMap<>();
    final Map<String, Declared> programOptions = new LinkedHashMap<>();
    final List<String> problems = new ArrayList<>();
    final CallLimits limits;
    final Set<String> taken;

    Loading(CallLimits limits, Set<String> taken) {
      this.limits = limits;
      this.taken = taken;
      addPrograms(NodePrograms.ofClassPath());
    }

    void addPrograms(List<NodeProgram> programs) {
      programs.forEach(program -> program.options()
          .forEach(option -> programOptions.putIfAbsent(option.name(), new Declared(option, "the node program " + program.name()))));
    }

    /** By the names of their classes: in which order a class path is, nobody says. */
    void addClassPath() {
      classPath().stream().sorted(Comparator.comparing(provider -> provider.type().getName()))
          .forEach(provider -> add(sourceOf(provider.type()), provider::get));
    }

    /** Finding the next one may fail, too. */
    private List<ServiceLoader.Provider<ProcessManagerProvider>> classPath() {
      Iterator<ServiceLoader.Provider<ProcessManagerProvider>> found =
          ServiceLoader.load(ProcessManagerProvider.class, ManagerRegistry.class.getClassLoader()).stream().iterator();
      List<ServiceLoader.Provider<ProcessManagerProvider>> all = new ArrayList<>();
      while (true) {
        try {
          if (!found.hasNext()) {
            return all;
          }
          all.add(found.next());
        } catch (ServiceConfigurationError | LinkageError broken) {
          problems.add("a process manager could not be loaded: " + broken);
        }
      }
    }

    private record Loaded(ProcessManagerProvider provider, Map<String, ManagerType> types, Map<String, ManagerOption<?>> options) {}

    void add(String source, Callable<ProcessManagerProvider> maker) {
      try {
        Loaded loaded = Border.run("the process manager of " + source, "types", limits.loading(), limits.grace(), () -> {
          ProcessManagerProvider provider = maker.call();
          return new Loaded(provider, typesOf(provider), optionsOf(provider));
        });
        Optional<String> fault = loaded.options().values().stream().flatMap(option -> fault(option).stream()).findFirst();
        if (fault.isPresent()) {
          problems.add("process manager " + String.join(", ", loaded.types().keySet()) + " of " + source + " is left out: "
              + fault.get());
          return;
        }
        loaded.types().values().forEach(type -> add(new Entry(type, loaded.provider(), source, limits)));
        loaded.options().values().stream().filter(option -> !programOptions.containsKey(option.name()))
            .forEach(option -> options.putIfAbsent(option.name(), new Declared(option, source)));
      } catch (ManagerUnavailableException | Border.BrokenCallException broken) {
        problems.add("a process manager is left out: " + broken.getMessage());
      }
    }

    private static Map<String, ManagerType> typesOf(ProcessManagerProvider provider) {
      Map<String, ManagerType> types = new LinkedHashMap<>();
      for (ManagerType type : Whole.checked(List.copyOf(provider.types()))) {
        types.put(type.name(), type);
      }
      return types;
    }

    private static Map<String, ManagerOption<?>> optionsOf(ProcessManagerProvider provider) {
      Map<String, ManagerOption<?>> options = new LinkedHashMap<>();
      for (ManagerOption<?> option : Whole.checked(List.copyOf(provider.options()))) {
        options.put(option.name(), option);
      }
      return options;
    }

    /** Why an option cannot be beside those that there are. */
    private Optional<String> fault(ManagerOption<?> option) {
      if (taken.contains(option.name())) {
        return Optional.of("it brings an option " + option + ", which wnm has itself");
      }
      return Optional.ofNullable(options.getOrDefault(option.name(), programOptions.get(option.name()))).filter(known -> !known.option().equals(option))
          .map(known -> "it brings an option " + option + ", which " + known.source() + " brings otherwise");
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

package dev.wnm.core.manager;

import dev.wnm.core.trust.Trusted;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The process managers that were found. Discovery only lists; which one is used is always named by its type.
 *
 * <p>Immutable.
 */
public final class ManagerRegistry {
  private final Map<String, Entry> byType;
  private final List<String> problems;

  /**
   * One type that was found.
   *
   * @param type such as {@code setsid+user}
   * @param provider what makes it
   * @param source the jar or folder it came from
   */
  public record Entry(String type, ProcessManagerProvider provider, String source) {}

  private ManagerRegistry(Map<String, Entry> byType, List<String> problems) {
    this.byType = byType;
    this.problems = List.copyOf(problems);
  }

  /** Those of the class path, and those in the jars of a plug-in folder that may be missing. */
  public static ManagerRegistry discover(Path pluginFolder) {
    List<String> problems = new ArrayList<>();
    return load(ServiceLoader.load(ProcessManagerProvider.class, pluginLoader(pluginFolder, problems)), problems);
  }

  /** Exactly these. */
  public static ManagerRegistry of(Collection<? extends ProcessManagerProvider> providers) {
    return load(providers, new ArrayList<>());
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
   * Makes the manager of a type that is able to work here.
   *
   * @throws ManagerUnavailableException when there is none, or it cannot work on this machine
   */
  public ProcessManager create(String type, ManagerContext context) throws ManagerUnavailableException {
    Entry entry = require(type);
    Availability availability = entry.provider().availability(type, context);
    if (availability instanceof Availability.Unavailable unavailable) {
      throw new ManagerUnavailableException("process manager " + type + " cannot work here: " + unavailable.reason());
    }
    return entry.provider().create(type, context);
  }

  /** A broken provider must not hide the others, so each is taken on its own. */
  private static ManagerRegistry load(Iterable<? extends ProcessManagerProvider> providers, List<String> problems) {
    Map<String, Entry> byType = new TreeMap<>();
    Iterator<? extends ProcessManagerProvider> iterator = providers.iterator();
    while (true) {
      try {
        if (!iterator.hasNext()) {
          return new ManagerRegistry(byType, problems);
        }
        ProcessManagerProvider provider = iterator.next();
        for (String type : provider.types()) {
          Entry entry = new Entry(type, provider, sourceOf(provider));
          Entry first = byType.putIfAbsent(type, entry);
          if (first != null) {
            problems.add("process manager " + type + " of " + entry.source() + " is ignored: " + first.source()
                + " has one of that name");
          }
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
        problems.add("a process manager could not be loaded: " + broken);
      }
    }
  }

  private static ClassLoader pluginLoader(Path folder, List<String> problems) {
    ClassLoader own = ManagerRegistry.class.getClassLoader();
    if (!Files.isDirectory(folder)) {
      return own;
    }
    if (!Files.isReadable(folder)) {
      problems.add("the plug-in folder " + folder + " cannot be read: no permission");
      return own;
    }
    Optional<String> mistrust = Trusted.problem(folder);
    if (mistrust.isPresent()) {
      problems.add("nothing is loaded from the plug-in folder " + folder + ": " + mistrust.get());
      return own;
    }
    try (Stream<Path> files = Files.list(folder)) {
      URL[] jars = files.filter(file -> file.toString().endsWith(".jar")).sorted()
          .filter(file -> isUsable(file, problems)).map(ManagerRegistry::url).toArray(URL[]::new);
      return jars.length == 0 ? own : new URLClassLoader("plugins", jars, own);
    } catch (IOException e) {
      problems.add("the plug-in folder " + folder + " cannot be read: " + e);
      return own;
    }
  }

  /** A class loader would pass over a jar that it cannot open, without a word. */
  private static boolean isUsable(Path jar, List<String> problems) {
    Optional<String> problem = Trusted.problem(jar).or(() -> {
      try (ZipFile opened = new ZipFile(jar.toFile())) {
        return Optional.empty();
      } catch (IOException e) {
        return Optional.of("it cannot be read: " + e.getMessage());
      }
    });
    problem.ifPresent(words -> problems.add("the plug-in " + jar + " is left out: " + words));
    return problem.isEmpty();
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sourceOf(ProcessManagerProvider provider) {
    CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
    try {
      return source == null ? "the Java runtime" : Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      return source.getLocation().toString();
    }
  }
}

package dev.wnm.core.managers;

import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.trust.Trusted;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.program.NodeProgram;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The jars of the plug-in folder and the services that they name, as {@link java.util.ServiceLoader} would find them, but
 * each known with its jar, so that one that is broken can be named and left out.
 *
 * @param providers in the order of the jars' names; not loaded yet
 * @param programs likewise
 * @param problems a sentence for the folder or each jar that cannot be used
 */
record PluginFolder(List<Service<ProcessManagerProvider>> providers, List<Service<NodeProgram>> programs, List<String> problems) {
  /** The names of classes need less. */
  private static final int MOST_BYTES = 64 * 1024;
  private static final Map<List<Jar>, ClassLoader> LOADERS = new ConcurrentHashMap<>();

  /** A class that a jar names as a service. */
  record Service<T>(Class<T> kind, Jar jar, String className, ClassLoader loader) {
    T make() throws ReflectiveOperationException {
      try {
        return Class.forName(className, true, loader).asSubclass(kind).getConstructor().newInstance();
      } catch (InvocationTargetException e) {
        throw new ReflectiveOperationException("its constructor failed: " + e.getCause(), e);
      }
    }

    /** The jar's path. */
    String source() {
      return jar.file().toString();
    }
  }

  /** @param folder may be missing */
  static PluginFolder open(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new PluginFolder(List.of(), List.of(), List.of());
    }
    if (!Files.isReadable(folder)) {
      return unusable("the plug-in folder " + folder + " cannot be read: no permission");
    }
    Optional<String> mistrust = Trusted.problem(folder);
    if (mistrust.isPresent()) {
      return unusable("nothing is loaded from the plug-in folder " + folder + ": " + mistrust.get());
    }
    try (Stream<Path> files = Files.list(folder)) {
      return of(files.filter(file -> file.toString().endsWith(".jar")).sorted().toList());
    } catch (IOException e) {
      return unusable("the plug-in folder " + folder + " cannot be read: " + e);
    }
  }

  private static PluginFolder unusable(String problem) {
    return new PluginFolder(List.of(), List.of(), List.of(problem));
  }

  /** All jars share one loader: a plug-in may come in several. */
  private static PluginFolder of(List<Path> jars) {
    List<String> problems = new ArrayList<>();
    Map<Jar, Named> usable = new LinkedHashMap<>();
    for (Path jar : jars) {
      try {
        Optional<String> mistrust = Trusted.problem(jar);
        if (mistrust.isPresent()) {
          problems.add("the plug-in " + jar + " is left out: " + mistrust.get());
        } else {
          usable.put(Jar.of(jar), Named.in(jar));
        }
      } catch (IOException | RuntimeException e) {
        problems.add("the plug-in " + jar + " is left out: it cannot be read: " + Reason.of(e));
      }
    }
    ClassLoader loader = loader(List.copyOf(usable.keySet()));
    return new PluginFolder(services(ProcessManagerProvider.class, usable, Named::providers, loader),
        services(NodeProgram.class, usable, Named::programs, loader), problems);
  }

  private static <T> List<Service<T>> services(Class<T> kind, Map<Jar, Named> jars, Function<Named, List<String>> names, ClassLoader loader) {
    return jars.entrySet().stream().flatMap(jar -> names.apply(jar.getValue()).stream()
        .map(name -> new Service<>(kind, jar.getKey(), name, loader))).toList();
  }

  /** The same jars are loaded once: what a plug-in declares and what it is given back later are of the same classes. */
  private static ClassLoader loader(List<Jar> jars) {
    return LOADERS.computeIfAbsent(jars, same -> new URLClassLoader("plugins",
        jars.stream().map(jar -> url(jar.file())).toArray(URL[]::new), PluginFolder.class.getClassLoader()));
  }

  /** A file as it was. */
  record Jar(Path file, long size, FileTime changedAt) {
    private static Jar of(Path file) throws IOException {
      return new Jar(file.toAbsolutePath(), Files.size(file), Files.getLastModifiedTime(file));
    }
  }

  /** The classes that a jar names as services. */
  private record Named(List<String> providers, List<String> programs) {
    static Named in(Path jar) throws IOException {
      if (!Files.isRegularFile(jar)) {
        throw new IOException("it is no file");
      }
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        return new Named(of(ProcessManagerProvider.class, zip), of(NodeProgram.class, zip));
      }
    }

    private static List<String> of(Class<?> kind, ZipFile jar) throws IOException {
      ZipEntry entry = jar.getEntry("META-INF/services/" + kind.getName());
      if (entry == null) {
        return List.of();
      }
      try (InputStream bytes = jar.getInputStream(entry)) {
        return new String(bytes.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).lines().map(line -> line.replaceFirst("#.*", "").strip())
            .filter(name -> !name.isEmpty()).distinct().toList();
      }
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}

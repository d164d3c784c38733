package dev.wnm.core.managers;

import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.trust.Trusted;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The jars of the plug-in folder and the providers that they name, as {@link java.util.ServiceLoader} would find them, but
 * each known with its jar, so that one that is broken can be named and left out.
 *
 * @param providers in the order of the jars' names; not loaded yet
 * @param problems a sentence for the folder or each jar that cannot be used
 */
record PluginFolder(List<Provider> providers, List<String> problems) {
  private static final String SERVICE_FILE = "META-INF/services/" + ProcessManagerProvider.class.getName();
  /** The names of classes need less. */
  private static final int MOST_BYTES = 64 * 1024;
  private static final Map<List<Jar>, ClassLoader> LOADERS = new ConcurrentHashMap<>();

  /** A class that a jar names as a provider. */
  record Provider(Path jar, String className, ClassLoader loader) {
    ProcessManagerProvider make() throws ReflectiveOperationException {
      return Class.forName(className, true, loader).asSubclass(ProcessManagerProvider.class).getConstructor().newInstance();
    }
  }

  /** @param folder may be missing */
  static PluginFolder open(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new PluginFolder(List.of(), List.of());
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
    return new PluginFolder(List.of(), List.of(problem));
  }

  /** All jars share one loader: a plug-in may come in several. */
  private static PluginFolder of(List<Path> jars) {
    List<String> problems = new ArrayList<>();
    Map<Path, List<String>> usable = new LinkedHashMap<>();
    for (Path jar : jars) {
      try {
        Optional<String> mistrust = Trusted.problem(jar);
        if (mistrust.isPresent()) {
          problems.add("the plug-in " + jar + " is left out: " + mistrust.get());
        } else {
          usable.put(jar, classNames(jar));
        }
      } catch (IOException | RuntimeException e) {
        problems.add("the plug-in " + jar + " is left out: it cannot be read: " + Reason.of(e));
      }
    }
    ClassLoader loader = loader(List.copyOf(usable.keySet()));
    List<Provider> providers = new ArrayList<>();
    usable.forEach((jar, names) -> names.forEach(name -> providers.add(new Provider(jar, name, loader))));
    return new PluginFolder(providers, problems);
  }

  /** The same jars are loaded once: what a plug-in declares and what it is given back later are of the same classes. */
  private static ClassLoader loader(List<Path> jars) {
    return LOADERS.computeIfAbsent(jars.stream().map(Jar::of).toList(), same -> new URLClassLoader("plugins",
        jars.stream().map(PluginFolder::url).toArray(URL[]::new), PluginFolder.class.getClassLoader()));
  }

  /** A file as it was. */
  private record Jar(Path file, long size, FileTime changedAt) {
    static Jar of(Path file) {
      try {
        return new Jar(file.toAbsolutePath(), Files.size(file), Files.getLastModifiedTime(file));
      } catch (IOException gone) {
        return new Jar(file.toAbsolutePath(), 0, FileTime.fromMillis(0));
      }
    }
  }

  private static List<String> classNames(Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new IOException("it is no file");
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(SERVICE_FILE);
      if (entry == null) {
        return List.of();
      }
      try (InputStream bytes = zip.getInputStream(entry)) {
        return new String(bytes.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).lines().map(line -> line.replaceFirst("#.*", "").strip()).filter(name -> !name.isEmpty()).distinct().toList();
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

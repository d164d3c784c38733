package dev.wnm.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Jars of process managers, written and compiled for a test. */
public final class PlugInJar {
  /** The resource (of JUnit) that test classes lock which use it: how it behaves is told to the whole JVM. */
  public static final String BEHAVIOUR = "the behaviour of the bad plug-in";

  /**
   * A process manager that does what a test wants: the system property {@code bad.<method>} says how a call ends, with
   * {@code throws}, {@code overflows}, {@code links}, {@code memory}, {@code null} or {@code hangs}, the latter for as long as
   * the property is there. Without it, nodes are stopped and everything succeeds.
   */
  private static final String BAD = """
      package bad;

      import dev.wnm.core.manager.*;
      import dev.wnm.core.model.*;
      import java.lang.reflect.*;
      import java.util.*;

      public final class BadProvider implements ProcessManagerProvider {
        public List<String> types() {
          return List.of("bad+user");
        }

        public Availability availability(String type, ManagerContext context) {
          return ending("availability") ? null : new Availability.Available("");
        }

        public ProcessManager create(String type, ManagerContext context) {
          if (ending("provider")) {
            return null;
          }
          return (ProcessManager) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ProcessManager.class},
              (proxy, method, words) -> ending(method.getName()) ? null : answer(proxy, method, words));
        }

        static boolean ending(String method) {
          String how = System.getProperty("bad." + method, "");
          switch (how) {
            case "throws": throw new IllegalStateException("odd\\n\\u001b[31mwords");
            case "overflows": return deeper(1) > 0;
            case "links": throw new NoClassDefFoundError("org/example/Gone");
            case "memory": throw new OutOfMemoryError("no room");
            case "null": return true;
            case "hangs":
              while (System.getProperty("bad." + method) != null) {
                try {
                  Thread.sleep(20);
                } catch (InterruptedException e) {
                  // Deaf on purpose.
                }
              }
              return false;
            default: return false;
          }
        }

        static int deeper(int depth) {
          return deeper(depth + 1) + 1;
        }

        static Object answer(Object proxy, Method method, Object[] words) throws Throwable {
          switch (method.getName()) {
            case "traits":
              return new Traits(Traits.Numbering.HOLE_FILLING, Traits.Concurrency.PARALLEL, Traits.Upgrades.BY_CORE,
                  Traits.Teardown.NODE_BY_NODE, false, new Traits.Binaries.OfMachine());
            case "status":
              Map<Integer, ProcessState> states = new HashMap<>();
              for (Object node : (List<?>) words[0]) {
                if (ending("node" + ((NodeSpec) node).id())) {
                  return null;
                }
                states.put(((NodeSpec) node).id(), new ProcessState.Stopped(""));
              }
              return states;
            case "survey":
              return List.of();
            case "create": case "start": case "stop": case "remove":
              return OperationResult.done(NodeFacts.asSuggested((NodeSpec) words[0]));
            default:
              return InvocationHandler.invokeDefault(proxy, method, words);
          }
        }
      }
      """;

  private PlugInJar() {}

  /** The jar of the process manager {@code bad+user}. */
  public static Path bad(Path folder) throws IOException {
    return of(folder, "bad.BadProvider", BAD);
  }

  /** A jar with one class that it names as a provider. */
  public static Path of(Path folder, String className, String source) throws IOException {
    Path work = Files.createTempDirectory(folder, "plugin");
    Path file = work.resolve(className.substring(className.lastIndexOf('.') + 1) + ".java");
    Files.writeString(file, source);
    Path classes = Files.createDirectories(work.resolve("classes"));
    int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-nowarn",
        "-classpath", core().toString(), "-d", classes.toString(), file.toString());
    assertThat(errors).as("errors in " + className).isZero();
    Path services = classes.resolve("META-INF/services/" + ProcessManagerProvider.class.getName());
    Files.createDirectories(services.getParent());
    Files.writeString(services, className + "\n");
    return packed(classes, folder.resolve(className + ".jar"));
  }

  private static Path packed(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar)); Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    return jar;
  }

  /** The provider in a jar. */
  public static ProcessManagerProvider load(Path jar, String className) throws IOException, ReflectiveOperationException {
    URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, PlugInJar.class.getClassLoader());
    return (ProcessManagerProvider) loader.loadClass(className).getConstructor().newInstance();
  }

  /** Calls of this method end so from now on. */
  public static void let(String method, String how) {
    System.setProperty("bad." + method, how);
  }

  /** Everything ends well from now on. */
  public static void behave() {
    for (String name : List.copyOf(System.getProperties().stringPropertyNames())) {
      if (name.startsWith("bad.")) {
        System.clearProperty(name);
      }
    }
  }

  private static Path core() {
    try {
      return Path.of(ProcessManagerProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

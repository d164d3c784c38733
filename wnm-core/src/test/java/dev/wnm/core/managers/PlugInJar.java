package dev.wnm.core.managers;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.ServiceJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

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

      import dev.wnm.spi.manager.*;
      import dev.wnm.spi.model.*;
      import java.lang.reflect.*;
      import java.util.*;

      public final class BadProvider implements ProcessManagerProvider {
        public List<ManagerType> types() {
          return List.of(ManagerType.of("bad+user"));
        }

        public Availability availability(String type, ManagerContext context) {
          return ending("availability") ? null : new Availability.Available("");
        }

        public ProcessManager create(String type, ManagerContext context) {
          if (ending("provider")) {
            return null;
          }
          return manager(ProcessManager.class, AdoptsNodes.class, Batches.class, BulkTeardown.class, Describes.class, GivesNotice.class,
              HostsGroups.class, InstallsBinaries.class, KeepsKeys.class, KeepsStorages.class, MovesNodes.class, NoticesEnds.class,
              OpensPorts.class, ReadsListings.class, ReadsLogs.class, ReservesPorts.class, RunsCompanions.class, Upgrades.class);
        }

        static final Set<Class<?>> USUAL = Set.of(Describes.class, GivesNotice.class, InstallsBinaries.class, KeepsStorages.class,
            OpensPorts.class, ReadsLogs.class, ReservesPorts.class);
        static final KeepsStorages STORAGES = KeepsStorages.of(manager(ProcessManager.class));

        static ProcessManager manager(Class<?>... kinds) {
          return (ProcessManager) Proxy.newProxyInstance(BadProvider.class.getClassLoader(), kinds,
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
              return Traits.USUAL;
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
            case "upgrade": case "stage": case "swap": case "restore": case "forgetKept":
              return OperationResult.done(NodeFacts.asSuggested((NodeSpec) words[0]));
            case "teardown":
              return OperationResult.done(NodeFacts.asSuggested((NodeSpec) ((List<?>) words[0]).get(0)));
            case "createAll": case "startAll": case "stopAll": case "removeAll":
              Map<Integer, OperationResult> results = new HashMap<>();
              for (Object node : (List<?>) words[0]) {
                results.put(((NodeSpec) node).id(), OperationResult.done(NodeFacts.asSuggested((NodeSpec) node)));
              }
              return results;
            case "storages": case "claim": case "release":
              return method.invoke(STORAGES, words);
            case "lookOut":
              return Proxy.newProxyInstance(BadProvider.class.getClassLoader(), new Class<?>[] {NoticesEnds.LookOut.class},
                  (lookOut, call, nodes) -> ending(call.getName()) ? null : call.getName().equals("ended") ? Set.of(1, 2, 3) : null);
            case "companions": case "describe": case "openGroups": case "closeGroups":
              return Map.of();
            case "rebuildGroup":
              return GroupResult.gone();
            case "notices": case "read": case "containers":
              return List.of();
            case "reservedPorts":
              return Set.of();
            case "logs": case "image":
              return "";
            case "capability":
              return USUAL.contains(words[0]) || System.getProperty("bad.offers") != null
                  ? InvocationHandler.invokeDefault(proxy, method, words) : Optional.empty();
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
    return ServiceJar.of(folder, ProcessManagerProvider.class, className, source);
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

  /** What is made from now on offers every capability, beside those that any plain back end has. */
  public static void offerAll() {
    System.setProperty("bad.offers", "all");
  }

  /** Everything ends well from now on. */
  public static void behave() {
    for (String name : List.copyOf(System.getProperties().stringPropertyNames())) {
      if (name.startsWith("bad.")) {
        System.clearProperty(name);
      }
    }
  }
}

package dev.wnm.core.managers;

import dev.wnm.core.managers.PluginFolder.Jar;
import dev.wnm.core.managers.PluginFolder.Service;
import dev.wnm.spi.internal.BroughtPrograms;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.spi.program.PortUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The node programs that plug-ins bring. One that is taken is known to the whole JVM for as long as that lives, since the same must
 * protect a node's key whoever asks; so a jar that has changed meanwhile does not change it.
 */
final class PluginPrograms {
  private static final String NAME = "[a-z0-9][a-z0-9-]*";
  private static final String FILE_NAME = "[^/\\\\\\p{Cntrl}]+";
  /** What any account may have: a program that takes this for its own would have it deleted. */
  private static final List<String> OF_NOBODY = List.of(".ssh", ".bashrc", "lost+found", "photos", "wallet.dat", "7f3a-of-nobody");
  private static final Duration LONGEST_GRACE = Duration.ofMinutes(10);

  /** By name. */
  private static final Map<String, Taken> TAKEN = new HashMap<>();

  private PluginPrograms() {}

  private record Taken(Jar jar, String className, NodeProgram program) {
    boolean is(Service<NodeProgram> service) {
      return jar.equals(service.jar()) && className.equals(service.className());
    }
  }

  /**
   * Takes the programs of these jars.
   *
   * @param fault why an option of one cannot be beside those that there are
   * @param problems gets a sentence for each that is left out
   * @return those that are taken, also those that were so before
   */
  static List<NodeProgram> take(List<Service<NodeProgram>> services, CallLimits limits,
      Function<ManagerOption<?>, Optional<String>> fault, List<String> problems) {
    List<NodeProgram> taken = new ArrayList<>();
    synchronized (TAKEN) {
      for (Service<NodeProgram> service : services) {
        try {
          taken.add(program(service, limits, fault));
        } catch (ManagerUnavailableException | Border.BrokenCallException unfit) {
          problems.add("a node program is left out: " + Border.sentence(unfit));
        }
      }
    }
    return taken;
  }

  private static NodeProgram program(Service<NodeProgram> service, CallLimits limits, Function<ManagerOption<?>, Optional<String>> fault)
      throws ManagerUnavailableException, Border.BrokenCallException {
    Optional<NodeProgram> known = TAKEN.values().stream().filter(taken -> taken.is(service)).findFirst().map(Taken::program);
    if (known.isPresent()) {
      return known.get();
    }
    NodeProgram program = Border.run("the node program " + service.className() + " of " + service.source(), "loading", limits.loading(),
        limits.grace(), () -> looked(GuardedProgram.of(service.make(), service.source()), fault));
    Taken before = TAKEN.get(program.name());
    if (before != null && before.jar().file().equals(service.jar().file())) {
      throw new ManagerUnavailableException(program + " has changed since it was loaded; the one of before is used until wnm is started again");
    }
    Optional<String> clash = clash(program);
    if (clash.isPresent()) {
      throw new ManagerUnavailableException(program + " " + clash.get());
    }
    TAKEN.put(program.name(), new Taken(service.jar(), service.className(), program));
    BroughtPrograms.add(program);
    return program;
  }

  private static NodeProgram looked(NodeProgram program, Function<ManagerOption<?>, Optional<String>> fault) throws ManagerUnavailableException {
    Optional<String> unfit = unfit(program).or(() -> program.options().stream().flatMap(option -> fault.apply(option).stream()).findFirst());
    if (unfit.isPresent()) {
      throw new ManagerUnavailableException(program + " is unfit: " + unfit.get());
    }
    return program;
  }

  /** Why it can be no program, in words that follow a colon. */
  private static Optional<String> unfit(NodeProgram program) {
    if (!program.name().matches(NAME)) {
      return Optional.of("a name has lower-case letters, digits and hyphens only");
    }
    Optional<String> noFile = Stream.of(Stream.of(program.keyFile()), program.startFile().stream(), program.failureFile().stream(),
            program.besideBinary().stream()).flatMap(names -> names).filter(name -> !isFileName(name)).findFirst();
    if (noFile.isPresent()) {
      return noFile.map(name -> "'" + Border.oneLine(name) + "' is not the name of a file");
    }
    if (program.title().isBlank()) {
      return Optional.of("it has no title");
    }
    if (program.networks().isEmpty()) {
      return Optional.of("it knows no payment network");
    }
    if (!program.ports().contains(PortUse.NETWORK)) {
      return Optional.of("a node has a port for the network");
    }
    if (program.stopping().grace().compareTo(LONGEST_GRACE) > 0) {
      return Optional.of("a node may take " + LONGEST_GRACE.toMinutes() + " minutes at most to end, and it says " + program.stopping().grace());
    }
    return OF_NOBODY.stream().filter(program::isOwnFile).findFirst()
        .map(name -> "it takes files for its own that are not, such as '" + name + "'");
  }

  private static boolean isFileName(String name) {
    return name.matches(FILE_NAME) && !name.equals(".") && !name.equals("..");
  }

  /** What of it is another's, in words that follow its name. */
  private static Optional<String> clash(NodeProgram program) {
    for (NodeProgram other : NodePrograms.all()) {
      if (other.name().equals(program.name())) {
        return Optional.of("has the name of " + named(other));
      }
      if (other.isOwnFile(program.keyFile()) || other.name().equals(program.keyFile())) {
        return Optional.of("keeps its keys in files '" + program.keyFile() + "', as " + named(other) + " calls files of its own");
      }
    }
    return Optional.empty();
  }

  private static String named(NodeProgram other) {
    return other instanceof GuardedProgram ? other.toString() : "wnm's own " + other.name();
  }
}

package dev.wnm.core.watch;

import dev.wnm.core.managers.ManagerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keeps the back ends that were found for as long as nothing has changed in the plug-in folder, the rights of it and its jars
 * included. The process managers themselves are made anew for each run: what one remembers (that a tool is silent, what a container
 * said) counts for a run, and making one costs less than a millisecond.
 */
final class WarmManagers implements Function<Path, ManagerRegistry> {
  private final Function<Path, ManagerRegistry> discovery;
  private Optional<Found> last = Optional.empty();

  /** @param folder as it was, empty where that could not be seen */
  private record Found(List<Object> folder, ManagerRegistry managers) {}

  WarmManagers(Function<Path, ManagerRegistry> discovery) {
    this.discovery = discovery;
  }

  @Override
  public synchronized ManagerRegistry apply(Path folder) {
    List<Object> now = look(folder);
    if (now.isEmpty() || last.isEmpty() || !last.get().folder().equals(now)) {
      last = Optional.of(new Found(now, discovery.apply(folder)));
    }
    return last.get().managers();
  }

  private static List<Object> look(Path folder) {
    List<Object> facts = new ArrayList<>(List.of(folder));
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return facts;
    }
    try (Stream<Path> files = Files.list(folder)) {
      facts.add(Files.getAttribute(folder, "unix:ctime"));
      for (Path file : files.sorted().toList()) {
        facts.add(file);
        facts.add(Files.getAttribute(file, "unix:ctime"));
        facts.add(Files.size(file));
      }
      return facts;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unseen) {
      return List.of();
    }
  }
}

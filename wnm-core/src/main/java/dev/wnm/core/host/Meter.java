package dev.wnm.core.host;

import dev.wnm.core.model.HostCounters;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;

/** Measures the machine; {@link HostMeter#measure} is the real one. */
@API(status = API.Status.STABLE)
@FunctionalInterface
public interface Meter {
  /**
   * Measures once.
   *
   * @param nodeStorages the folders whose file systems are meant, one or more
   * @param nodes processes of nodes on this machine, as far as they are known
   * @param previous the counters of the last measurement, from which rates are taken
   */
  Measurement measure(List<Path> nodeStorages, Set<Long> nodes, Optional<HostCounters> previous);
}

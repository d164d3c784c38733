package dev.wnm.fleet.cli;

import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetTransport;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The transports of the class path. */
final class Transports {
  private Transports() {}

  private static List<FleetTransport> all() {
    return ServiceLoader.load(FleetTransport.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  /** @throws FleetException when there is none of this name */
  static FleetTransport named(String name) throws FleetException {
    return all().stream().filter(transport -> transport.name().equals(name)).findFirst().orElseThrow(() -> new FleetException("there is no transport '"
        + name + "'; there are " + all().stream().map(FleetTransport::name).sorted().collect(Collectors.joining(", "))));
  }
}

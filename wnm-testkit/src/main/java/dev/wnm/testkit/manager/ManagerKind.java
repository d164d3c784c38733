package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.Capability;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.MovesNodes;
import dev.wnm.spi.manager.Traits;
import java.util.Set;

/**
 * What the process managers of an {@link InMemoryMachine} are.
 *
 * @param traits what they say of themselves
 * @param capabilities which of {@code Batches}, {@code BulkTeardown}, {@code HostsGroups}, {@code InstallsBinaries}, {@code KeepsKeys},
 *     {@code MovesNodes}, {@code RunsInContainers} and {@code Upgrades} they offer; the others they offer as long as there is something to tell
 */
public record ManagerKind(Traits traits, Set<Class<? extends Capability>> capabilities) {
  /** Lowest free ids, all at once, upgrades by core, teardown node by node, no groups. */
  public static final ManagerKind USUAL = of(Traits.USUAL, InstallsBinaries.class, MovesNodes.class);

  public ManagerKind {
    capabilities = Set.copyOf(capabilities);
  }

  /** @param capabilities as of the record */
  @SafeVarargs
  public static ManagerKind of(Traits traits, Class<? extends Capability>... capabilities) {
    return new ManagerKind(traits, Set.of(capabilities));
  }

  boolean offers(Class<? extends Capability> type) {
    return capabilities.stream().anyMatch(type::isAssignableFrom);
  }
}

package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Amounts;
import dev.wnm.spi.manager.ManagerOption;
import java.math.BigDecimal;
import java.util.List;

/** What an operator may say of units. */
final class SystemdOptions {
  static final ManagerOption<String> MEMORY = Amounts.memory("node_memory").clearable()
      .help("The most memory of one node under systemd; no limit when not given. Applies when a node is next started.");
  static final ManagerOption<BigDecimal> CPUS = Amounts.processors("node_cpus").clearable()
      .help("The most processors that one node keeps busy under systemd; no limit when not given.");

  private SystemdOptions() {}

  static List<ManagerOption<?>> all() {
    return List.of(MEMORY, CPUS);
  }
}

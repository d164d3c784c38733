package dev.wnm.core.doctor;

import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.host.ListeningPorts;
import dev.wnm.core.model.Check;
import dev.wnm.core.model.MarkedStorage;
import dev.wnm.core.model.Node;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.state.CycleState;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What nodes are made of: their program, ports, storages and wallet. */
final class NodeChecks {
  private final Patient patient;
  private final Settings settings;

  NodeChecks(Patient patient) {
    this.patient = patient;
    settings = patient.settings();
  }

  List<Check> all() {
    List<Check> checks = new ArrayList<>();
    NodeProgram program = program(checks);
    checks.add(ports(program));
    checks.addAll(storages());
    checks.add(wallet());
    settings.warnings().forEach(warning -> checks.add(Check.warning("settings", warning, "")));
    return checks;
  }

  /** @param checks gets what was found of it */
  private NodeProgram program(List<Check> checks) {
    String name = "node program";
    Optional<Traits> traits = traits();
    if (traits.isPresent() && traits.get().binaries() instanceof Traits.Binaries.Fetched fetched) {
      checks.add(Check.ok(name, settings.get(Options.PROCESS_MANAGER) + " fetches it"
          + fetched.version().map(version -> "; it has " + version).orElse("")));
      return NodeBinary.fetched(settings.get(Options.ANTNODE_PATH), traits.get(), fetched.version()).program();
    }
    try {
      NodeBinary binary = NodeBinary.ask(NodeBinary.locate(settings.get(Options.ANTNODE_PATH), patient.runner()), patient.runner());
      Optional<String> unfit = traits.flatMap(known -> binary.unfitFor(settings.get(Options.PROCESS_MANAGER), known));
      checks.add(unfit.isPresent() ? Check.trouble(name, unfit.get(), "wnm --antnode_path PATH")
          : Check.ok(name, binary.program().name() + " " + binary.version().map(Object::toString).orElse("of an unknown version") + " at "
              + binary.path()));
      return binary.program();
    } catch (NodeBinary.UnusableException e) {
      checks.add(Check.trouble(name, e.getMessage(), "wnm --fetch_node latest, or say where it is with --antnode_path"));
      return NodePrograms.usual();
    }
  }

  /** Empty where the process manager cannot be asked, which is said elsewhere. */
  private Optional<Traits> traits() {
    try {
      return Optional.of(patient.registry().create(settings.get(Options.PROCESS_MANAGER), patient.context()).traits());
    } catch (ManagerUnavailableException e) {
      return Optional.empty();
    }
  }

  private Check ports(NodeProgram program) {
    PortPlan plan = settings.portPlan(program);
    int cap = settings.get(Options.NODE_CAP);
    Optional<String> problem = plan.problem(cap);
    if (problem.isPresent()) {
      return Check.trouble("ports", problem.get(), "wnm --force_action update_config --node_cap N");
    }
    if (patient.store().filter(store -> !store.containers().isEmpty()).isPresent()) {
      return Check.ok("ports", "those of " + cap + " nodes are in range; containers hold them");
    }
    Set<Integer> taken = patient.store().stream().flatMap(store -> store.nodes().stream()).map(Node::id).collect(Collectors.toSet());
    List<String> held = IntStream.rangeClosed(1, cap).filter(id -> !taken.contains(id)).mapToObj(plan::portsOf)
        .map(ListeningPorts::held).flatMap(Optional::stream).toList();
    return held.isEmpty() ? Check.ok("ports", "those of " + cap + " nodes are in range and free")
        : Check.warning("ports", held.get(0) + (held.size() == 1 ? "" : ", and of " + (held.size() - 1) + " more nodes one is")
            + "; such a number is given to no node", "sudo ss -lunpt, and end what listens there or choose other --port_start");
  }

  private List<Check> storages() {
    ColonyId colony = CycleState.colony(patient.stored(), settings.platform().home());
    List<Path> known = patient.store().stream().flatMap(store -> store.storages().stream())
        .filter(storage -> storage.container().isEmpty()).map(MarkedStorage::path).toList();
    List<Check> checks = new ArrayList<>();
    settings.get(Options.NODE_STORAGE).paths().stream().filter(wanted -> !known.contains(wanted)).map(this::newStorage).forEach(checks::add);
    known.forEach(storage -> checks.add(known(storage, StorageMarker.look(colony, storage))));
    return checks;
  }

  private static Check known(Path storage, StorageState state) {
    String mend = "mount its disk; if that is gone for good: wnm --force_action forget --storage " + Shell.argument(storage.toString())
        + " --confirm";
    if (state instanceof StorageState.Ours) {
      return Check.ok("storage", storage + " is there, with the mark of this colony");
    }
    if (state instanceof StorageState.Unreachable unreachable) {
      return Check.trouble("storage", storage + ": " + unreachable.reason(), mend);
    }
    return state instanceof StorageState.Foreign foreign
        ? Check.trouble("storage", storage + " is that of another colony (" + foreign.owner() + ")", "wnm --node_storage PATH")
        : Check.trouble("storage", storage + " does not carry the mark of this colony", mend);
  }

  private Check newStorage(Path storage) {
    Path there = Stream.iterate(storage.toAbsolutePath(), Files::notExists, ParentFolder::of).reduce((first, last) -> last)
        .map(ParentFolder::of).orElse(storage);
    return Files.isWritable(there) || settings.isForWholeSystem() ? Check.ok("storage", storage + " can be written")
        : Check.trouble("storage", storage + " cannot be made: no permission in " + there,
            "sudo install -d -o " + settings.platform().user() + " " + storage);
  }

  private Check wallet() {
    String rewards = settings.get(Options.REWARDS_ADDRESS);
    return rewards.isEmpty() ? Check.warning("wallet", "none is set", "wnm --init --rewards_address YOUR_WALLET")
        : Check.ok("wallet", "new nodes pay to " + rewards);
  }
}

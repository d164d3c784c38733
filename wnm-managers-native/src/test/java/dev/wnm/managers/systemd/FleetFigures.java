package dev.wnm.managers.systemd;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.ContractMachine;
import dev.wnm.testkit.manager.Offered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Measures a fleet as the services of whoever runs this; started by {@link SystemdBench}. */
final class FleetFigures {
  private final AtomicInteger commands = new AtomicInteger();
  private final Path folder;
  private final Path antnode;
  private final ProcessManager manager;

  private FleetFigures(Path folder) throws Exception {
    this.folder = folder;
    antnode = StandInAntnode.installInto(folder.resolve("bin"));
    manager = new SystemdProvider().create("systemd+user", new ManagerContext(ContractMachine.COLONY, counting(), Firewall.NONE,
        Clock.systemUTC(), Files.createDirectory(folder.resolve("node")), Path.of(System.getProperty("user.home")),
        Progress.SILENT));
  }

  public static void main(String[] words) throws Exception {
    FleetFigures figures = new FleetFigures(Files.createTempDirectory("figures"));
    for (List<NodeSpec> nodes : List.of(figures.nodes(1, 1), figures.nodes(2, 51), figures.nodes(52, 200))) {
      figures.measure("create " + nodes.size(), () -> Offered.by(figures.manager, Batches.class).createAll(nodes));
      figures.measure("start " + nodes.size(), () -> Offered.by(figures.manager, Batches.class).startAll(nodes));
    }
    List<NodeSpec> all = figures.nodes(1, 200);
    figures.measure("status of 1", () -> figures.manager.status(all.subList(0, 1)));
    figures.measure("status of 200", () -> figures.manager.status(all));
    figures.measure("survey of 200", () -> figures.manager.survey());
    figures.measure("stop 200", () -> Offered.by(figures.manager, Batches.class).stopAll(all));
    figures.measure("remove 200", () -> Offered.by(figures.manager, Batches.class).removeAll(all));
  }

  private void measure(String what, Callable<?> work) throws Exception {
    commands.set(0);
    long begin = System.nanoTime();
    Object result = work.call();
    double seconds = (System.nanoTime() - begin) / 1e9;
    long failed = result instanceof Map<?, ?> results
        ? results.values().stream().filter(OperationResult.Failed.class::isInstance).count() : 0;
    System.out.printf(Locale.ROOT, "%-16s %6.2f s  %2d commands%s%n", what, seconds, commands.get(),
        failed == 0 ? "" : "  " + failed + " FAILED");
  }

  private List<NodeSpec> nodes(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(id -> {
      String name = String.format(Locale.ROOT, "antnode%04d", id);
      Path root = folder.resolve("node").resolve(name);
      return NodeSpec.builder(id, NodePlacement.of(name + ".service", root), NodePorts.of(20_000 + id, 21_000 + id))
          .source(antnode).user(System.getProperty("user.name"))
          .wallet("0x00455d78f850b0358E8cea5be24d415E01E107CF").bootstrapCache(folder.resolve("cache")).build();
    }).toList();
  }

  private CommandRunner counting() {
    CommandRunner real = new ProcessCommandRunner();
    return new CommandRunner() {
      @Override
      public CommandResult run(Command command) throws CommandFailedException {
        commands.incrementAndGet();
        return real.run(command);
      }

      @Override
      public Process spawn(Command command, Path log) throws CommandFailedException {
        return real.spawn(command, log);
      }

      @Override
      public Optional<Path> find(String program) {
        return real.find(program);
      }
    };
  }
}

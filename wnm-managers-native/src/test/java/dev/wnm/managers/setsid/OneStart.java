package dev.wnm.managers.setsid;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.testkit.manager.ContractMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** A program that starts node 1 of a storage, says its own pid and the node's, and waits to be killed. */
final class OneStart {
  private OneStart() {}

  public static void main(String[] args) throws IOException {
    Path storage = Path.of(args[0]);
    Path home = Path.of(args[1]);
    Path root = storage.resolve("antnode0001");
    NodePlacement placement =
        NodePlacement.of("antnode0001.service", root).withLogDir(storage.resolveSibling("logs").resolve("antnode0001"));
    NodeSpec node = NodeSpec.builder(1, placement, NodePorts.of(Integer.parseInt(args[3]), Integer.parseInt(args[4])))
        .source(Path.of(args[2])).wallet(Bench.WALLET).bootstrapCache(home.resolve("bootstrap-cache"))
        .build();
    ManagerContext context = new ManagerContext(ContractMachine.COLONY, new ProcessCommandRunner(), Firewall.NONE, Clock.systemUTC(), storage, home, Progress.SILENT);
    long pid = Bench.done(Setup.provider().create("setsid+user", context).start(node)).facts().pid().orElseThrow();
    System.out.println("up " + ProcessHandle.current().pid() + " " + pid);
    System.in.read();
  }
}

package dev.wnm.managers.setsid;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.testkit.manager.ContractMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A program that starts node 1 of a storage, says its own pid and the node's, and waits to be killed. */
final class OneStart {
  private OneStart() {}

  public static void main(String[] args) throws IOException {
    Path storage = Path.of(args[0]);
    Path home = Path.of(args[1]);
    Path root = storage.resolve("antnode0001");
    NodeSpec node = new NodeSpec(1, "antnode0001.service", root, storage.resolveSibling("logs").resolve("antnode0001"),
        root.resolve("antnode"), Path.of(args[2]), new NodePorts(Integer.parseInt(args[3]), Integer.parseInt(args[4]), 0),
        "127.0.0.1", "", Bench.WALLET, "evm-arbitrum-one", false, Map.of(), List.of(), home.resolve("bootstrap-cache"),
        Optional.empty(), OptionalLong.empty());
    ManagerContext context = new ManagerContext(ContractMachine.COLONY, new ProcessCommandRunner(), Firewall.NONE, Clock.systemUTC(), storage, home, Progress.SILENT);
    long pid = Bench.done(Setup.provider().create("setsid+user", context).start(node)).facts().pid().orElseThrow();
    System.out.println("up " + ProcessHandle.current().pid() + " " + pid);
    System.in.read();
  }
}

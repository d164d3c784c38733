package dev.wnm.managers.s6overlay;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.manager.Offered;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The machine reboots: docker and all containers end and come again. */
@ResourceLock(DockerEngine.RESOURCE)
class RebootTest extends GroupBench {
  @Test
  void groupsReturnByThemselvesWithTheNodesThatRan() {
    DockerEngine engine = DockerEngine.running();
    if (!engine.isStartedByTests()) {
      System.err.println("SKIPPED: RebootTest, since this Docker Engine was not started by tests and others may use it;"
          + " stop it, and the tests start one");
    }
    assumeTrue(engine.isStartedByTests(), "the Docker Engine belongs to others");
    ProcessManager manager = manager();
    List<NodeSpec> nodes = running(manager, 1, 2, 5);
    manager.stop(nodes.get(1));

    engine.restart();

    ProcessManager later = manager();
    eventually("nodes 1 and 5 run again, without wnm", () -> later.status(nodes).get(1) instanceof ProcessState.Running
        && later.status(nodes).get(5) instanceof ProcessState.Running);
    assertThat(later.status(nodes).get(2)).isInstanceOf(ProcessState.Stopped.class);
    assertThat(up(Offered.by(later, HostsGroups.class).openGroups(List.of(group(1))).get("a1")).changed()).isFalse();
  }
}

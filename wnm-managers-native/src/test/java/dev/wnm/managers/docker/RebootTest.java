package dev.wnm.managers.docker;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ProcessState.Stopped;
import dev.wnm.testkit.docker.DockerEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What becomes of containers when the machine starts again. Nothing else here, since all other tests wait meanwhile. */
@Isolated("it restarts the engine")
class RebootTest extends DockerBench {
  @Test
  void nodesThatRanReturnAfterARebootAndStoppedOnesStayDown() {
    DockerEngine engine = DockerEngine.running();
    if (!engine.isStartedByTests()) {
      System.err.println("SKIPPED: a reboot, since this Docker Engine was not started by tests and others may use it;"
          + " stop it, and the tests start one");
    }
    assumeTrue(engine.isStartedByTests(), "the Docker Engine belongs to others");
    ProcessManager manager = manager();
    NodeSpec ran = running(manager, node(1));
    NodeSpec stopped = running(manager, node(2));
    NodeSpec neverRan = node(3);
    done(manager.create(neverRan));
    NodeSpec died = misbehaving(node(4), "exit_at_start", "3");
    done(manager.create(died));
    reason(manager.start(died));
    manager.stop(stopped);
    manager.stop(died);

    engine.restart();

    eventually("the one that ran answers, without wnm", () -> answers(ran));
    Map<Integer, ProcessState> states = manager().status(List.of(ran, stopped, neverRan, died));
    assertThat(states.get(2)).isInstanceOf(Stopped.class);
    assertThat(states.get(3)).isInstanceOf(Stopped.class);
    assertThat(states.get(4)).isInstanceOf(Stopped.class);
  }
}

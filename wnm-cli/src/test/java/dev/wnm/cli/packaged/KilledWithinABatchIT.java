package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Kills wnm while it is at work on many nodes at once: the journal has them open, and to some of them it is done already. */
@Order(4)
class KilledWithinABatchIT {
  private static final int NODES = 40;
  private static final String ALL = Integer.toString(NODES);
  /** How far a batch has come when it is cut off. */
  private static final int SOME = 8;

  private TestHost host;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    host = TestHost.create();
    List<String> more = new ArrayList<>(TestHost.WIDE_LIMITS);
    more.addAll(TestHost.NO_DELAYS);
    for (String option : List.of("--node_cap", "--max_concurrent_starts", "--max_concurrent_removals", "--max_concurrent_operations")) {
      more.addAll(List.of(option, ALL));
    }
    host.done(host.initWords(more));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  @Test
  void aBatchThatIsCutOffLosesOrphansAndDoublesNoNode() throws Exception {
    cutOff("add", "ADD", "has made some folders", () -> folders() >= SOME);
    host.run("--force_action", "remove", "--count", ALL);
    cutOff("add", "ADD", "has started some", () -> running() >= SOME);
    host.run("--force_action", "remove", "--count", ALL);
    assertThat(host.folders()).isEmpty();
    host.done("--force_action", "add", "--count", ALL);
    host.done();
    assertThat(host.nodes("RUNNING")).hasSize(NODES);

    // A stand-in takes a second to end.
    cutOff("stop", "STOP", "has begun", () -> true);
    host.run("--force_action", "stop", "--count", ALL);
    assertThat(host.nodes("STOPPED")).hasSize(NODES);
    cutOff("start", "START", "has started some", () -> running() >= SOME);
    assertThat(running()).as("nodes that take a second to be removed").isGreaterThan(SOME);
    cutOff("remove", "REMOVE", "has begun", () -> true);

    host.done("--force_action", "teardown", "--confirm");
    assertThat(host.everything()).isEmpty();
    assertThat(host.folders()).isEmpty();
  }

  /** @param moment when it is cut off, once its nodes are in the journal: the first one goes ahead alone */
  private void cutOff(String action, String kind, String when, BooleanSupplier moment) throws Exception {
    FleetBefore before = FleetBefore.on(host);
    WnmRun run = host.wnm().start("--force_action", action, "--count", ALL);
    String what = action + " that is cut off when it " + when;
    Eventually.eventually(what, () -> open(kind) > SOME && moment.getAsBoolean() || !run.process().isAlive());
    run.killed();
    assertThat(open(kind)).as("nodes in the journal, after " + what + "\n" + run).isGreaterThan(SOME);

    before.isKept(what + "\n" + host.done("--force_action", "survey"));
  }

  private int running() {
    return host.processes().size();
  }

  private int open(String kind) {
    return host.colony().rows("SELECT id FROM operation WHERE closed_at IS NULL AND kind = '" + kind + "'").size();
  }

  private int folders() {
    try {
      return host.folders().size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

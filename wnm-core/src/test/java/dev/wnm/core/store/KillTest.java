package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.OperationKind;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed with SIGKILL while it writes, again and again. */
class KillTest {
  private static final int KILLS = 8;

  @TempDir
  Path folder;

  /** Whatever the process said was begun is in the journal, and a node is there exactly when its operation was closed. */
  @Test
  void killingAWriterAtAnyTimeLosesNothingThatWasBegun() throws Exception {
    Path file = folder.resolve("colony.db");
    Random random = new Random(20_261_121);
    long highest = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> begun = killAfter(random.nextInt(12), Java.start(List.of(), Writer.class, file.toString()));
      assertThat(Colonies.texts(file, "PRAGMA integrity_check")).containsExactly("ok");
      if (!begun.isEmpty()) {
        highest = Long.parseLong(begun.get(begun.size() - 1));
        assertThat(Colonies.texts(file, "SELECT id FROM operation")).containsAll(begun);
      }
      assertThat(Colonies.texts(file, "SELECT node_id FROM operation WHERE closed_at IS NOT NULL ORDER BY node_id"))
          .isEqualTo(Colonies.texts(file, "SELECT id FROM node ORDER BY id"));
    }
    assertThat(highest).isPositive();
    try (ColonyStore store = ColonyStore.openExisting(file, CLOCK)) {
      assertThat(store.openOperations()).hasSizeLessThanOrEqualTo(KILLS);
      assertThat(store.machine()).isPresent();
    }
  }

  /** Kills the process once it has said so many lines. */
  private static List<String> killAfter(int lines, Process process) throws Exception {
    List<String> said = new ArrayList<>();
    try (BufferedReader output = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = output.readLine()) != null) {
        assertThat(line).matches("\\d+");
        said.add(line);
        if (said.size() > lines) {
          // Process.destroyForcibly() would throw away what was said before the kill.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return said;
  }

  /** Adds nodes for ever, and says the number of each operation once it was begun. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      try (ColonyStore store = ColonyStore.open(Path.of(args[0]), CLOCK)) {
        if (store.machine().isEmpty()) {
          store.createMachine(Colonies.machine());
        }
        while (true) {
          int id = store.nodes().size() + store.openOperations().size() + 1;
          long operation = store.begin(OperationKind.ADD, id, Colonies.node(id).service(), "{}",
              Map.of("highest_node_id_used", Integer.toString(id)));
          System.out.println(operation);
          store.finish(operation, true, "", NodeChange.save(Colonies.node(id)));
        }
      }
    }
  }
}

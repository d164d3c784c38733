package dev.wnm.core.store;

import static dev.wnm.core.store.Colonies.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An upgrade that is cut off before any of its statements loses nothing, and the next run completes it. */
class UpgradeKillTest {
  /** What is upgraded. */
  enum Old {
    OF_WNM_1_0, OF_THE_PYTHON_WNM;

    void make(Path file) throws Exception {
      if (this == OF_WNM_1_0) {
        RealFile.OF_WNM_1_0.unpackTo(file);
      } else {
        PythonFile.make(file, "eeec2af7114c", PythonFile.laterColumns());
      }
    }

    String version() {
      return this == OF_WNM_1_0 ? "1" : "0";
    }
  }

  /** What must not be lost. */
  private record Contents(List<Node> nodes, Map<String, String> machine) {}

  @TempDir
  Path folder;

  private static Contents contents(Path file) {
    try (ColonyStore store = ColonyStore.open(file, CLOCK)) {
      return new Contents(store.nodes(), store.machine().orElseThrow());
    }
  }

  private static Contents undisturbed(Old old, Path folder) throws Exception {
    Path file = Files.createDirectory(folder.resolve("undisturbed")).resolve("colony.db");
    old.make(file);
    return contents(file);
  }

  private static List<Path> backups(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().contains(".backup-")).toList();
    }
  }

  /** @param killed a folder with what was left */
  private static void assertNothingLost(Path killed, Old old, Contents expected, String when) throws Exception {
    Path file = killed.resolve("colony.db");
    assertThat(Colonies.texts(file, "PRAGMA user_version")).as(when).isSubsetOf(old.version(), "" + SchemaState.VERSION);
    assertThat(Colonies.texts(file, "PRAGMA integrity_check")).as(when).containsExactly("ok");
    assertThat(contents(file)).as(when).isEqualTo(expected);
    assertThat(backups(killed)).as(when).hasSize(1);
    assertThat(Colonies.texts(backups(killed).get(0), "PRAGMA user_version")).as(when).containsExactly(old.version());
    assertThat(killed.resolve("colony.db.backup.part")).as(when).doesNotExist();
  }

  /** The files as they are at an instant are what a process leaves that is killed then. */
  @ParameterizedTest
  @EnumSource
  void whatIsInTheFolderBeforeEachStatementIsWholeOrIsCompleted(Old old) throws Exception {
    Contents expected = undisturbed(old, folder);
    Path present = Files.createDirectory(folder.resolve("present"));
    List<String> statements = new ArrayList<>();
    old.make(present.resolve("colony.db"));
    upgrade(present.resolve("colony.db"), sql -> {
      statements.add(sql);
      copy(present, folder.resolve("killed-" + statements.size()));
    });
    copy(present, folder.resolve("killed-" + (statements.size() + 1)));

    assertThat(statements).contains("BEGIN IMMEDIATE", "COMMIT").hasSizeGreaterThan(30);
    for (int kill = 1; kill <= statements.size() + 1; kill++) {
      String when = kill <= statements.size() ? "before " + statements.get(kill - 1) : "after all";
      assertNothingLost(folder.resolve("killed-" + kill), old, expected, when);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProcessThatIsKilledJustBeforeItCommitsLosesNothing(Old old) throws Exception {
    Contents expected = undisturbed(old, folder);
    Path killed = Files.createDirectory(folder.resolve("killed"));
    old.make(killed.resolve("colony.db"));
    Process process = Java.start(List.of(), Upgrader.class, killed.resolve("colony.db").toString());
    try (BufferedReader output = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("COMMIT");
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(backups(killed)).hasSize(1);
    assertNothingLost(killed, old, expected, "before COMMIT");
  }

  /** Upgrades a file as far as the commit, says so, and waits to be killed. */
  static final class Upgrader {
    private Upgrader() {}

    public static void main(String[] args) throws SQLException {
      upgrade(Path.of(args[0]), sql -> {
        if (sql.equals("COMMIT")) {
          System.out.println(sql);
          while (true) {
            LockSupport.park();
          }
        }
      });
    }
  }

  /** With a cache of one page, so that what is not committed is in the files too. */
  private static void upgrade(Path file, Consumer<String> before) throws SQLException {
    Connections connections = new Connections(file, Duration.ofSeconds(1));
    try (Connection connection = connections.forWriting()) {
      Sql.run(connection, "PRAGMA cache_size = 1");
      Sql.run(connection, "PRAGMA cache_spill = 1");
      new SchemaUpgrade(file, watched(connection, before), connections, CLOCK, Migration.all()).run();
    }
  }

  /** The connection, whose statements are told before they are run. */
  private static Connection watched(Connection connection, Consumer<String> before) {
    return watched(Connection.class, connection, (method, result) -> method.equals("createStatement")
        ? watched(Statement.class, (Statement) result, (name, value) -> value, before)
        : result, before);
  }

  private static <T> T watched(Class<T> type, T real, Result then, Consumer<String> before) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
      if (method.getName().startsWith("execute") && arguments != null && arguments[0] instanceof String sql) {
        before.accept(sql);
      }
      try {
        return then.of(method.getName(), method.invoke(real, arguments));
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }));
  }

  private interface Result {
    Object of(String method, Object result);
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectory(to);
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.toList()) {
          // The index of the log is memory of processes that live.
          if (!file.toString().endsWith("-shm")) {
            Files.copy(file, to.resolve(file.getFileName()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

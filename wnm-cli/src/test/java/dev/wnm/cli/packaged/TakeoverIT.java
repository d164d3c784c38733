package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import dev.wnm.testkit.docker.ImageRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines on which another program ran the nodes until now: wnm goes on with them, and touches none. */
class TakeoverIT {
  /** The schema of the Python wnm 0.5.0, as facts/wnm-schema.md has it. */
  private static final Path PYTHON_SCHEMA = Path.of("../wnm-core/src/test/resources/dev/wnm/core/store/python-0.5.0.sql");
  private static final String HOME = "/home/operator";

  @TempDir
  Path folder;

  @Test
  void nodesOfThePythonWnmGoOnAndItCanOpenItsDatabaseAfterwards() throws Exception {
    try (SystemdMachine machine = SystemdMachine.start(folder, ImageRecipe.OPERATOR)) {
      String base = HOME + "/.local/share/autonomi";
      machine.must("install", "-D", "-m", "755", machine.antnode().toString(), base + "/node/antnode0001/antnode");
      machine.must("mkdir", "-p", base + "/logs/antnode0001");
      machine.write(HOME + "/.config/systemd/user/antnode0001.service", """
          [Unit]
          Description=antnode0001
          [Service]


          ExecStart=%1$s/node/antnode0001/antnode --bootstrap-cache-dir %1$s/bootstrap-cache --root-dir %1$s/node/antnode0001 \
          --port 55001 --enable-metrics-server --metrics-server-port 13001 --log-output-dest %1$s/logs/antnode0001 \
          --max-log-files 1 --max-archived-log-files 1 --rewards-address %2$s evm-arbitrum-one
          Restart=always
          #RestartSec=300
          """.formatted(base, TestHost.WALLET));
      machine.must("systemctl", "--user", "daemon-reload");
      machine.must("systemctl", "--user", "start", "antnode0001");
      machine.awaitAnswer(13_001);
      String pid = pid(machine, "--user");
      Path database = Files.createDirectory(folder.resolve("db")).resolve("colony.db");
      makePythonDatabase(database, base, machine.antnode());
      machine.as("root").must("chown", "-R", "operator", database.getParent().toString());

      String said = machine.done("--dbpath", database.toString());

      assertThat(said).contains("antnode0001");
      ColonyFile colony = new ColonyFile(database);
      Map<String, String> row = colony.rows("SELECT * FROM node").get(0);
      assertThat(row).containsEntry("status", "RUNNING").containsEntry("manager_type", "systemd+user")
          .containsEntry("root_dir", base + "/node/antnode0001").containsEntry("log_dir", base + "/logs/antnode0001");
      assertThat(pid(machine, "--user")).as("it was not restarted").isEqualTo(pid);
      assertThat(colony.rows("SELECT * FROM alembic_version")).containsExactly(Map.of("version_num", "e2f4a512d24c"));
      assertThat(colony.rows("SELECT * FROM machine").get(0)).containsEntry("process_manager", "systemd+user");
      assertThat(Files.list(database.getParent()).map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("colony.db.backup-"));

      machine.done("--dbpath", database.toString(), "--force_action", "remove", "--service_name", "antnode0001");
      assertThat(machine.ask("sh", "-c", "ls -A " + base + "/node " + base + "/logs " + HOME + "/.config/systemd/user"))
          .doesNotContain("antnode0001");
    }
  }

  @Test
  void nodesOfAnmGoOnWhileItsJobIsPutAside() throws IOException {
    try (SystemdMachine machine = SystemdMachine.start(folder, "root")) {
      machine.must("mkdir", "-p", "/var/antctl/services/antnode0001", "/var/log/antnode/antnode0001", "/etc/cron.d");
      machine.must("install", "-m", "755", machine.antnode().toString(), "/var/antctl/services/antnode0001/antnode");
      machine.must("install", "-D", "-m", "755", machine.antnode().toString(), "/root/.local/bin/antnode");
      machine.must("chown", "-R", "ant:ant", "/var/antctl/services", "/var/log/antnode");
      machine.write("/var/antctl/system", "x\n");
      machine.write("/var/antctl/config", """
          NodeCap=1
          CpuLessThan=99
          CpuRemove=100
          MemLessThan=99
          MemRemove=100
          HDLessThan=99
          HDRemove=100
          DelayStart=5
          DelayReStart=10
          DelayUpgrade=5
          DelayRemove=300
          NodeStorage=/var/antctl/services
          RewardsAddress=--rewards-address %s
          MaxLoadAverageAllowed=9000
          DesiredLoadAverage=8000
          """.formatted(TestHost.WALLET));
      machine.write("/usr/bin/anms.sh", "#!/bin/bash\nntpr=55\n");
      machine.write("/etc/cron.d/anm", "* * * * * ant /usr/bin/anms.sh\n");
      machine.write("/etc/systemd/system/antnode0001.service", """
          [Unit]
          Description=antnode0001
          [Service]
          User=ant
          ExecStart=/var/antctl/services/antnode0001/antnode --root-dir /var/antctl/services/antnode0001 --port 55001 \
          --enable-metrics-server --metrics-server-port 13001 --log-output-dest /var/log/antnode/antnode0001 \
          --max-log-files 1 --max-archived-log-files 1 --rewards-address %s evm-arbitrum-one
          Restart=always
          """.formatted(TestHost.WALLET));
      machine.must("systemctl", "daemon-reload");
      machine.must("systemctl", "start", "antnode0001");
      machine.awaitAnswer(13_001);
      String pid = pid(machine);

      assertThat(machine.done("--init", "--migrate_anm")).contains("systemd+sudo", "anm-cron.backup");

      assertThat(machine.ask("ls", "/etc/cron.d")).doesNotContain("anm");
      assertThat(machine.ask("cat", "/var/antctl/anm-cron.backup")).contains("anms.sh");
      assertThat(machine.done("--report", "node-status")).containsPattern("antnode0001.*RUNNING");
      machine.done();
      assertThat(pid(machine)).as("it was not restarted").isEqualTo(pid);
    }
  }

  @Test
  void unitsOfNTrackingGoOnAndStayUpAfterAnUpgradeOfTheirOwn() throws IOException {
    try (SystemdMachine machine = SystemdMachine.start(folder, ImageRecipe.OPERATOR)) {
      Path antNode = StandInAntNode2.installInto(folder.toRealPath().resolve("bin"));
      String units = HOME + "/.config/systemd/user/";
      for (int i = 1; i <= 2; i++) {
        machine.must("install", "-D", "-m", "755", antNode.toString(), HOME + "/.ant-node/node-" + i + "/ant-node");
        machine.must("mkdir", "-p", HOME + "/.ant-node/logs-ram/node-" + i);
        machine.write(units + "ant-node-" + i + ".service", """
            [Unit]
            Description=Ant node %1$d
            [Service]
            ExecStart=%%h/.ant-node/node-%1$d/ant-node --root-dir %%h/.ant-node/node-%1$d --port 1200%1$d --rewards-address %2$s \
              --upgrade-channel stable --stop-on-upgrade --enable-logging --log-level info --log-dir %%h/.ant-node/logs-ram/node-%1$d \
              --log-max-files 7
            Restart=on-failure
            RestartSec=10
            """.formatted(i, TestHost.WALLET));
      }
      machine.must("install", "-D", "-m", "755", antNode.toString(), HOME + "/own/ant-node");
      machine.write(units + "mine.service",
          "[Service]\nExecStart=" + HOME + "/own/ant-node --root-dir " + HOME + "/own/data --rewards-address " + TestHost.WALLET + "\n");
      machine.write(units + "other.service", "[Service]\nExecStart=/bin/sleep 1\n");
      machine.must("systemctl", "--user", "daemon-reload");
      machine.must("systemctl", "--user", "start", "ant-node-1", "ant-node-2", "mine");
      String pid = machine.ask("systemctl", "--user", "show", "--property=MainPID", "--value", "ant-node-1");
      String unit = machine.ask("cat", units + "ant-node-1.service");

      String said = machine.init("--import", "--process_manager", "systemd+user", "--node_cap", "2");

      assertThat(said).contains("mine.service is not taken over: its unit gives it no port (--port)",
          "a drop-in with Restart=always was added to ant-node-1.service, ant-node-2.service").doesNotContain("other.service");
      assertThat(machine.ask("systemctl", "--user", "show", "--property=Restart", "--value", "ant-node-1")).isEqualTo("always");
      assertThat(machine.ask("cat", units + "ant-node-1.service")).as("its unit").isEqualTo(unit);
      machine.done();
      assertThat(machine.done("--report", "node-status")).containsPattern("ant-node-1.*RUNNING").containsPattern("ant-node-2.*RUNNING");
      assertThat(machine.ask("systemctl", "--user", "show", "--property=MainPID", "--value", "ant-node-1"))
          .as("it was not restarted").isEqualTo(pid);

      machine.done("--force_action", "remove", "--service_name", "ant-node-1");
      assertThat(machine.ask("sh", "-c", "ls -A " + HOME + "/.ant-node " + HOME + "/.ant-node/logs-ram " + units))
          .doesNotContain("node-1").contains("node-2");
    }
  }

  private static String pid(SystemdMachine machine, String... scope) {
    String[] words = scope.length == 0 ? new String[] {"systemctl", "show", "--property=MainPID", "--value", "antnode0001"}
        : new String[] {"systemctl", scope[0], "show", "--property=MainPID", "--value", "antnode0001"};
    return machine.ask(words);
  }

  /** A machine with one node, of whose folders the Python wnm knows little: no logs, and a home cut short. */
  private static void makePythonDatabase(Path file, String base, Path antnode) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      String schema = Files.readString(PYTHON_SCHEMA).replaceAll("--[^\n]*", "");
      for (String sql : schema.split(";")) {
        if (!sql.isBlank()) {
          statement.executeUpdate(sql);
        }
      }
      statement.executeUpdate("INSERT INTO alembic_version VALUES ('e2f4a512d24c')");
      insert(statement, "machine", Map.ofEntries(Map.entry("node_storage", base + "/node"), Map.entry("node_cap", "1"),
          Map.entry("rewards_address", TestHost.WALLET), Map.entry("port_start", "55"), Map.entry("metrics_port_start", "13"),
          Map.entry("rpc_port_start", "30"), Map.entry("host", "127.0.0.1"), Map.entry("cpu_less_than", "99"),
          Map.entry("cpu_remove", "100"), Map.entry("mem_less_than", "99"), Map.entry("mem_remove", "100"),
          Map.entry("hd_less_than", "99"), Map.entry("hd_remove", "100"), Map.entry("max_load_average_allowed", "9000"),
          Map.entry("desired_load_average", "8000"), Map.entry("process_manager", "systemd+user"),
          Map.entry("donate_address", TestHost.WALLET), Map.entry("node_removal_strategy", "youngest"),
          Map.entry("antnode_path", antnode.toString())));
      insert(statement, "node", Map.ofEntries(Map.entry("manager_type", "systemd"), Map.entry("node_name", "0001"),
          Map.entry("service", "antnode0001.service"), Map.entry("user", "operator"),
          Map.entry("binary", base + "/node/antnode0001/antnode"), Map.entry("version", StandInAntnode.VERSION.text()),
          Map.entry("root_dir", HOME + "/"), Map.entry("port", "55001"), Map.entry("metrics_port", "13001"),
          Map.entry("network", "evm-arbitrum-one"), Map.entry("wallet", TestHost.WALLET), Map.entry("status", "RUNNING"),
          Map.entry("host", "127.0.0.1"), Map.entry("method", "systemd"), Map.entry("layout", "1")));
    }
  }

  /** A row whose other columns that must not be null are 1. */
  private static void insert(Statement statement, String table, Map<String, String> values) throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    try (var columns = statement.executeQuery("PRAGMA table_info(" + table + ")")) {
      while (columns.next()) {
        String name = columns.getString("name");
        String value = values.getOrDefault(name, columns.getInt("notnull") == 1 ? "1" : null);
        if (value != null) {
          names.add(name);
          literals.add("'" + value + "'");
        }
      }
    }
    statement.executeUpdate(
        "INSERT INTO " + table + " (" + String.join(", ", names) + ") VALUES (" + String.join(", ", literals) + ")");
  }
}

package dev.wnm.cli.packaged;

import static dev.wnm.cli.packaged.BadInput.FAILED;
import static dev.wnm.cli.packaged.BadInput.NO_DATABASE;
import static dev.wnm.cli.packaged.BadInput.NO_MANAGER;
import static dev.wnm.cli.packaged.BadInput.of;
import static dev.wnm.cli.packaged.BadInput.refused;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Command lines that would be right, were it not for files, variables, the database or the machine. */
final class BadSurroundings {
  private BadSurroundings() {}

  static List<BadInput> ofFiles() {
    return List.of(
        refused("a config file that is not there", "-c nowhere.conf", "the config file ~/nowhere.conf does not exist"),
        refused("a config file that is a folder", "-c @", "the config file ~/case is a folder"),
        refused("a config file that is no text", "-c @/config", "the config file ~/case/config is not UTF-8 text")
            .where(scene -> Files.write(scene.file("config"), new byte[] {(byte) 0xc0, (byte) 0xc0, 10})),
        refused("a config file in UTF-16", "-c @/config", "the config file ~/case/config is not UTF-8 but UTF-16, as Windows"
            + " PowerShell writes it; save it as UTF-8")
            .where(scene -> Files.writeString(scene.file("config"), "node_cap = 5\n", StandardCharsets.UTF_16)),
        refused("a config file larger than any", "-c @/config", "the config file ~/case/config is larger than 1 MiB")
            .where(scene -> scene.write("config", "# much ado\n".repeat(200_000))),
        refused("a config file that may not be read", "-c @/config",
            "the config file ~/case/config may not be read by this user")
            .where(scene -> {
              scene.mode(scene.write("config", "node_cap = 5\n"), "rw-------");
              scene.asNobody();
            }).asRoot(),
        refused("a config file that everyone can change", "-c @/config",
            "the config file ~/case/config is not read: the file ~/case/config can be changed by everyone (mode 0666); if it is"
                + " to be trusted: chmod go-w ~/case/config")
            .where(scene -> scene.mode(scene.write("config", "node_cap = 5\n"), "rw-rw-rw-")),
        refused("a config file of another account", "-c @/config",
            "the config file ~/case/config is not read: the file ~/case/config belongs to …, not to root, whom wnm runs as; if"
                + " it is to be trusted: chown root ~/case/config")
            .where(scene -> Files.setAttribute(scene.write("config", "node_cap = 5\n"), "unix:uid", 65_534)).asRoot(),
        refused("an unknown key in a config file", "-c @/config",
            "~/case/config line 3: unknown option --node_cpa; did you mean --node_cap?")
            .where(scene -> scene.write("config", "# mine\nnode_cap = 5\nnode_cpa = 6\n")),
        refused("a bad value in a config file", "-c @/config",
            "--hd_remove must be a whole number from 1 to 100 (%), but ~/case/config line 1 says 'full'")
            .where(scene -> scene.write("config", "hd_remove: full\n")),
        refused("a line without a key in a config file", "-c @/config",
            "~/case/config line 1: '= 5' is not of the form key = value")
            .where(scene -> scene.write("config", "= 5\n")),
        refused("a key without its value in a config file", "-c @/config",
            "~/case/config line 1: --node_cap needs a value: a whole number from 0 to 64000")
            .where(scene -> scene.write("config", "node_cap\n")),
        refused("an order in a config file", "-c @/config",
            "~/case/config line 1: --force_action asks for something once, so it is taken from the command line only")
            .where(scene -> scene.write("config", "force_action = teardown\nconfirm\n")),
        refused("an ambiguous key in a config file", "-c @/config",
            "~/case/config line 1: --cpu could be --cpu_less_than, --cpu_remove; write the whole name")
            .where(scene -> scene.write("config", "cpu = 5\n")),
        refused("a listing that is not there", "@init --import_file @/nodes.json",
            "--import_file ~/case/nodes.json cannot be read as text: it does not exist"),
        refused("a listing that is a folder", "@init --import_file @",
            "--import_file ~/case cannot be read as text: it is a folder"),
        refused("a listing for a process manager without any", "@init --import_file @/nodes.json",
            "--import_file is not for process manager setsid+user, which has no listing of its own")
            .where(scene -> scene.write("nodes.json", "{\"nodes\":[]}")),
        refused("a file that is not a listing", "@init --process_manager antctl+user --antctl_path @/antctl --import_file @/notes",
            "--import_file ~/case/notes: not a listing of antctl: there is no JSON document in it")
            .where(scene -> {
              antctl(scene);
              scene.write("notes", "Dear diary\n");
            }),
        refused("a listing that was cut off", "@init --process_manager antctl+user --antctl_path @/antctl --import_file @/notes",
            "--import_file ~/case/notes: not a listing of antctl: its JSON document is cut off or damaged")
            .where(scene -> {
              antctl(scene);
              scene.write("notes", "{\"nodes\":[{\"service_name\":");
            }),
        refused("a listing of another program",
            "@init --process_manager antctl+user --antctl_path @/antctl --import_file @/notes",
            "--import_file ~/case/notes: not a listing of antctl: entry 1 (node1) has a node_id and no service_name, as the ant"
                + " daemon's listing")
            .where(scene -> {
              antctl(scene);
              scene.write("notes", "{\"nodes\":[{\"node_id\":1,\"name\":\"node1\",\"status\":\"running\"}],\"total_running\":1}");
            }),
        refused("a listing of nodes that cannot be taken over",
            "@init --process_manager antctl+user --antctl_path @/antctl --import_file @/notes",
            "--import_file ~/case/notes is taken over whole or not at all, and these nodes cannot be: antnode2: its port 35001 is"
                + " also that of antnode1; antnode3: its wallet is not said; antnode4: its network 'Moonbase' is not one that wnm"
                + " knows (evm-arbitrum-one, evm-arbitrum-sepolia-test, evm-custom, evm-local, evm-arbitrum-sepolia)")
            .where(scene -> {
              antctl(scene);
              String wallet = "\"rewards_address\":\"" + TestHost.WALLET + "\"";
              scene.write("notes", "{\"nodes\":[" + String.join(",", listed(1, 35_001, wallet, "ArbitrumOne"),
                  listed(2, 35_001, wallet, "ArbitrumOne"), listed(3, 35_003, "\"rewards_address\":\"\"", "ArbitrumOne"),
                  listed(4, 35_004, wallet, "Moonbase")) + "]}");
            }),
        refused("a mistake in the config file that is always read", "--dry_run",
            "--mem_remove must be a whole number from 1 to 100 (%), but ~/wnm/config line 1 says '1000'")
            .where(scene -> scene.writeHome("wnm/config", "mem_remove 1000\n")),
        refused("a mistake in the .env file", "--dry_run",
            "~/.local/share/wnm/.env line 2: 'NODE_CAP' is not of the form KEY=value")
            .where(scene -> scene.writeHome(".local/share/wnm/.env", "# mine\nNODE_CAP\n")),
        refused("a bad variable", "--dry_run",
            "--node_cap must be a whole number from 0 to 64000, but the environment variable NODE_CAP says 'lots'")
            .where(scene -> scene.variable("NODE_CAP", "lots")),
        refused("a bad variable for a flag", "--dry_run",
            "--no_upnp must be true, yes, on, 1, false, no, off or 0, but the environment variable WNM_NO_UPNP says 'maybe'")
            .where(scene -> scene.variable("WNM_NO_UPNP", "maybe")));
  }

  static List<BadInput> ofTheDatabase() {
    return List.of(
        of(NO_DATABASE, "a cycle before --init", "--dbpath @/colony.db",
            "there is no database ~/case/colony.db; --init makes one"),
        of(NO_DATABASE, "a report before --init", "--dbpath @/colony.db --report node-status",
            "there is no database ~/case/colony.db; --init makes one"),
        refused("a database inside a file", "@init --dbpath @/file/colony.db",
            "--dbpath ~/case/file cannot be made: ~/case/file is not a folder")
            .where(scene -> scene.write("file", "")),
        of(NO_DATABASE, "a database that is a folder", "--dbpath @",
            "the database ~/case is a folder; give the name of a file with --dbpath"),
        of(NO_DATABASE, "a database that is something else", "--dbpath @/colony.db",
            "the file ~/case/colony.db is not a SQLite database; name another with --dbpath, or move it away")
            .where(BadSurroundings::diary),
        of(NO_DATABASE, "--init over something else", "@init",
            "the file ~/case/colony.db is not a SQLite database; name another with --dbpath, or move it away")
            .where(BadSurroundings::diary),
        of(NO_DATABASE, "another program's database", "--dbpath @/colony.db",
            "the file ~/case/colony.db is a SQLite database of another program; name another with --dbpath")
            .where(scene -> new ColonyFile(scene.file("colony.db")).change("CREATE TABLE recipe (name TEXT)")),
        of(NO_DATABASE, "a database of a newer wnm", "--dry_run",
            "the database ~/case/colony.db is from a newer wnm (its schema is 99, this wnm knows up to …); use that wnm")
            .where(scene -> scene.copyOfDatabase().change("PRAGMA user_version = 99")),
        of(NO_DATABASE, "a database of a newer Python wnm", "--dry_run",
            "the database ~/case/colony.db is from a Python wnm newer than 0.5.0 (its revision is feedfeedfeed), which this"
                + " wnm does not know")
            .where(scene -> scene.copyOfDatabase().change("UPDATE alembic_version SET version_num = 'feedfeedfeed'")),
        of(NO_DATABASE, "a damaged database", "--node_cap 5",
            "the database ~/case/colony.db is damaged (database disk image is malformed); put back a backup, or move the"
                + " file away and start anew with --init")
            .where(BadSurroundings::damagedDatabase),
        of(NO_DATABASE, "an empty database", "--dbpath @/colony.db",
            "the database ~/case/colony.db holds no settings yet: run wnm --init with --rewards_address first")
            .where(scene -> scene.write("colony.db", "")),
        of(NO_DATABASE, "a report from an empty database", "--dbpath @/colony.db --report node-status",
            "the database ~/case/colony.db holds no settings yet: run wnm --init with --rewards_address first")
            .where(scene -> scene.write("colony.db", "")),
        of(NO_DATABASE, "a database that everyone can change", "--node_cap 4",
            "the database ~/case/colony.db is not used: the file ~/case/colony.db can be changed by everyone (mode 0666); if it"
                + " is to be trusted: chmod go-w ~/case/colony.db")
            .where(scene -> scene.mode(scene.copyOfDatabase().file(), "rw-rw-rw-")),
        of(NO_DATABASE, "a database of another account", "--node_cap 4",
            "the database ~/case/colony.db is not used: the file ~/case/colony.db belongs to …, not to root, whom wnm runs as;"
                + " if it is to be trusted: chown root ~/case/colony.db")
            .where(scene -> Files.setAttribute(scene.copyOfDatabase().file(), "unix:uid", 65_534)).asRoot(),
        of(NO_DATABASE, "a database in a folder for everyone", "--node_cap 4",
            "the database ~/case/colony.db is not used: the folder ~/case can be changed by everyone (mode 0777); if it is to be"
                + " trusted: chmod go-w ~/case")
            .where(scene -> scene.mode(scene.copyOfDatabase().file().getParent(), "rwxrwxrwx")),
        of(NO_DATABASE, "a database without settings", "--dry_run",
            "the database ~/case/colony.db holds no settings yet: run wnm --init with --rewards_address first")
            .where(scene -> scene.copyOfDatabase().change("DELETE FROM machine")),
        of(NO_DATABASE, "a database that may not be written", "--node_cap 4",
            "the database ~/case/colony.db cannot be written: the file is read-only")
            .where(scene -> {
              scene.mode(scene.copyOfDatabase().file(), "r--r--r--");
              scene.asNobody();
            }).asRoot(),
        of(NO_DATABASE, "a database that may not be read", "--report node-status",
            "the database ~/case/colony.db cannot be read: no permission")
            .where(scene -> {
              scene.mode(scene.copyOfDatabase().file(), "rw-------");
              scene.asNobody();
            }).asRoot(),
        of(NO_DATABASE, "a new setting when the disk is full", "--node_cap 4",
            "no space left for the database ~/case/disk/colony.db: the disk that holds ~/case/disk is full; what was"
                + " being written is not in it")
            .where(scene -> {
              Path disk = scene.smallDisk("disk", "1m");
              scene.database(Files.copy(scene.host().database(), disk.resolve("colony.db")));
              scene.fill(disk);
            }).asRoot(),
        of(NO_DATABASE, "--init on a full disk", "@init --dbpath @/disk/colony.db",
            "no space left for the database ~/case/disk/colony.db: the disk that holds ~/case/disk is full; what was"
                + " being written is not in it")
            .where(scene -> scene.fill(scene.smallDisk("disk", "64k"))).asRoot(),
        refused("--init again", "@init --dbpath @@",
            "--init: ~/.local/share/autonomi/colony.db is initialized already; give settings without --init to change them"),
        of(FAILED, "removing the lock of a wnm at work", "--remove_lockfile",
            "another wnm is at work on ~/.local/share/autonomi/colony.db (process 4711 since 2026-11-21T00:00:00Z)")
            .where(BadSurroundings::lockHeld),
        of(FAILED, "another wnm at work", "--node_cap 4",
            "another wnm is at work on ~/.local/share/autonomi/colony.db (process 4711 since 2026-11-21T00:00:00Z)")
            .where(BadSurroundings::lockHeld));
  }

  static List<BadInput> ofTheMachine() {
    return List.of(
        refused("no wallet", "--init --process_manager setsid+user --dbpath @/colony.db",
            "--init needs --rewards_address: WALLET or WALLET:WEIGHT,…, a wallet being 0x and 40 hex digits, donate or faucet"),
        refused("no anm to migrate from", "@init --migrate_anm",
            "--migrate_anm: there is no anm on this machine: /var/antctl/system does not exist"),
        refused("no antnode", "@init --antnode_path @/antnode",
            "the node program is missing: there is no ~/case/antnode (--antnode_path), and no ant-node or antnode beside it or on the"
                + " PATH; wnm --fetch_node latest gets it"),
        refused("an antnode that is not executable", "@init --antnode_path @/antnode",
            "--antnode_path ~/case/antnode is not an executable file")
            .where(scene -> scene.write("antnode", "#!/bin/sh\n")),
        refused("an antnode that is a folder", "@init --antnode_path @", "--antnode_path ~/case is not an executable file"),
        refused("an antnode that is another program", "@init --antnode_path /bin/echo",
            "--antnode_path /bin/echo is not antnode or ant-node: its --version says '…'"),
        refused("an antnode that fails", "@init --antnode_path @/antnode",
            "--antnode_path ~/case/antnode cannot be run: ~/case/antnode --version: exit 127 after … s; stderr ends: no such"
                + " library")
            .where(scene -> scene.mode(scene.write("antnode", "#!/bin/sh\necho no such library >&2\nexit 127\n"), "rwxr-xr-x")),
        refused("an antnode for another machine", "@init --antnode_path @/antnode",
            "--antnode_path ~/case/antnode cannot be run: …")
            .where(scene -> scene.mode(scene.write("antnode", "\u007fELF and so on"), "rwxr-xr-x")),
        refused("a node storage that is a file", "@init --node_storage @/nodes",
            "--node_storage ~/case/nodes cannot be made: ~/case/nodes is not a folder")
            .where(scene -> scene.write("nodes", "")),
        refused("a node storage inside a file", "@init --node_storage @/nodes/mine",
            "--node_storage ~/case/nodes/mine cannot be made: ~/case/nodes is not a folder")
            .where(scene -> scene.write("nodes", "")),
        refused("a node storage without permission", "@init --dbpath @/own/colony.db --node_storage @/nodes",
            "--node_storage ~/case/nodes cannot be written: no permission in ~/case")
            .where(BadSurroundings::nobodysFolder).asRoot(),
        refused("a home for a node storage", "@init --node_storage /root",
            "--node_storage /root is a home, holds one, or is a folder of the system, where wnm deletes nothing; name a folder of"
                + " its own for the nodes"),
        refused("a node storage on no disk", "@init --node_storage /proc/nope",
            "--node_storage /proc/nope cannot hold files: /proc is on a file system that is no disk"),
        refused("a home for a node storage, later", "--node_storage /root",
            "--node_storage /root is a home, holds one, or is a folder of the system, where wnm deletes nothing; name a folder of"
                + " its own for the nodes"),
        refused("a node storage on no disk, later", "--node_storage /proc/nope",
            "--node_storage /proc/nope cannot hold files: /proc is on a file system that is no disk"),
        refused("another program for antnode, later", "--antnode_path /bin/echo",
            "--antnode_path /bin/echo is not antnode or ant-node: its --version says '…'"),
        refused("a database without permission", "@init --node_storage @/own/nodes",
            "--dbpath ~/case cannot be written: no permission in ~/case")
            .where(BadSurroundings::nobodysFolder).asRoot(),
        of(NO_MANAGER, "a process manager that nobody knows", "@init --process_manager nomad+user",
            "no process manager 'nomad+user'; found …"),
        refused("a process manager that is misspelt", "@init --process_manager setsid/user",
            "--process_manager must be a process manager such as setsid+user (--list_managers shows all), but the command"
                + " line says 'setsid/user'"),
        of(NO_MANAGER, "sudo on a machine without sudo", "@init --dbpath @/own/colony.db --process_manager setsid+sudo",
            "process manager setsid+sudo cannot work here: …")
            .where(scene -> {
              nobodysFolder(scene);
              scene.variable("PATH", "/nowhere");
            }).asRoot(),
        refused("a node port that is taken", "@init",
            "--port_start …, --metrics_port_start … and --rpc_port_start … cannot be used for 20 nodes: UDP port … is in use by"
                + " something else")
            .where(scene -> scene.holding(new DatagramSocket(scene.host().portStart() * 1_000 + 3))),
        refused("a metrics port that is taken", "@init",
            "--port_start …, --metrics_port_start … and --rpc_port_start … cannot be used for 20 nodes: TCP port … (metrics) is"
                + " in use by something else")
            .where(scene -> scene.holding(
                new ServerSocket(scene.host().metricsPortStart() * 1_000 + 2, 1, InetAddress.getLoopbackAddress()))),
        refused("ports beyond the last", "@init --port_start 65 --node_cap 600",
            "port_start 65 with node ids up to 600 takes ports 65001-65600; ports must be within 1024-65535"),
        refused("ports that overlap", "@init --port_start 40 --rpc_port_start 40",
            "port_start 40 with node ids up to 20 takes ports 40001-40020, and rpc_port_start 40 with node ids up to 20"
                + " takes ports 40001-40020; these must not overlap"),
        refused("ports that begin in the middle", "@init --port_start 55500",
            "--port_start must be thousands from 1 to 65, or a port ending in 000 or 001 such as 55000, but the command line"
                + " says '55500'"),
        refused("ports beyond any", "@init --metrics_port_start 66",
            "--metrics_port_start must be thousands from 1 to 65, or a port ending in 000 or 001 such as 55000, but the"
                + " command line says '66'"));
  }

  /** Enough of antctl to be asked for its version. */
  private static void lockHeld(Scene scene) throws IOException {
    Path lock = Path.of(scene.host().database() + ".lock");
    Files.writeString(lock, "process 4711 since 2026-11-21T00:00:00Z\n");
    scene.holding(FileChannel.open(lock, StandardOpenOption.WRITE)).lock();
  }

  private static void antctl(Scene scene) throws Exception {
    scene.mode(scene.write("antctl", "#!/bin/sh\necho 0.14.2\n"), "rwxr-xr-x");
  }

  private static void diary(Scene scene) throws Exception {
    scene.write("colony.db", "Dear diary\n".repeat(1_000));
  }

  /** Its first page is whole, which is all that is read to know what it is. */
  private static void damagedDatabase(Scene scene) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(scene.copyOfDatabase().file().toFile(), "rw")) {
      file.seek(4096);
      file.write(new byte[(int) file.length() - 8192]);
    }
  }

  private static void nobodysFolder(Scene scene) throws Exception {
    scene.mode(Files.createDirectory(scene.file("own")), "rwxrwxrwx");
    scene.asNobody();
  }

  private static String listed(int number, int port, String wallet, String network) {
    return "{\"service_name\":\"antnode" + number + "\",\"data_dir_path\":\"/srv/nodes/antnode" + number
        + "\",\"status\":\"Stopped\",\"node_port\":" + port + ",\"metrics_port\":" + (25_000 + number) + "," + wallet
        + ",\"evm_network\":\"" + network + "\"}";
  }
}

package dev.wnm.cli.packaged;

import static dev.wnm.cli.packaged.BadInput.FAILED;
import static dev.wnm.cli.packaged.BadInput.of;
import static dev.wnm.cli.packaged.BadInput.refused;

import java.io.IOException;
import java.util.List;

/** Command lines that are wrong in themselves. */
final class BadWords {
  private static final String WALLET = TestHost.WALLET;

  private BadWords() {}

  private static void aSupervisordConf(Scene scene) throws IOException {
    scene.write("supervisord.conf", "[program:caddy]\ncommand=caddy run\n");
  }

  static List<BadInput> ofOptions() {
    return List.of(
        refused("a value is missing at the end", "--node_cap",
            "--node_cap needs a value: a whole number from 0 to 64000"),
        refused("a value is missing before the next option", "--node_cap --dry_run",
            "--node_cap needs a value: a whole number from 0 to 64000 (if '--dry_run' is its value, write"
                + " --node_cap=--dry_run)"),
        refused("an empty value", "--report=",
            "--report needs a value: one of status, node-status, node-status-details, influx-resources, machine-config,"
                + " machine-metrics, container-ports, companions, html"),
        refused("an unknown option", "--node_cpa 5", "unknown option --node_cpa; did you mean --node_cap?"),
        refused("an unknown option in the other spelling", "--dry-rnu", "unknown option --dry-rnu; did you mean --dry_run?"),
        refused("an unknown option like no other", "--frobnicate", "unknown option --frobnicate; wnm --help lists all options"),
        refused("an unknown letter", "-x", "unknown option -x; wnm --help lists all options"),
        refused("an option behind one dash", "-node_cap 5", "unknown option -node_cap; did you mean --node_cap?"),
        refused("a stray word", "grow", "the word 'grow' belongs to no option"),
        refused("a stray word behind a flag", "--dry_run true",
            "the word 'true' belongs to no option (a flag takes its value after =, as in --dry_run=false)"),
        refused("an ambiguous beginning", "--max_conc 2",
            "--max_conc could be --max_concurrent_operations, --max_concurrent_removals, --max_concurrent_starts,"
                + " --max_concurrent_upgrades; write the whole name"),
        refused("two values for one option", "--node_cap 5 --node-cap=6",
            "--node_cap is given twice, as '5' and as '6'; say it once"),
        refused("a flag on and off", "--dry_run --dry_run=off",
            "--dry_run is given twice, as 'true' and as 'off'; say it once"),
        refused("a flag that is neither on nor off", "--no_upnp=maybe",
            "--no_upnp must be true, yes, on, 1, false, no, off or 0, but the command line says 'maybe'"));
  }

  static List<BadInput> ofNumbers() {
    return List.of(
        refused("letters for a number", "--node_cap many",
            "--node_cap must be a whole number from 0 to 64000, but the command line says 'many'"),
        refused("a negative number", "--node_cap -1",
            "--node_cap must be a whole number from 0 to 64000, but the command line says '-1'"),
        refused("a number too large for any computer", "--node_cap 99999999999999999999",
            "--node_cap must be a whole number from 0 to 64000, but the command line says '99999999999999999999'"),
        refused("zero where there must be one", "--max_concurrent_starts 0",
            "--max_concurrent_starts must be a whole number from 1 to 64000, but the command line says '0'"),
        refused("a fraction for a whole number", "--cpu_less_than 50.5",
            "--cpu_less_than must be a whole number from 0 to 100 (%), but the command line says '50.5'"),
        refused("more than 100 percent", "--cpu_remove 101",
            "--cpu_remove must be a whole number from 1 to 100 (%), but the command line says '101'"),
        refused("a time with a unit", "--delay_start 5m",
            "--delay_start must be a whole number from 0 to 31536000 (s), but the command line says '5m'"),
        refused("a load of zero", "--max_load_average_allowed 0",
            "--max_load_average_allowed must be a number above 0, at most 100000, but the command line says '0'"),
        refused("adding above removing", "--cpu_less_than 80 --cpu_remove 70",
            "--cpu_less_than (80, the command line) must be below --cpu_remove (70, the command line)"),
        refused("adding above the removing that is stored", "--desired_load_average 20000",
            "--desired_load_average (20000.0, the command line) must be below --max_load_average_allowed (10000.0, the"
                + " database)"),
        refused("more nodes than there are ports", "--node_cap 64000",
            "port_start … with node ids up to 64000 takes ports …; ports must be within 1024-65535"),
        refused("blocks of groups that are none", "--group_blocks 3-1",
            "--group_blocks must be any, or numbers from 1 to 64000 and ranges separated by commas, such as 1-3,7, but the command line says '3-1'"),
        refused("blocks of groups beyond all ports", "--report container-ports --group_blocks 60000",
            "--max_node_per_container 200 and --group_blocks 60000 make blocks that do not fit: port_start … with node ids up to 12000000 takes ports …;"
                + " ports must be within 1024-65535"),
        refused("a storage that is named twice", "--node_storage /mnt/a/nodes,/mnt/a/nodes",
            "--node_storage must name each folder once, but the command line says '/mnt/a/nodes,/mnt/a/nodes'"),
        refused("a storage in another one", "--node_storage /mnt/a,/mnt/a/nodes",
            "--node_storage must name folders beside each other (/mnt/a/nodes lies in /mnt/a), but the command line says"
                + " '/mnt/a,/mnt/a/nodes'"));
  }

  static List<BadInput> ofTexts() {
    return List.of(
        refused("a wallet that is too short", "--rewards_address 0x123",
            "--rewards_address part '0x123' is not a wallet; give 0x and 40 hex digits, 'faucet' or 'donate' (from the"
                + " command line)"),
        refused("a wallet of weight zero", "--rewards_address " + WALLET + ":0",
            "--rewards_address part '" + WALLET + ":0' has the weight '0'; a weight is a whole number from 1 to 1000000000"
                + " (from the command line)"),
        refused("a wallet whose weight is a word", "--rewards_address " + WALLET + ":heavy",
            "--rewards_address part '" + WALLET + ":heavy' has the weight 'heavy'; a weight is a whole number from 1 to"
                + " 1000000000 (from the command line)"),
        refused("a wallet list without a wallet", "--rewards_address ,,",
            "--rewards_address ',,' names no wallet; give 0x and 40 hex digits, 'faucet' or 'donate' (from the command line)"),
        refused("a donate address that is not a wallet", "--donate_address me",
            "--donate_address must be 0x and 40 hex digits, but the command line says 'me'"),
        refused("the zero address for a wallet", "--rewards_address 0x0000000000000000000000000000000000000000",
            "--rewards_address: wallet 0x0000000000000000000000000000000000000000 is the zero address, which nobody owns: what"
                + " is sent there is lost (from the command line)"),
        refused("a wallet whose checksum is wrong", "--rewards_address 0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "--rewards_address: wallet 0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed has a wrong EIP-55 checksum, so a digit may"
                + " be mistyped; with these digits it would read 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed; if the address"
                + " is right, add --confirm (from the command line)"),
        refused("a further argument that wnm sets itself", "--start_args=--port=5",
            "--start_args must not hold '--port=5', which wnm sets itself: use --port_start at --init (from the command"
                + " line)"),
        refused("a host name with a blank", "",
            "--host must be a host name or an IP address, but the command line says 'my host'").saying("--host", "my host"),
        refused("a value of two lines", "",
            "--environment must not hold line breaks or control characters, but the command line says 'A=1?B=2'")
            .saying("--environment", "A=1\nB=2"),
        refused("a variable without its name", "--environment production",
            "--environment must be NAME=value pairs separated by blanks ('production' is not one), but the command line says"
                + " 'production'"),
        refused("a path with an unknown variable", "--node_storage $NOWHERE/nodes",
            "--node_storage must be a path whose variables are set ($NOWHERE is not), but the command line says"
                + " '$NOWHERE/nodes'"),
        refused("something that is not a version", "--antctl_version newest",
            "--antctl_version must be a version such as 0.4.17, but the command line says 'newest'"),
        refused("a container name that Docker does not allow", "--antctl_containers a1,a/2",
            "--antctl_containers must be container names separated by commas, but the command line says 'a1,a/2'"),
        refused("an unknown log level", "--loglevel LOUD",
            "--loglevel must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL, but the command line says 'LOUD'"),
        refused("a database of another kind", "--dbpath postgres://host/wnm",
            "--dbpath must be a path or sqlite:///PATH, but the command line says 'postgres://host/wnm'"));
  }

  static List<BadInput> ofActions() {
    return List.of(
        refused("an unknown report", "--report nodes",
            "--report must be one of status, node-status, node-status-details, influx-resources, machine-config, machine-metrics,"
                + " container-ports, companions, html, but the command line says 'nodes'"),
        refused("an unknown format", "--report node-status --report_format xml",
            "--report_format must be one of text, json, csv, env, config, json-compat, influx-ntracking, influx-compat, but the"
                + " command line says 'xml'"),
        refused("a filter on a field that there is not", "",
            "--filter 'peer<5': at character 1, 'peer<5': there is no 'peer'; did you mean peers, peer_id, total_peers or bad_peers?")
            .saying("--report", "node-status", "--filter", "peer<5"),
        refused("a filter whose value is none", "",
            "--filter 'status=UP and age<3': at character 8, 'UP and age<3': status must be one of RUNNING, STOPPED, UPGRADING, RESTARTING,"
                + " REMOVING, DISABLED, DEAD, MIGRATING, UNREADABLE, or unknown")
            .saying("--report", "node-status", "--filter", "status=UP and age<3"),
        refused("a filter without its end", "",
            "--filter '(peers<5 or peers=unknown': at its end: and, or or ) is expected here")
            .saying("--report", "node-status-details", "--filter", "(peers<5 or peers=unknown"),
        refused("an order by what is not there", "--report node-status --sort peers,-agee",
            "--sort 'peers,-agee': there is no 'agee'; did you mean age?"),
        refused("a column that there is not", "--report companions --columns service,memry",
            "--columns 'service,memry': there is no 'memry'; did you mean memory?"),
        refused("columns of the Python wnm's shape", "--report node-status --report_format json-compat --columns status",
            "--columns does not go with --report_format json-compat, which has the keys of the Python wnm; take --json"),
        refused("a filter for what is no table", "--report status --filter peers=1",
            "--report status does not know --filter: it goes only with --report node-status, --report node-status-details,"
                + " --report container-ports, --report companions or --history"),
        refused("an unknown action", "--force_action explode",
            "--force_action must be one of add, remove, upgrade, start, stop, disable, enable, renew, move, teardown, survey, restart,"
                + " reload, upgrade_image, forget, update_config, nullop, disable_config, wnm-db-migration, but the command line says 'explode'"),
        refused("an unknown network", "--container_network bridge",
            "--container_network must be one of published, routed, host, but the command line says 'bridge'"),
        refused("nodes as root", "--ant_uid 0",
            "--ant_uid must be a whole number from 1 to 999999999, but the command line says '0'"),
        refused("a size without a unit", "--container_memory lots",
            "--container_memory must be a number followed by k, m or g, such as 16g, but the command line says 'lots'"),
        refused("a conversion to nowhere", "--convert_supervisord ~/case/supervisord.conf",
            "--convert_supervisord needs --output_dir: the folder to make"),
        refused("companions on standard output", "--dockerfile --companions ~/case",
            "--companions needs --output_dir: services may hold secrets, which are not for standard output"),
        refused("companions without an image", "--companions ~/case", "--companions goes only with --dockerfile"),
        refused("a need that is none", "--convert_supervisord @/supervisord.conf --output_dir @/tree --needs caddy=moon",
            "--needs must be NAME=CHECK, where a check is tcp:PORT, tcp:HOST:PORT, http://HOST:PORT/PATH, script:/PATH, dir:/PATH,"
                + " file:/PATH, net:default-route, net:INTERFACE or dns:HOST, several separated by commas, but 'moon' is not one")
            .where(BadWords::aSupervisordConf),
        refused("a limit without a number", "--convert_supervisord @/supervisord.conf --output_dir @/tree --limits caddy=memory:much",
            "--limits must be NAME=LIMITS with memory:200M, cpu:0.5, io_weight:1-10000, io_read:10M, io_write:10M, nofile:4096 and"
                + " processes:64, several separated by commas, but 'memory:much' is not one").where(BadWords::aSupervisordConf),
        refused("a loss of nothing", "--convert_supervisord @/supervisord.conf --output_dir @/tree --on_loss caddy=restart",
            "--on_loss names 'caddy', of which --needs says nothing that it could lose").where(BadWords::aSupervisordConf),
        refused("lines for nobody", "--convert_supervisord @/supervisord.conf --output_dir @/tree --forward mail:me",
            "--forward must be output, file:/PATH, syslog+udp://HOST[:PORT], syslog+tcp://HOST[:PORT] or syslog+tls://HOST[:PORT], but it"
                + " is 'mail:me'").where(BadWords::aSupervisordConf),
        refused("a wish without a conversion", "--health caddy=tcp:80", "--health goes only with --convert_supervisord"),
        refused("looking at no folder", "--validate", "--validate needs a value: a path"),
        refused("looking at a folder without services", "--validate @/tree",
            "--validate ~/case/tree has no folder s6-rc.d; --convert_supervisord makes one that has"),
        refused("an image with nothing to look at", "--image wnm-s6", "--image goes only with --validate"),
        refused("a log of nobody", "--logs", "--logs needs a value: nodes such as antnode0001, * for all, and services"
            + " beside nodes as GROUP/SERVICE, such as a1/caddy, separated by commas"),
        refused("reloading a node", "--force_action reload --service_name antnode0001",
            "--force_action reload is for services beside nodes: name them with --service_name GROUP/SERVICE, such as a1/caddy;"
                + " a node is stopped and started"),
        refused("removing a service beside nodes", "--force_action remove --service_name a1/caddy",
            "--force_action remove is for nodes; services beside nodes are part of their image, and can be started, stopped,"
                + " restarted and reloaded"),
        refused("nodes and services in one order", "--force_action stop --service_name antnode0001,a1/caddy",
            "--service_name has nodes and services beside nodes (GROUP/SERVICE); run wnm once for each kind"),
        refused("the log of a node that never was", "--logs antnode0099", "--logs antnode0099 names no node, now or in what is kept of the"
            + " past; wnm --report node-status has the names of those that there are"),
        refused("explaining a node that never was", "--explain antnode0099 --json", "--explain antnode0099 names no node, now or in what is"
            + " kept of the past; wnm --report node-status has the names of those that there are"),
        refused("tracing a node", "--trace antnode0001", "--trace antnode0001 names no service beside nodes: those are GROUP/SERVICE, such as"
            + " a1/caddy"),
        refused("the history of a node that never was", "--history --node antnode0099", "--node antnode0099 names no node, now or in what is kept"
            + " of the past; wnm --report node-status has the names of those that there are"),
        refused("history for a shell", "--history --report_format env", "--history has no --report_format env; it has text, json and csv"),
        refused("a node without a history", "--node antnode0001", "--node goes only with --history"),
        refused("services where there are no groups", "--logs a1/caddy",
            "process manager setsid+user runs no services beside nodes; one with container groups does (wnm --list_managers)"),
        refused("a time without a unit", "--logs a1/caddy --since 90",
            "--since must be a time such as 90s, 30m, 1h or 2d, but the command line says '90'"),
        refused("following an explanation", "--explain a1/caddy --follow", "--explain does not know --follow: it goes only with --logs"),
        refused("no nodes at all", "--force_action add --count 0",
            "--count must be a whole number from 1 to 64000, but the command line says '0'"),
        refused("names that name nothing", "--force_action stop --service_name ,",
            "--service_name must be service names separated by commas, but the command line says ','"),
        refused("a name for a new node", "--force_action add --service_name antnode0009",
            "--force_action add does not know --service_name: wnm gives new nodes their names; say with --count how many"),
        refused("tearing down some nodes", "--force_action teardown --service_name antnode0001 --confirm",
            "--force_action teardown does not know --service_name: it removes every node; to remove some, use --force_action"
                + " remove --service_name antnode0001"),
        refused("forgetting nothing", "--force_action forget --confirm",
            "--force_action forget needs --storage: the node storage that is gone for good"),
        refused("forgetting without --confirm", "--force_action forget --storage /mnt/disk2/nodes",
            "--force_action forget needs --confirm"),
        refused("moving a node nowhere", "--force_action move --service_name antnode0001",
            "--force_action move needs --service_name and --to: the nodes, and the node storage that they are to be in"),
        refused("moving a node to a folder that is no storage", "--force_action move --service_name antnode0001 --to /mnt/c/nodes",
            "--to /mnt/c/nodes is none of the node storages: --node_storage is …"),
        refused("a place to go for an action that moves nothing", "--force_action stop --to /mnt/b/nodes",
            "--force_action stop does not know --to: it goes only with --force_action move"),
        refused("removing a storage", "--force_action remove --storage /mnt/disk2/nodes",
            "--force_action remove does not know --storage: it goes only with --force_action forget"),
        refused("looking at a number of nodes", "--force_action survey --count 3",
            "--force_action survey does not know --count: it looks at all nodes, or at those that --service_name names"),
        refused("names and a number", "--force_action stop --service_name antnode0001 --count 2",
            "--count does not go with --service_name: --force_action stop is done either to the nodes that are named or to as"
                + " many as it chooses itself"),
        refused("a name without an order", "--service_name antnode0001",
            "--service_name goes only with --report node-status, --report node-status-details, --report influx-resources or"
                + " --force_action"),
        refused("a number without an order", "--count 2", "--count goes only with --force_action"),
        refused("two orders", "--report node-status --force_action stop",
            "--report node-status and --force_action stop are two orders, and a run carries out one; leave one of them out, or"
                + " run wnm twice"),
        refused("an order and --init", "@init --force_action add",
            "--init and --force_action add are two orders, and a run carries out one; leave one of them out, or run wnm twice"),
        refused("watching a report", "--watch 3 --report node-status",
            "--report node-status and --watch are two orders, and a run carries out one; leave one of them out, or run wnm"
                + " twice"),
        refused("a setting beside a report", "--report node-status --node_cap 12",
            "--report node-status does not know --node_cap: a report stores no setting; store it with wnm --force_action"
                + " update_config --node_cap=12"),
        refused("a format without a report", "--report_format json",
            "--report_format goes only with --what_if history, --list_managers, --doctor, --check, --why_not, --report,"
                + " --explain, --history or --force_action"),
        refused("a check of another report", "--check --report node-status",
            "--check and --report node-status are two orders, and a run carries out one; leave one of them out, or run wnm twice"),
        refused("a question about what has no conditions", "--why_not stop",
            "--why_not must be one of add, start, upgrade, but the command line says 'stop'"),
        refused("a screen without a terminal", "--top",
            "--top needs a terminal: standard input and output have to be one, and TERM has to say which it is; --report status prints the same"
                + " elsewhere"),
        refused("an output folder for nothing", "--output_dir @/tree",
            "--output_dir goes only with --dockerfile or --convert_supervisord"),
        refused("a confirmation with nothing to confirm", "--confirm",
            "--confirm goes only with --fetch_node, --init, --import, --force_action teardown, --force_action forget or"
                + " --force_action wnm-db-migration, or beside --rewards_address or --donate_address"),
        refused("a dry run of the demo", "--demo --dry_run",
            "--demo does not know --dry_run: it goes only with --list_managers, --dockerfile, --convert_supervisord,"
                + " --fetch_node, --install_service, --uninstall_service, --init, --import, --report, --force_action, --watch or a cycle"),
        refused("a dry removal of the lock", "--remove_lockfile --dry_run",
            "--remove_lockfile does not know --dry_run: it goes only with --list_managers, --dockerfile,"
                + " --convert_supervisord, --fetch_node, --install_service, --uninstall_service, --init, --import, --report, --force_action,"
                + " --watch or a cycle"),
        refused("a release that is none", "--fetch_node newest",
            "--fetch_node must be latest, a version such as 0.23.1, or a release's archive ….tar.gz that has its signature ….tar.gz.sig"
                + " beside it, but the command line says 'newest'"),
        refused("a release in a file that is not there", "--fetch_node @/release.tar.gz",
            "--fetch_node: there is no file ~/case/release.tar.gz, or it cannot be read"),
        refused("somebody to tell who is none", "--notify page-me",
            "--notify must be absolute paths of programs and addresses https://HOST/…, separated by commas (http:// on this machine only), but the"
                + " command line says something else"),
        refused("an address that anybody on the way can read", "--notify http://hooks.example/secret",
            "--notify must name https:// where an address is on another machine: anybody on the way could read http://, but the command line says"
                + " something else"),
        refused("a kind of events that is none", "--notify /bin/true --notify_events deaths",
            "--notify_events must be some of problem,solved,died,failed,rollout,growth, separated by commas, but the command line says 'deaths'"),
        refused("a file of whom to tell that is not there", "--notify_file @/targets", "--notify_file ~/case/targets does not exist"),
        refused("a test that tells nobody", "--notify_test",
            "--notify_test needs somebody to tell: name programs and addresses with --notify or in the file of --notify_file"),
        refused("an address in what starts a service", "--install_service --notify https://hooks.example/secret",
            "--notify names an address, which is often a secret, and others can read what starts a service: put it into a config file or the file"
                + " of --notify_file"),
        refused("fetching a number of programs", "--fetch_node latest --count 2",
            "--fetch_node does not know --count: it goes only with --force_action"),
        refused("disabling nothing in particular", "--force_action disable",
            "--force_action disable needs --service_name: the nodes to disable"),
        refused("tearing down without --confirm", "--force_action teardown", "--force_action teardown needs --confirm"),
        refused("migrating without --confirm", "--force_action wnm-db-migration",
            "--force_action wnm-db-migration needs --confirm"),
        of(FAILED, "a node that is not there", "--force_action stop --service_name antnode0099", "antnode0099: not found"),
        refused("watching without a pause", "--watch 0",
            "--watch must be a whole number from 1 to 86400 (s), but the command line says '0'"),
        refused("a port range other than at --init", "--port_start 44",
            "--port_start is fixed at --init: it is …, but the command line says 44"),
        refused("a process manager other than at --init", "--process_manager setsid+sudo",
            "--process_manager is fixed at --init: it is setsid+user, but the command line says setsid+sudo"),
        refused("the highest number, without update_config", "--highest_node_id_used 7",
            "--highest_node_id_used can be changed only together with --force_action update_config, but the command line"
                + " says 7"),
        refused("--import_file without --init", "--import_file nodes.json", "--import_file goes only with --init"),
        refused("--migrate_anm without --init", "--migrate_anm", "--migrate_anm goes only with --init"),
        refused("what if, of a file that is not there", "--what_if questions.jsonl",
            "--what_if questions.jsonl is not there; - reads standard input"),
        refused("what if, of a line that is no JSON", "--what_if -", "{\"error\":\"line 1: not valid JSON (column 1)\"}")
            .where(scene -> scene.input("what if?\n")),
        refused("what if, of an unknown setting", "--what_if -",
            "{\"error\":\"line 1: config has the unknown key node_cpa; did you mean node_cap?\"}")
            .where(scene -> scene.input("{\"config\":{\"node_cpa\":1},\"metrics\":{}}\n")),
        refused("a setting to try that is none", "--what_if history --set node_cpa=5",
            "--set names node_cpa, which is no setting that decisions depend on; did you mean node_cap?"),
        refused("a setting to try that is not allowed", "--what_if history --set cpu_remove=400",
            "--cpu_remove must be a whole number from 1 to 100 (%), but --set says '400'"),
        refused("settings to try without history", "--what_if - --set node_cap=5",
            "--what_if does not know --set: it goes only with --what_if history"));
  }
}

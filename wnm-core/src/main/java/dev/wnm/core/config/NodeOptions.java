package dev.wnm.core.config;

import dev.wnm.core.wallet.WalletAddress;
import dev.wnm.core.wallet.WalletList;
import dev.wnm.spi.config.ShellWords;
import dev.wnm.spi.model.Version;
import java.util.EnumSet;
import java.util.List;

/** What nodes are given when they are made, and who runs them. */
interface NodeOptions {
  /** What Docker takes for a container's name. */
  String CONTAINER_NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]*";
  /** Nodes never run as root. */
  ValueType<String> ACCOUNT_NUMBER =
      ValueType.text("ID", "a whole number from 1 to 999999999", id -> isWithin(id, 1, 999_999_999));
  ValueType<String> SIZE = ValueType.text("SIZE", "a number followed by k, m or g, such as 16g",
      size -> size.matches("[1-9][0-9]*[kmg]"));
  ValueType<String> PROCESSORS = ValueType.text("NUMBER", "a number such as 4 or 1.5",
      cpus -> cpus.matches("[0-9]{1,4}(\\.[0-9]{1,2})?") && Double.parseDouble(cpus) > 0);

  Option<String> REWARDS_ADDRESS = Option.text("rewards_address", ValueType.text("WALLETS",
      "WALLET or WALLET:WEIGHT,…, a wallet being 0x and 40 hex digits, donate or faucet", wallets -> true))
      .help("Where rewards go: one wallet, or several with weights, which are their shares of all nodes. Needed by"
          + " --init. One with a wrong checksum (EIP-55) needs --confirm; the zero address is refused.");
  Option<String> DONATE_ADDRESS = Option.text("donate_address", ValueType.text("WALLET", "0x and 40 hex digits",
      wallet -> WalletAddress.parse(wallet).isPresent())).initially(WalletList.FAUCET.text()).keptAsStored()
      .help("The wallet that the word donate stands for.");
  Option<Integer> PORT_START = Option.portThousands("port_start").initially(55).mustFit(Fitness.PORTS).scope(Scope.FIXED)
      .heededBy(RunMode.thatStoreSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("Node ports: node 1 gets N × 1000 + 1.");
  Option<Integer> METRICS_PORT_START = Option.portThousands("metrics_port_start").initially(13).mustFit(Fitness.PORTS).scope(Scope.FIXED)
      .heededBy(RunMode.thatStoreSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("Metrics ports: node 1 gets N × 1000 + 1.");
  Option<Integer> RPC_PORT_START = Option.portThousands("rpc_port_start").initially(30).mustFit(Fitness.PORTS).scope(Scope.FIXED)
      .heededBy(RunMode.thatStoreSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("RPC ports: node 1 gets N × 1000 + 1.");
  Option<Integer> HIGHEST_NODE_ID_USED = Option.integer("highest_node_id_used", 0, ResourceOptions.MOST_NODES)
      .help("The highest node number ever used, for antctl; later changed only with --force_action update_config.");
  Option<Boolean> NO_UPNP = Option.flag("no_upnp").help("New nodes must not open ports by UPnP.");
  Option<String> HOST = Option.text("host", ValueType.text("HOST", "a host name or an IP address",
      host -> host.matches("[A-Za-z0-9._:%-]+|\\[[0-9A-Fa-f:.]+]"))).initially("127.0.0.1").commonWord()
      .help("The address at which new nodes' metrics are read.");
  Option<String> ENVIRONMENT = Option.text("environment", ValueType.text("VARS", "NAME=value pairs separated by blanks",
      text -> !NodeEnvironment.parse(text).isEmpty())).commonWord().clearable()
      .help("Environment of new nodes: NAME=value pairs, a value with blanks in quotes.");
  Option<String> START_ARGS = Option.text("start_args", ValueType.text("ARGS", "words as for a shell",
      text -> !ShellWords.split(text).isEmpty())).clearable().keptAsStored()
      .help("Further arguments for antnode, as for a shell; none that wnm sets itself.");
  Option<String> PROCESS_MANAGER = Option.text("process_manager", ValueType.text("TYPE",
      "a process manager such as setsid+user (--list_managers shows all)",
      type -> type.matches("[a-z0-9][a-z0-9_.-]*(\\+[a-z0-9]+)?")))
      .initially("the best that works here", Defaults::processManager).scope(Scope.FIXED).mustFit(Fitness.MANAGER)
      .heededBy(RunMode.thatUseTheDatabase())
      .help("What runs the nodes, such as setsid+user or systemd+sudo; see --list_managers.");
  Option<Boolean> ANTCTL_DEBUG = Option.flag("antctl_debug").help("Run antctl with --debug.");
  Option<String> ANTCTL_VERSION = Option.text("antctl_version", ValueType.text("VERSION", "a version such as 0.4.17",
      version -> Version.parse(version).isPresent())).clearable()
      .help("The antnode version that antctl adds and upgrades to; empty for the newest.");
  Option<String> ANTCTL_CONTAINERS = Option.text("antctl_containers", ValueType.text("NAMES",
      "container names separated by commas", names -> names.matches(CONTAINER_NAME + "(," + CONTAINER_NAME + ")*")))
      .ours().clearable().heededBy(RunMode.thatStoreSettings(), EnumSet.of(RunMode.LIST_MANAGERS)).mustFit(Fitness.MANAGER)
      .help("Docker containers, each with an antctl of its own, in which new nodes are made.");
  Option<String> RUST_BACKTRACE = Option.text("rust_backtrace", ValueType.choice("WORD", List.of("0", "1", "full")))
      .scope(Scope.RUN).heededBy(RunMode.thatStoreSettings(), RunMode.reports(), EnumSet.of(RunMode.LIST_MANAGERS))
      .help("RUST_BACKTRACE for antctl.");
  Option<Integer> MAX_NODE_PER_CONTAINER = Option.integer("max_node_per_container", 1, ResourceOptions.MOST_NODES)
      .initially(200).mustFit(Fitness.PORTS).heededBy(RunMode.thatStoreSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("Nodes in one container group.");
  Option<Integer> MIN_CONTAINER_COUNT = Option.integer("min_container_count", 1, 1_000).initially(1).mustFit(Fitness.PORTS)
      .heededBy(RunMode.thatStoreSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("Container groups made at first need.");
  Option<String> DOCKER_IMAGE = Option.text("docker_image", ValueType.text("IMAGE", "an image name without blanks",
      image -> image.matches("\\S+"))).initially("iweave/antnode:latest")
      .help("The image of new containers.");
  Option<String> CONTAINER_NETWORK = Option.text("container_network",
      ValueType.choice("MODE", List.of("published", "routed", "host"))).ours().initially("published").mustFit(Fitness.MANAGER)
      .heededBy(RunMode.thatStoreSettings(), EnumSet.of(RunMode.LIST_MANAGERS))
      .help("How nodes in containers are reached: ports published by docker, routed by rules of wnm's own (Linux, root or"
          + " sudo; container groups only), or the host's own network.");
  Option<String> ANT_UID = Option.text("ant_uid", ACCOUNT_NUMBER).ours().clearable()
      .help("The user id of nodes in containers; whoever owns node_storage when not given.");
  Option<String> ANT_GID = Option.text("ant_gid", ACCOUNT_NUMBER).ours().clearable()
      .help("Their group id; that of node_storage when not given.");
  Option<String> NODE_MEMORY = Option.text("node_memory", SIZE).ours().clearable()
      .help("The most memory of one node under systemd; no limit when not given. Applies when a node is next started.");
  Option<String> NODE_CPUS = Option.text("node_cpus", PROCESSORS).ours().clearable()
      .help("The most processors that one node keeps busy under systemd; no limit when not given.");
  Option<String> CONTAINER_MEMORY = Option.text("container_memory", SIZE).ours().clearable()
      .help("The most memory of one container; no limit when not given.");
  Option<String> CONTAINER_CPUS = Option.text("container_cpus", PROCESSORS).ours().clearable()
      .help("The most processors that one container keeps busy; no limit when not given.");
  Option<String> CONTAINER_PIDS = Option.text("container_pids", ValueType.text("N", "a whole number from 64 to 4194304",
      pids -> isWithin(pids, 64, 4_194_304))).ours().clearable()
      .help("The most threads in one container; 256 for each node it can hold, and 512 more, when not given.");
  Option<String> FIREWALL = Option.text("firewall", ValueType.choice("MODE", List.of("auto", "ufw", "none")))
      .ours().commonWord().initially("auto").mustFit(Fitness.FIREWALL)
      .help("The firewall in which a node's port is open while it runs: auto is ufw where wnm is root or the process manager"
          + " works with sudo, else none. WNM_FIREWALL_DISABLED=1 always means none.");
  Option<String> LAST_STOPPED_AT = Option.text("last_stopped_at", ValueType.text("TIME", "anything", time -> true))
      .scope(Scope.IGNORED)
      .help("Accepted for old scripts; wnm keeps this itself.");

  OptionGroup NODES = new OptionGroup("What new nodes are given", List.of(REWARDS_ADDRESS, DONATE_ADDRESS, PORT_START,
      METRICS_PORT_START, RPC_PORT_START, NO_UPNP, HOST, ENVIRONMENT, START_ARGS, LAST_STOPPED_AT));
  OptionGroup MANAGERS = new OptionGroup("What runs the nodes", List.of(PROCESS_MANAGER, HIGHEST_NODE_ID_USED, ANTCTL_DEBUG,
      ANTCTL_VERSION, ANTCTL_CONTAINERS, RUST_BACKTRACE, NODE_MEMORY, NODE_CPUS, MAX_NODE_PER_CONTAINER, MIN_CONTAINER_COUNT,
      DOCKER_IMAGE, CONTAINER_NETWORK, ANT_UID, ANT_GID, CONTAINER_MEMORY, CONTAINER_CPUS, CONTAINER_PIDS, FIREWALL));

  private static boolean isWithin(String text, int lowest, int highest) {
    return text.matches("[1-9][0-9]{0,8}") && Integer.parseInt(text) >= lowest && Integer.parseInt(text) <= highest;
  }
}

package dev.wnm.core.config;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.core.model.NodeEnvironment;
import dev.wnm.core.wallet.WalletAddress;
import dev.wnm.core.wallet.WalletList;
import dev.wnm.spi.config.ShellWords;
import java.util.EnumSet;
import java.util.List;

/** What nodes are given when they are made, and who runs them. */
interface NodeOptions {
  Option<String> REWARDS_ADDRESS = Option.text("rewards_address", ValueType.text("WALLETS",
      "WALLET or WALLET:WEIGHT,…, a wallet being 0x and 40 hex digits, donate or faucet", wallets -> true))
      .help("Where rewards go: one wallet, or several with weights, which are their shares of all nodes. Needed by"
          + " --init. One with a wrong checksum (EIP-55) needs --confirm; the zero address is refused.");
  Option<String> DONATE_ADDRESS = Option.text("donate_address", ValueType.text("WALLET", "0x and 40 hex digits",
      wallet -> WalletAddress.parse(wallet).isPresent())).initially(WalletList.FAUCET.text()).keptAsStored()
      .help("The wallet that the word donate stands for.");
  Option<Integer> PORT_START = Option.portThousands("port_start").initially(55).mustFit(Fitness.PORTS).scope(Scope.FIXED)
      .heededBy(RunMode.thatUseSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("Node ports: node 1 gets N × 1000 + 1.");
  Option<Integer> METRICS_PORT_START = Option.portThousands("metrics_port_start").initially(13).mustFit(Fitness.PORTS).scope(Scope.FIXED)
      .heededBy(RunMode.thatUseSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("Metrics ports: node 1 gets N × 1000 + 1.");
  Option<Integer> RPC_PORT_START = Option.portThousands("rpc_port_start").initially(30).mustFit(Fitness.PORTS).scope(Scope.FIXED)
      .heededBy(RunMode.thatUseSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("RPC ports: node 1 gets N × 1000 + 1.");
  Option<Integer> WEBRTC_PORT_START = new OptionDraft<>("webrtc_port_start", ValueType.portThousandsOrOff()).ours().initially(35)
      .mustFit(Fitness.PORTS)
      .help("Ports at which browsers reach nodes of ant-node: node 1 gets N × 1000 + 1. off: browsers do not reach them.");
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
      .help("Further arguments for nodes of the program at --antnode_path, as for a shell; none that wnm sets itself.");
  Option<String> PROCESS_MANAGER = Option.text("process_manager", ValueType.text("TYPE",
      "a process manager such as setsid+user (--list_managers shows all)",
      type -> type.matches("[a-z0-9][a-z0-9_.-]*(\\+[a-z0-9]+)?")))
      .initially("the best that works here", Defaults::processManager).scope(Scope.FIXED).mustFit(Fitness.MANAGER)
      .heededBy(RunMode.thatUseTheDatabase())
      .help("What runs the nodes, such as setsid+user or systemd+sudo; see --list_managers.");
  Option<Integer> MAX_NODE_PER_CONTAINER = Option.integer("max_node_per_container", 1, ResourceOptions.MOST_NODES)
      .initially(200).mustFit(Fitness.PORTS).heededBy(RunMode.thatUseSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("Nodes in one container group.");
  Option<Integer> MIN_CONTAINER_COUNT = Option.integer("min_container_count", 1, 1_000).initially(1).mustFit(Fitness.PORTS)
      .heededBy(RunMode.thatUseSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("Container groups made at first need.");
  Option<BlockList> GROUP_BLOCKS = new OptionDraft<>("group_blocks", ValueType.blocks()).ours().initially(BlockList.ALL).mustFit(Fitness.PORTS)
      .heededBy(RunMode.thatUseSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("The blocks of ports that new container groups may have, block 2 being that of group a2: such as those that a router forwards to this"
          + " machine. Groups that are there stay; those with another block get no more nodes.");
  Option<String> FIREWALL = Option.text("firewall", ValueType.choice("MODE", List.of("auto", "ufw", "none")))
      .ours().commonWord().initially("auto").mustFit(Fitness.FIREWALL)
      .help("The firewall in which a node's port is open while it runs: auto is ufw where wnm is root or the process manager"
          + " works with sudo, else none. WNM_FIREWALL_DISABLED=1 always means none.");
  Option<String> LAST_STOPPED_AT = Option.text("last_stopped_at", ValueType.text("TIME", "anything", time -> true))
      .scope(Scope.IGNORED)
      .help("Accepted for old scripts; wnm keeps this itself.");

  OptionGroup NODES = new OptionGroup("What new nodes are given", List.of(REWARDS_ADDRESS, DONATE_ADDRESS, PORT_START,
      METRICS_PORT_START, RPC_PORT_START, WEBRTC_PORT_START, NO_UPNP, HOST, ENVIRONMENT, START_ARGS, LAST_STOPPED_AT));
  OptionGroup MANAGERS = new OptionGroup("What runs the nodes", List.of(PROCESS_MANAGER, HIGHEST_NODE_ID_USED,
      MAX_NODE_PER_CONTAINER, MIN_CONTAINER_COUNT, GROUP_BLOCKS, FIREWALL));
}

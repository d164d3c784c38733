package dev.wnm.core.config;

import dev.wnm.core.model.StorageList;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** Where things are. */
interface PlaceOptions {
  Option<Path> CONFIG = Option.path("config").letter('c').scope(Scope.ONCE).heededBy(RunMode.thatUseTheDatabase())
      .help("Read this config file too, after ~/.local/share/wnm/config and ~/wnm/config.");
  Option<Path> DBPATH = Option.database("dbpath").initially("by platform", Defaults::database).scope(Scope.RUN)
      .heededBy(RunMode.thatUseTheDatabase())
      .help("The database file: a path or sqlite:///PATH.");
  Option<StorageList> NODE_STORAGE = Option.storages("node_storage")
      .initially("by platform", d -> StorageList.of(d.folders().nodeStorage())).mustFit(Fitness.NODE_STORAGE)
      .heededBy(RunMode.thatUseSettings(), EnumSet.of(RunMode.LIST_MANAGERS))
      .help("The folder that holds the nodes' folders, or several, such as /mnt/a/nodes,/mnt/b/nodes: new nodes come to where the most room is.");
  Option<Path> ANTNODE_PATH = Option.path("antnode_path")
      .initially("~/.local/bin/antnode", d -> d.platform().home().resolve(".local/bin/antnode")).mustFit(Fitness.ANTNODE)
      .heededBy(RunMode.thatUseSettings(), EnumSet.of(RunMode.FETCH_NODE))
      .help("The node program that nodes get a copy of: ant-node or antnode; where there is none, what lies beside it or on the PATH.");
  Option<Path> PLUGIN_PATH = Option.path("plugin_path").ours()
      .initially("plugins beside the database", d -> d.database().resolveSibling("plugins")).mustFit(Fitness.MANAGER)
      .heededBy(RunMode.thatUseSettings(), EnumSet.of(RunMode.LIST_MANAGERS))
      .help("The folder whose jars may bring further process managers.");

  Option<Integer> HISTORY_DAYS = Option.integer("history_days", 2, 3_650).ours().unit("days").initially(365)
      .help("How long the database keeps history: measurements, decisions, operations, deaths; measurements get sparser with age.");
  Option<Integer> HISTORY_MEGABYTES = Option.integer("history_megabytes", 10, 100_000).ours().unit("MB").initially(200)
      .help("How much the database may hold; beyond that the oldest history goes first.");

  OptionGroup PLACES = new OptionGroup("Where things are",
      List.of(CONFIG, DBPATH, NODE_STORAGE, ANTNODE_PATH, PLUGIN_PATH, HISTORY_DAYS, HISTORY_MEGABYTES));
}

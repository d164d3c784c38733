package dev.wnm.managers.support.docker;

import dev.wnm.managers.support.Amounts;
import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.ManagerOption.Topic;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/** The options of all back ends that run nodes in Docker's containers. */
public final class DockerOptions {
  /** What Docker takes for a container's name. */
  public static final String CONTAINER_NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]*";

  public static final ManagerOption<Path> PATH = ManagerOption.path("docker_path").decidesAvailability()
      .help("The docker program; the first one on the PATH when not given.");
  public static final ManagerOption<String> IMAGE = ManagerOption.text("docker_image", "IMAGE", "an image name without blanks", "\\S+")
      .initially("iweave/antnode:latest").topic(Topic.CONTAINERS)
      .help("The image of new containers.");
  public static final ManagerOption<NetworkMode> NETWORK = ManagerOption.choice("container_network", "MODE", NetworkMode.class)
      .initially("published").topic(Topic.CONTAINERS).decidesAvailability()
      .help("How nodes in containers are reached: ports published by docker, routed by rules of wnm's own (Linux, root or"
          + " sudo; container groups only), or the host's own network.");
  /** Nodes never run as root. */
  public static final ManagerOption<Integer> UID = ManagerOption.integer("ant_uid", "ID", 1, 999_999_999).topic(Topic.CONTAINERS)
      .clearable().help("The user id of nodes in containers; whoever owns node_storage when not given.");
  public static final ManagerOption<Integer> GID = ManagerOption.integer("ant_gid", "ID", 1, 999_999_999).topic(Topic.CONTAINERS)
      .clearable().help("Their group id; that of node_storage when not given.");
  public static final ManagerOption<String> MEMORY = Amounts.memory("container_memory").topic(Topic.CONTAINERS).clearable()
      .help("The most memory of one container; no limit when not given.");
  public static final ManagerOption<BigDecimal> CPUS = Amounts.processors("container_cpus").topic(Topic.CONTAINERS).clearable()
      .help("The most processors that one container keeps busy; no limit when not given.");
  public static final ManagerOption<Integer> PIDS = ManagerOption.integer("container_pids", "N", 64, 4_194_304)
      .topic(Topic.CONTAINERS).clearable()
      .help("The most threads in one container; 256 for each node it can hold, and 512 more, when not given.");
  public static final ManagerOption<Integer> OPEN_FILES = ManagerOption.integer("container_nofile", "N", 1_024, 1_048_576)
      .topic(Topic.CONTAINERS).clearable()
      .help("The most open files of each process in a container; what the Docker engine gives when not given. Containers are made anew"
          + " for it.");
  public static final ManagerOption<Integer> IO_WEIGHT = ManagerOption.integer("container_io_weight", "N", 10, 1_000)
      .topic(Topic.CONTAINERS).clearable()
      .help("A container's share of disk input and output beside other containers; 500 is Docker's own. Only where the kernel has such"
          + " shares. Containers are made anew for it.");

  private DockerOptions() {}

  /** All of them. */
  public static List<ManagerOption<?>> all() {
    return List.of(PATH, IMAGE, NETWORK, UID, GID, MEMORY, CPUS, PIDS, OPEN_FILES, IO_WEIGHT);
  }
}

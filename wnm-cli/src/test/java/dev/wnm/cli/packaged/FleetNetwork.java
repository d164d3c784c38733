package dev.wnm.cli.packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Machines as far as the network goes: a desk, where the operator works and the fleet's server runs, and two rented hosts, on one bridge, and
 * a host at home behind a router that masquerades, which nobody dials. Each is a network namespace; all of this run have its number in their
 * names, and their addresses are theirs alone. Needs root.
 */
final class FleetNetwork implements AutoCloseable {
  static final String DESK = "desk";
  static final String VPS1 = "vps1";
  static final String VPS2 = "vps2";
  static final String HOME = "home";
  static final String DESK_ADDRESS = "10.77.0.10";
  static final String HOME_ADDRESS = "192.168.77.2";
  static final String ROUTER_ADDRESS = "10.77.0.20";

  private static final List<String> PLACES = List.of("net", "router", DESK, VPS1, VPS2, HOME);
  private static final Path NAMED = Path.of("/run/netns");
  private static final String PREFIX = "wnm-fleet-";
  /** In the namespaces of this run; {@code $1} is what their names begin with. */
  private static final String LAY = """
      set -e
      for place in net router desk vps1 vps2 home; do
        ip netns add "$1$place"
        ip -n "$1$place" link set lo up
      done
      ip -n "$1net" link add br0 type bridge
      ip -n "$1net" link set br0 up
      plug() {
        ip -n "$1net" link add "$2" type veth peer name eth0 netns "$1$2"
        ip -n "$1net" link set "$2" master br0 up
        ip -n "$1$2" addr add "$3/24" dev eth0
        ip -n "$1$2" link set eth0 up
      }
      plug "$1" desk 10.77.0.10
      plug "$1" vps1 10.77.0.11
      plug "$1" vps2 10.77.0.12
      plug "$1" router 10.77.0.20
      ip -n "$1router" link add inside type veth peer name eth0 netns "$1home"
      ip -n "$1router" addr add 192.168.77.1/24 dev inside
      ip -n "$1router" link set inside up
      ip -n "$1home" addr add 192.168.77.2/24 dev eth0
      ip -n "$1home" link set eth0 up
      ip -n "$1home" route add default via 192.168.77.1
      nsenter --net="/run/netns/$1router" sh -ec '
        echo 1 > /proc/sys/net/ipv4/ip_forward
        iptables -w -t nat -A POSTROUTING -s 192.168.77.0/24 -o eth0 -j MASQUERADE'
      """;

  private final String names = PREFIX + ProcessHandle.current().pid() + "-";
  private final Path folder;

  private FleetNetwork(Path folder) {
    this.folder = folder;
  }

  /** @param folder for what belongs to its machines */
  static FleetNetwork lay(Path folder) throws IOException, InterruptedException {
    sweep();
    FleetNetwork network = new FleetNetwork(folder);
    try {
      run(List.of("sh", "-c", LAY, "sh", network.names));
      return network;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  /** Takes away what runs have left that were killed. */
  private static void sweep() throws IOException, InterruptedException {
    if (Files.isDirectory(NAMED)) {
      try (Stream<Path> all = Files.list(NAMED)) {
        for (String name : (Iterable<String>) all.map(each -> each.getFileName().toString()).filter(FleetNetwork::isLeft)::iterator) {
          remove(name);
        }
      }
    }
    removeDisks(FleetNetwork::isLeft);
  }

  private static boolean isLeft(String name) {
    return name.matches(PREFIX + "[0-9]+-.*") && ProcessHandle.of(Long.parseLong(name.split("-")[2])).isEmpty();
  }

  private static void removeDisks(Predicate<String> which) throws IOException, InterruptedException {
    for (String mount : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      if (which.test(mount.split(" ")[0])) {
        run(List.of("umount", "--lazy", mount.split(" ")[1]));
      }
    }
  }

  /** Puts a disk of 4 MB there, which a test can fill. */
  void smallDisk(Path at) throws IOException, InterruptedException {
    Files.createDirectory(at);
    run(List.of("mount", "-t", "tmpfs", "-o", "size=4m", names + "disk", at.toString()));
  }

  /** With all that runs in it: nothing else is in a namespace of these names. */
  private static void remove(String name) throws IOException, InterruptedException {
    if (Files.exists(NAMED.resolve(name))) {
      run(List.of("sh", "-c", "for pid in $(ip netns pids \"$1\"); do kill -9 \"$pid\" 2>/dev/null || :; done; ip netns del \"$1\"", "sh", name));
    }
  }

  /** Words that have what follows them run at a place. */
  List<String> at(String place) {
    // 'ip netns exec' would mount a new /sys, which hides what wnm measures by.
    return List.of("nsenter", "--net=" + NAMED.resolve(names + place), "--");
  }

  /** The same on a machine with a boot id of its own. */
  List<String> on(String machine, String place) throws IOException {
    return on(machine, place, List.of());
  }

  /** The same in a container there: with the machine's boot id, and process ids of its own. */
  List<String> inAContainerOn(String machine, String place) throws IOException {
    return on(machine, place, List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "--"));
  }

  private List<String> on(String machine, String place, List<String> more) throws IOException {
    Path boot = folder.resolve("boot-" + machine);
    if (Files.notExists(boot)) {
      Files.writeString(boot, UUID.randomUUID() + "\n");
    }
    List<String> words = new ArrayList<>(at(place));
    words.addAll(more);
    words.addAll(List.of("unshare", "--mount", "--", "sh", "-c", "mount --bind \"$0\" /proc/sys/kernel/random/boot_id && exec \"$@\"", boot.toString()));
    return words;
  }

  /** Pulls the cable of a place at the bridge. */
  void cut(String place) throws IOException, InterruptedException {
    run(List.of("ip", "-n", names + "net", "link", "set", place, "down"));
  }

  /** Plugs it in again. */
  void mend(String place) throws IOException, InterruptedException {
    run(List.of("ip", "-n", names + "net", "link", "set", place, "up"));
  }

  /** Whether a place is answered from another. */
  boolean reaches(String from, String address) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(at(from));
    words.addAll(List.of("ping", "-c", "1", "-W", "2", address));
    return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (String place : PLACES) {
      remove(names + place);
    }
    removeDisks(name -> name.startsWith(names));
  }

  private static void run(List<String> words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", words) + ": " + said);
    }
  }
}

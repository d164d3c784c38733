package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.function.Executable;

/**
 * A fleet as {@code docs/fleet.md} sets it up: an operator and a server at a desk, two rented hosts, one at home behind a router, each with
 * a node, an agent, and a publisher to get releases from.
 */
final class FleetOfThree implements AutoCloseable {
  static final String ADDRESS = "fleet.example.org:4222";
  static final List<String> HOSTS = List.of(FleetNetwork.VPS1, FleetNetwork.VPS2, FleetNetwork.HOME);
  /** Seconds; each state costs a short run of wnm. */
  private static final String INTERVAL = "3";
  private static final int MOST_CYCLES = 15;

  private final Path folder;
  private final FleetNetwork network;
  private final PackagedFleet wnm;
  private final ReleaseSite publisher;
  private final Map<String, String> shared = new LinkedHashMap<>();
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private PackagedFleet.Seat anna;
  private PackagedFleet.Server server;

  private FleetOfThree(Path folder, FleetNetwork network, PackagedFleet wnm, ReleaseSite publisher) {
    this.folder = folder;
    this.network = network;
    this.wnm = wnm;
    this.publisher = publisher;
  }

  /** A host of the fleet. */
  static final class Member {
    private final String name;
    private final TestHost machine;
    private final PackagedFleet.Seat seat;
    private final Path log;
    private Process agent;

    private Member(String name, TestHost machine, PackagedFleet.Seat seat, Path log) {
      this.name = name;
      this.machine = machine;
      this.seat = seat;
      this.log = log;
    }

    String name() {
      return name;
    }

    TestHost machine() {
      return machine;
    }

    PackagedFleet.Seat seat() {
      return seat;
    }

    Process agent() {
      return agent;
    }

    /** What its agent has said so far. */
    String said() {
      return PackagedFleet.read(log);
    }

    void startAgent() throws IOException {
      agent = seat.start(log, "agent", "--interval", INTERVAL);
    }

    void stopAgent() throws InterruptedException {
      agent.destroy();
      agent.waitFor();
    }

    /** Where its fleet keeps what this host knows. */
    Path fleetFolder() {
      return seat.home().resolve(".config/wnm/fleet-host");
    }

    /** One of cron's, once what the agent has begun is over. */
    void cycle() {
      machine.seemIdle();
      eventually("a cycle has its turn on " + name, () -> {
        WnmRun run = machine.run();
        assertThat(run.exit() == 0 || run.err().contains("another wnm is at work")).as(run.toString()).isTrue();
        return run.exit() == 0;
      });
    }

    void cyclesUntilRunning(int count) {
      for (int i = 0; i < MOST_CYCLES && machine.nodes("RUNNING").size() < count; i++) {
        cycle();
      }
      assertThat(machine.nodes("RUNNING")).as(name).hasSize(count);
    }

    String setting(String name) {
      return machine.done("--report", "machine-config", "--json").out().lines().filter(line -> line.contains("\"" + name + "\"")).findFirst().orElse("");
    }
  }

  /** @param folder an empty one */
  static FleetOfThree begin(Path folder) throws Exception {
    Files.createDirectories(folder.resolve("site"));
    FleetOfThree fleet = new FleetOfThree(folder, FleetNetwork.lay(folder), PackagedFleet.unpackInto(folder), ReleaseSite.in(folder.resolve("site")));
    try {
      fleet.setUp();
      return fleet;
    } catch (Exception | Error e) {
      fleet.close();
      throw e;
    }
  }

  private void setUp() throws Exception {
    publisher.beBelievedBy(wnm.jar());
    wnm.withArchives();
    Path names = Files.writeString(folder.resolve("names"), FleetNetwork.DESK_ADDRESS + " fleet.example.org\n" + ReleaseSite.line(FleetNetwork.DESK_ADDRESS)
        + "127.0.0.1 localhost\n");
    shared.put("WNM_JAVA_OPTS", publisher.javaOptions(names));
    shared.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    wnm.start(publisher.serving(network.at(FleetNetwork.DESK)));
    anna = seatAtTheDesk("anna");
    List<Thread> machines = HOSTS.stream().map(name -> inBackground(() -> machine(name))).toList();
    assertThat(anna.done("init", "home", "--server", ADDRESS, "--operator", "anna")).contains("nats-server -c nats.conf");
    network.smallDisk(anna.home().resolve(".config/wnm/fleet/server/data"));
    server = wnm.startServer(network.at(FleetNetwork.DESK), anna.home());
    for (String name : HOSTS) {
      anna.done("invite", name, "--labels", "site=" + (name.equals(FleetNetwork.HOME) ? "home" : "rented"));
    }
    server.reload();
    for (Thread each : machines) {
      each.join();
    }
    for (Member member : members()) {
      // As scp would have brought it.
      Path invitation = Files.copy(invitation(member.name()), member.seat().home().resolve(member.name() + ".invitation"));
      assertThat(member.seat().done("join", invitation.toString())).contains("this machine is " + member.name() + " of the fleet home");
      Files.delete(invitation);
      member.startAgent();
    }
  }

  private Thread inBackground(Executable task) {
    Thread thread = new Thread(() -> {
      try {
        task.execute();
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    });
    thread.start();
    return thread;
  }

  private void machine(String name) throws IOException {
    TestHost machine = TestHost.at(network.on(name, name));
    synchronized (members) {
      toClose.add(machine);
    }
    Files.delete(machine.home().resolve(".local/bin/antnode"));
    PresentProgram.install(machine.home().resolve(".local/bin"));
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(List.of("--webrtc_port_start", "off", "--node_cap", "1"));
    machine.done(machine.initWords(words));
    machine.done("--force_action", "update_config", PresentProgram.ON_LOOPBACK, "--bootstrap", "127.0.0.1:" + machine.portStart() + "001");
    Map<String, String> environment = new LinkedHashMap<>(machine.wnm().environment());
    environment.putAll(shared);
    Member member = new Member(name, machine, wnm.seat(network.on(name, name), environment), folder.resolve("agent-" + name + ".log"));
    member.cyclesUntilRunning(1);
    synchronized (members) {
      members.put(name, member);
    }
  }

  FleetNetwork network() {
    return network;
  }

  PackagedFleet wnm() {
    return wnm;
  }

  ReleaseSite publisher() {
    return publisher;
  }

  PackagedFleet.Seat anna() {
    return anna;
  }

  PackagedFleet.Server server() {
    return server;
  }

  List<Member> members() {
    return HOSTS.stream().map(members::get).toList();
  }

  Member member(String name) {
    return members.get(name);
  }

  Path invitation(String host) {
    return anna.home().resolve(".config/wnm/fleet/invitations/" + host + ".invitation");
  }

  /** An account of its own where the operator works. */
  PackagedFleet.Seat seatAtTheDesk(String name) throws IOException {
    return wnm.seat(network.at(FleetNetwork.DESK), shared, Files.createDirectories(folder.resolve(name)));
  }

  /** The account of a host at another place, or on another machine. @param more variables */
  PackagedFleet.Seat seatAs(Member member, List<String> way, Path home, Map<String, String> more) {
    Map<String, String> environment = new LinkedHashMap<>(member.machine().wnm().environment());
    environment.putAll(shared);
    environment.putAll(more);
    return wnm.seat(way, environment, home);
  }

  Path folder() {
    return folder;
  }

  /** Waits until all hosts are well. */
  void allAreWell() {
    members().forEach(Member::cycle);
    shows("all hosts are well", () -> states().equals(HOSTS.stream().collect(Collectors.toMap(name -> name, name -> "well"))));
  }

  /** Waits for what takes some states of its hosts, each of which starts programs on a machine where all of them do so. */
  void shows(String what, BooleanSupplier isTrue) {
    try {
      eventually(what, Eventually.BY_THE_MINUTE, isTrue);
    } catch (AssertionError e) {
      throw new AssertionError(what + ": " + anna.fleet("status", "--columns", "all") + "; " + members().stream().map(member -> member.name() + ": " + member.said()).toList(), e);
    }
  }

  /** How each host stands. */
  Map<String, String> states() {
    return anna.hosts().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get("state").getAsString()));
  }

  @Override
  public void close() throws Exception {
    wnm.close();
    for (AutoCloseable each : toClose) {
      each.close();
    }
    network.close();
  }
}

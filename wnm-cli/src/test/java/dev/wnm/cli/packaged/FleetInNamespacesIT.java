package dev.wnm.cli.packaged;

import static dev.wnm.cli.packaged.FleetNetwork.HOME;
import static dev.wnm.cli.packaged.FleetNetwork.VPS1;
import static dev.wnm.cli.packaged.FleetNetwork.VPS2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.cli.packaged.FleetOfThree.Member;
import dev.wnm.spi.model.Version;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What befalls a fleet, row for row of "What goes wrong" in {@code docs/fleet.md}, over a real server, a bridge and a router that masquerades. */
@Order(1) // the longest, and most of it is waiting
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetInNamespacesIT {
  private FleetOfThree fleet;

  @BeforeAll
  void threeHostsAreSetUpAsTheDocsSay(@TempDir Path folder) throws Exception {
    fleet = FleetOfThree.begin(folder);
  }

  @AfterAll
  void nothingIsLeft() throws Exception {
    if (fleet != null) {
      fleet.close();
    }
  }

  private Map<String, List<Long>> pids() {
    return fleet.members().stream().collect(Collectors.toMap(FleetOfThree.Member::name, member -> member.machine().processes().values().stream()
        .flatMap(List::stream).map(ProcessHandle::pid).sorted().toList()));
  }

  @Test
  @Order(1)
  void threeHostsAreGrownAndChangedAndGoOnWhileTheServerIsKilled() throws Exception {
    assertThat(fleet.network().reaches(FleetNetwork.HOME, FleetNetwork.DESK_ADDRESS)).as("home dials out").isTrue();
    assertThat(fleet.network().reaches(FleetNetwork.DESK, FleetNetwork.HOME_ADDRESS)).as("nobody dials home").isFalse();
    fleet.allAreWell();
    assertThat(anna().done("status")).startsWith("3 hosts: 3 well; 3 of 3 nodes run where that is known.");

    assertThat(anna().hosts().get(HOME).get("wnm").getAsString()).as("its wnm").matches("[0-9].*");
    assertThat(anna().done("set", "node_cap=2", "--all")).contains("home: node_cap 1 -> 2", "vps1: done", "vps2: done", "home: done");
    fleet.members().forEach(member -> member.cyclesUntilRunning(2));
    assertThat(anna().done("set", "cpu_less_than=91", "--where", "site=rented")).contains("vps1: done", "vps2: done").doesNotContain("home");
    Map<String, List<Long>> nodes = pids();

    fleet.server().kill();
    for (String[] words : List.of(new String[] {"status"}, new String[] {"set", "node_cap=3", "--all"})) {
      PackagedFleet.Ran ran = anna().fleet(words);
      assertThat(ran.exit()).isEqualTo(1);
      assertThat(ran.err()).matches("wnm fleet: the fleet's server at fleet.example.org:4222 cannot be used: Connection refused.*\n");
    }
    fleet.members().forEach(FleetOfThree.Member::cycle);
    assertThat(pids()).as("nodes run on").isEqualTo(nodes);
    fleet.members().forEach(member -> fleet.shows(member.name() + " says why it is not heard",
        () -> member.said().endsWith("there is no connection to the fleet's server at fleet.example.org:4222: Connection refused\n")));

    fleet.server().start();
    fleet.allAreWell();
    assertThat(pids()).isEqualTo(nodes);
    fleet.members().forEach(member -> {
      fleet.shows(member.name() + " says that it is heard again", () -> member.said().endsWith("wnm fleet: the fleet hears of this machine again\n"));
      assertThat(member.said()).as("once each").hasLineCount(2);
      assertThat(member.setting("node_cap")).contains("2");
    });
    assertThat(fleet.member(VPS1).setting("cpu_less_than")).contains("91");
    assertThat(anna().done("set", "node_cap=2", "cpu_less_than=92", "--where", "host=vps1")).as("what is wished is kept")
        .contains("cpu_less_than 91 -> 92").contains("vps1: done");
  }

  @Test
  @Order(2)
  void aServerWithoutRoomSaysSoAndLosesNothing() throws Exception {
    Path filler = fleet.server().folder().resolve("data/filler");
    new ProcessBuilder("dd", "if=/dev/zero", "of=" + filler, "bs=64k").redirectErrorStream(true).redirectOutput(fleet.folder().resolve("dd.log").toFile()).start().waitFor();
    String full = "it does not answer: the way there is cut, or its disk is full, which takes room and then a new start";
    fleet.members().forEach(member -> fleet.shows(member.name() + " says it", () -> member.said().endsWith(full + "\n")));
    for (String[] words : List.of(new String[] {"status"}, new String[] {"set", "node_cap=3", "--all"})) {
      PackagedFleet.Ran ran = anna().fleet(words);
      assertThat(ran.exit()).isEqualTo(1);
      assertThat(ran.err()).isEqualTo("wnm fleet: the fleet's server at fleet.example.org:4222 cannot be used: " + full + "\n");
    }
    Files.delete(filler);
    fleet.server().kill();
    fleet.server().start();
    fleet.allAreWell();
    assertThat(anna().done("set", "node_cap=2", "cpu_less_than=92", "--where", "host=vps1")).as("nothing is lost").contains("cpu_less_than 92 -> 92");
  }

  @Test
  @Order(3)
  void hostsThatAreCutOffOrAsleepAreSilentAndGetTheirWishesLater() throws Exception {
    fleet.allAreWell();
    Member cut = fleet.member(VPS2);
    Member asleep = fleet.member(HOME);
    Map<String, List<Long>> nodes = pids();
    fleet.network().cut(VPS2);
    signal("STOP", asleep.agent());
    PackagedFleet.Ran wished = anna().fleet("set", "mem_less_than=93", "--where", "host!=vps1", "--wait", "2s");
    assertThat(wished.exit()).isEqualTo(1);
    assertThat(wished.out()).endsWith("no answer yet, which comes as soon as they can be reached: home, vps2\n");
    fleet.shows("they are silent", () -> fleet.states().equals(Map.of(VPS1, "well", VPS2, "silent", HOME, "silent")));
    cut.cycle();
    assertThat(pids()).as("nodes run on").isEqualTo(nodes);
    assertThat(cut.setting("mem_less_than")).contains("100");
    PackagedFleet.Ran status = anna().fleet("status");
    assertThat(status.exit()).isEqualTo(1);
    assertThat(status.out()).startsWith("3 hosts: 1 well, 2 silent; 2 of 2 nodes run where that is known.").containsPattern("vps2 +silent +[1-9][0-9.]* (s|min)");
    assertThat(cut.said()).as("the host knows").containsPattern("there is no connection to the fleet's server at fleet.example.org:4222: [^\n]+\n$");

    fleet.network().mend(VPS2);
    signal("CONT", asleep.agent());
    fleet.allAreWell();
    fleet.shows("the wish arrives", () -> cut.setting("mem_less_than").contains("93") && asleep.setting("mem_less_than").contains("93"));
  }

  private static void signal(String name, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
  }

  @Test
  @Order(4)
  void aCopyOfAHostIsNoticedEvenInAContainerOfTheSameMachine() throws Exception {
    fleet.allAreWell();
    Member original = fleet.member(VPS2);
    Path copied = fleet.folder().resolve("copied");
    copy(original.fleetFolder(), copied);
    PackagedFleet.Seat copy = fleet.seatAs(original, fleet.network().inAContainerOn(VPS2, VPS1), original.seat().home(), Map.of("WNM_FLEET_HOST_FOLDER", copied.toString()));
    Path log = fleet.folder().resolve("agent-copy.log");
    Process agent = copy.start(log, "agent", "--interval", "3");
    try {
      // Who has not heard of the other one yet may have said the state that is the latest.
      fleet.shows("it is double", () -> anna().fleet("status").out().contains("vps2: two machines speak as vps2: one is a copy of the other's disk"));
      fleet.shows("both say it; " + log, () -> original.said().contains("another machine speaks as this one") && PackagedFleet.read(log).contains("another machine speaks as this one"));
    } finally {
      end(agent);
    }
    // After ten states without news of the other one.
    fleet.shows("the one that is left is well again", () -> anna().stateOf(VPS2).equals("well"));
  }

  private static void copy(Path from, Path to) throws Exception {
    assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start().waitFor()).isZero();
  }

  @Test
  @Order(5)
  void aHostWhoseClockIsFarBehindSaysSoAndGoesOn() throws Exception {
    Map<String, List<Long>> nodes = pids();
    String why = "its certificate is not valid at the time that this machine's clock shows, 20";
    AutoCloseable asItWas = fleet.server().beginInAMonth(anna().home().resolve(".config/wnm/fleet"));
    fleet.members().forEach(member -> fleet.shows(member.name() + " says it", () -> member.said().contains(why) && member.said().endsWith("; set the clock\n")));
    PackagedFleet.Ran status = anna().fleet("status");
    assertThat(status.exit()).isEqualTo(1);
    assertThat(status.err()).startsWith("wnm fleet: the fleet's server at fleet.example.org:4222 cannot be used: " + why).endsWith("; set the clock\n");
    fleet.members().forEach(FleetOfThree.Member::cycle);
    assertThat(pids()).as("nodes run on").isEqualTo(nodes);
    asItWas.close();
    fleet.allAreWell();
  }

  private static void end(Process process) throws Exception {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  @Test
  @Order(6)
  void aWishThatIsWrongChangesNothing() throws Exception {
    fleet.allAreWell();
    String before = fleet.member(VPS1).setting("cpu_remove");
    // What an operator's machine cannot know: that it does not go with what the host has.
    PackagedFleet.Ran refused = anna().fleet("set", "cpu_remove=60", "--where", "host=vps1");
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(1);
    assertThat(refused.out()).contains("vps1: refused: ").contains("cpu_remove");
    assertThat(fleet.member(VPS1).setting("cpu_remove")).isEqualTo(before);
    assertThat(anna().done("status")).contains("vps1: it refuses what is wished of it: ");
    assertThat(anna().done("set", "cpu_remove=", "--where", "host=vps1")).contains("vps1: done");

    assertThat(anna().fleet("set", "survey_delay=7", "--where", "host=vps2").out())
        .contains("vps2: refused: 'survey_delay' is not to be changed from afar here; 'wnm fleet join --allow survey_delay' would let it");
    assertThat(anna().done("set", "survey_delay=", "--where", "host=vps2")).contains("vps2: done");
    for (String wish : List.of("node_cap=many", "rewards_address=0x2222222222222222222222222222222222222222", "start_args=--x", "colour=red")) {
      assertThat(anna().fleet("set", wish, "--all").exit()).as(wish).isEqualTo(2);
    }
  }

  @Test
  @Order(7)
  void aWishWaitsForAnotherWnmThatIsAtWork() throws Exception {
    fleet.allAreWell();
    Member busy = fleet.member(HOME);
    try (FileChannel lock = FileChannel.open(Path.of(busy.machine().database() + ".lock"), StandardOpenOption.WRITE); FileLock held = lock.lock()) {
      assertThat(held.isValid()).isTrue();
      PackagedFleet.Ran waits = anna().fleet("set", "hd_less_than=95", "--where", "host=home", "--wait", "30s");
      assertThat(waits.exit()).isEqualTo(1);
      assertThat(waits.out()).as(waits.toString()).containsPattern("home: not yet: .+; it tries again by itself\n$").doesNotContain("no answer");
      assertThat(anna().done("status")).contains("home: what is wished of it waits: another wnm is at work");
    }
    fleet.shows("it is carried out", () -> busy.setting("hd_less_than").contains("95"));
  }

  @Test
  @Order(8)
  void ofTwoOperatorsNothingIsLost() throws Exception {
    PackagedFleet.Seat bob = fleet.seatAtTheDesk("bob");
    copy(anna().home().resolve(".config"), bob.home().resolve(".config"));
    List<PackagedFleet.Ran> ran = Stream.of(Map.entry(anna(), "cpu_less_than=96"), Map.entry(bob, "mem_less_than=97")).parallel()
        .map(each -> each.getKey().fleet("set", each.getValue(), "--all")).toList();
    assertThat(ran).allMatch(each -> each.exit() == 0);
    for (Member member : fleet.members()) {
      assertThat(member.setting("cpu_less_than")).contains("96");
      assertThat(member.setting("mem_less_than")).contains("97");
    }
  }

  private PackagedFleet.Seat anna() {
    return fleet.anna();
  }

  @Test
  @Order(9)
  void versionsGoForwardAndBackAndABadOneNoFurtherThanTheFirstWave() throws Exception {
    fleet.allAreWell();
    String good = fleet.publisher().publish(new Version("0.23.2"), "");
    String old = fleet.publisher().publish(new Version("0.23.1"), "");
    String bad = fleet.publisher().publish(new Version("0.23.3"), "if (grep { /^--root-dir/ } @ARGV) { sleep 1; exit 1; }");
    PackagedFleet.Seat bob = fleet.seatAtTheDesk("bob");
    Path log = fleet.folder().resolve("rollout.log");
    Process driver = anna().start(log, "rollout", "start", "--version", "0.23.2", "--sha256", good, "--waves", "1,100%", "--soak", "1s");
    fleet.shows("it is under way; " + log, () -> PackagedFleet.read(log).contains("wave 1 of 2 gets it"));
    end(driver);
    Path bobs = fleet.folder().resolve("rollout-bob.log");
    Process other = bob.start(bobs, "rollout", "resume");
    fleet.shows("another drives it; " + bobs, () -> PackagedFleet.read(bobs).contains("wave 1 of 2 gets it"));
    anna().done("rollout", "resume", "--once");
    assertThat(other.waitFor(2, TimeUnit.MINUTES)).as("until it is taken over").isTrue();
    assertThat(other.exitValue()).isEqualTo(1);
    assertThat(PackagedFleet.read(bobs)).containsPattern("wnm fleet: the roll-out 0.23.2-[0-9]+ is driven by anna/[0-9a-f]{8}; 'rollout resume' takes it over\n$");
    StringBuilder said = new StringBuilder();
    fleet.shows("all have it", () -> {
      fleet.members().forEach(Member::cycle);
      said.append(bob.fleet("rollout", "resume", "--once"));
      return said.indexOf("all hosts have it") >= 0;
    });
    assertThat(said).as("the small wave first").containsSubsequence("wave 1 of 2 gets it; not there yet: home", "wave 2 of 2 begins: vps1, vps2");
    assertThat(anna().done("rollout", "status")).contains(": done\n");
    assertThat(anna().hosts().values()).allMatch(row -> row.get("version").getAsString().equals("ant-node 0.23.2"));

    assertThat(anna().fleet("rollout", "back").err()).contains("the fleet does not know which program home, vps1, vps2 had before: name it with --version and --sha256");
    anna().done("rollout", "back", "--version", "0.23.1", "--sha256", old, "--why", "it is slow");
    fleet.shows("all have the old one again", () -> {
      fleet.members().forEach(Member::cycle);
      return anna().hosts().values().stream().allMatch(row -> row.get("version").getAsString().equals("ant-node 0.23.1") && row.get("running").getAsInt() == 2);
    });

    said.setLength(0);
    said.append(anna().fleet("rollout", "start", "--version", "0.23.3", "--sha256", bad, "--waves", "1,100%", "--soak", "1s", "--once"));
    fleet.shows("it stops", () -> {
      fleet.members().forEach(member -> member.machine().run());
      PackagedFleet.Ran step = bob.fleet("rollout", "resume", "--once");
      said.append(step);
      return step.exit() != 0;
    });
    assertThat(said).as("its wnm put the earlier program back, and says so").contains("home: no upgrade: ").contains("0.23.3");
    assertThat(anna().hosts().values()).allMatch(row -> row.get("version").getAsString().equals("ant-node 0.23.1"));
    fleet.shows("the host is on hold", () -> fleet.member(HOME).machine().done("--why_not", "add").out().contains("on hold"));
    assertThat(fleet.member(VPS1).machine().done("--why_not", "add").out()).as("it was never told").doesNotContain("on hold");
    anna().done("rollout", "back");
    fleet.allAreWell();
  }

  @Test
  @Order(10)
  void whoHasStolenAHostLiesAboutThatHostAloneAndIsPutOut() throws Exception {
    Path stolen = fleet.folder().resolve("stolen");
    copy(fleet.member(VPS2).fleetFolder(), stolen);
    fleet.member(VPS2).stopAgent();
    Path file = stolen.resolve("host.json");
    Files.writeString(file, Files.readString(file).replace("\"host\":\"vps2\"", "\"host\":\"vps1\""));
    Path log = fleet.folder().resolve("agent-thief.log");
    Process thief = fleet.seatAs(fleet.member(HOME), fleet.network().on("thief", HOME), fleet.member(HOME).seat().home(), Map.of("WNM_FLEET_HOST_FOLDER", stolen.toString()))
        .start(log, "agent", "--interval", "3");
    try {
      fleet.shows("it is odd", () -> anna().stateOf(VPS2).equals("odd"));
      assertThat(anna().fleet("status").out()).startsWith("3 hosts: 2 well, 1 odd;").contains("vps2: it sent a state in the name of vps1, which is not believed");
      assertThat(anna().done("revoke", VPS2)).contains("nats-server --signal reload=");
      fleet.server().reload();
      fleet.shows("the thief is told; " + log, () -> PackagedFleet.read(log).contains("does not let in"));
      assertThat(anna().done("status")).startsWith("2 hosts: 2 well;");
      anna().done("invite", VPS2, "--labels", "site=rented");
      fleet.server().reload();
      fleet.member(VPS2).seat().done("join", fleet.invitation(VPS2).toString());
      fleet.member(VPS2).startAgent();
      fleet.allAreWell();
      assertThat(PackagedFleet.read(log)).as("the new key is not the thief's").doesNotContain("hears of this machine again");
    } finally {
      end(thief);
    }
  }

  @Test
  @Order(11)
  void aFleetBySshReachesWhatCanBeDialledAndHomeByItsTunnel() throws Exception {
    FleetBySsh ssh = FleetBySsh.begin(fleet);
    PackagedFleet.Seat olga = ssh.operator();
    for (Member member : fleet.members()) {
      olga.done("invite", member.name(), "--labels", "site=" + (member.name().equals(HOME) ? "home" : "rented"));
      ssh.join(member);
    }
    assertThat(olga.fleet("status").out()).startsWith("3 hosts: 2 well, 1 never heard;").contains("home: home cannot be reached: ");
    assertThat(olga.hosts().get(HOME).get("state").getAsString()).isEqualTo("never heard");
    ssh.keepATunnel();
    fleet.shows("home is reached by its tunnel", () -> olga.stateOf(HOME).equals("well"));
    assertThat(olga.done("set", "mem_less_than=98", "--all")).contains("home: done", "vps1: done", "vps2: done");

    Member busy = fleet.member(HOME);
    try (FileChannel lock = FileChannel.open(Path.of(busy.machine().database() + ".lock"), StandardOpenOption.WRITE); FileLock held = lock.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(olga.fleet("set", "hd_less_than=96", "--where", "host=home", "--wait", "15s").out()).contains("home: not yet: another wnm is at work on ");
    }
    fleet.shows("it is carried out", () -> olga.stateOf(HOME).equals("well") && busy.setting("hd_less_than").contains("96"));

    fleet.network().cut(VPS2);
    assertThat(olga.fleet("set", "cpu_less_than=97", "--where", "site=rented", "--wait", "15s").out()).contains("vps1: done")
        .endsWith("no answer yet, which comes as soon as they can be reached: vps2\n");
    PackagedFleet.Ran status = olga.fleet("status");
    assertThat(status.out()).containsPattern("^3 hosts: 2 well, 1 silent; ([0-9]+) of \\1 nodes run where that is known")
        .containsPattern("vps2 +silent +[1-9][0-9.]* (s|min)").containsPattern("vps2: vps2 (cannot be reached: |does not answer within 30 s)");
    fleet.network().mend(VPS2);
    fleet.shows("it is back, and has its wish", () -> olga.hosts().values().stream().allMatch(row -> row.get("state").getAsString().equals("well")));
    assertThat(fleet.member(VPS2).setting("cpu_less_than")).contains("97");
  }
}

package dev.wnm.managers.s6overlay.image;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import dev.wnm.managers.s6overlay.supervisord.Conversion;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** What services beside nodes may use and do, as the kernel has it of their processes, in real containers. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
class CompanionLimitsTest {
  private static final String LIBRARY = "/usr/local/lib/wnm-companions/";
  /** In its first life, when it is told to, three processes with 40 MiB each; in the next ones none that has much. */
  private static final String GREEDY = """
      #!/usr/bin/perl
      if (sysopen(my $first, "/tmp/greedy-was-here", 0301)) {
        select(undef, undef, undef, 0.1) until -e "/tmp/be-greedy";
        for (1 .. 2) { last if !fork }
        vec($much, 40 << 20, 8) = 1;
      }
      sleep 100000;
      """;
  /** Tries to change what it may only read, and lives on. */
  private static final String ATTEMPT = """
      #!/bin/sh
      if true >"$1"; then echo changed it; else echo could not change it; fi
      exec sleep 100000
      """;
  private static final String GROUP = "companion.grouped";

  @TempDir
  private Path folder;

  @Test
  void limitsBindTheRealProcessesAndOneAboveItsMemoryDiesAlone() throws IOException {
    String image = image("""
        [supervisord]
        [program:greedy]
        command=/opt/greedy
        user=nobody
        stdout_logfile=/var/log/greedy
        [program:calm]
        command=sleep 100000
        user=nobody
        [program:grouped]
        command=sleep 100000
        """, Wishes.NONE.with(Wish.LIMITS, "greedy=memory:70M,cpu:0.01,io_weight:10,io_read:10M,nofile:512,processes:20000,"
        + "grouped=memory:60M,cpu:0.5,io_weight:50,processes:33"), Map.of("opt/greedy", GREEDY, "opt/base/cgroup.controllers",
        "cpuset cpu io memory pids\n", "opt/base/cgroup.type", "domain\n", "opt/base/cgroup.procs", "1\n", "opt/base/cgroup.subtree_control", "",
        "opt/base/wnm-rest/cpu.weight", "100\n", "opt/base/" + GROUP + "/cgroup.procs", "", "opt/base/" + GROUP + "/memory.events", "oom_kill 3\n",
        "opt/base/" + GROUP + "/files", "memory.max memory.oom.group memory.swap.max cpu.max pids.max io.weight\n"),
        "RUN cd /opt/base/" + GROUP + " && touch $(cat files) && chmod 755 /opt /opt/greedy");

    // That folder stands for a control group here, and only "grouped" has the files of one in it.
    try (GroupContainer container = GroupContainer.ofImage(folder.resolve("group"), image, "WNM_CGROUP=/opt/base")) {
      assertThat(container.nodes(GroupContainer.definition(1), "start", "--ready", "20").describe()).contains("exit 0");
      String node = container.status().get(GroupContainer.name(1)).get(2);
      for (String name : List.of("greedy", "calm", "grouped")) {
        eventually(name + " runs", () -> runs(container, name, "sleep", "perl", "greedy"));
      }
      String first = pid(container, "greedy");
      String calm = pid(container, "calm");

      assertBoundByTheProcess(container, first);
      assertThat(text(container, "/run/companions/greedy/limits").lines()).containsExactly(
          "memory 73400320 by over-memory, what all its processes have, looked at every few seconds; an rlimit keeps each of them below"
              + " 213909504",
          "cpu 0.01 by nice 19, which is a share and no limit",
          "io_weight 10 by ionice 6 of 0 to 7, which only some schedulers of disks heed",
          "io_read 10485760 by nothing: there is no control group here that bounds disks, and nothing else does",
          "nofile 512 by rlimit, each of its processes for itself",
          "processes 20000 by rlimit, which counts all processes of nobody, those of other services too");

      container.exec("touch", "/tmp/be-greedy");
      eventually("it is found to have too much", () -> {
        container.exec(LIBRARY + "over-memory", "greedy");
        return container.exec("test", "-e", "/run/companions/greedy/killed").succeeded();
      });
      eventually("it runs again", () -> !pid(container, "greedy").equals(first) && runs(container, "greedy", "perl", "greedy"));
      assertThat(container.exec("kill", "-0", first).succeeded()).as("something is left of it").isFalse();
      assertThat(pid(container, "calm")).isEqualTo(calm);
      assertThat(container.status().get(GroupContainer.name(1)).get(2)).isEqualTo(node);
      String sentence = " MiB of memory, its limit is 70 MiB: its processes were killed (";
      assertThat(text(container, "/run/companions/audit")).containsPattern("over-memory kill greedy it had [0-9]+" + sentence.replace("(", "\\("));
      eventually("its log has the reason", () -> text(container, "/var/log/greedy.d/current").contains("greedy: it had "));
      assertThat(text(container, "/var/log/greedy.d/current").split(sentence.replace("(", "\\("), -1)).as("said once").hasSize(2);
      assertBoundByTheProcess(container, pid(container, "greedy"));
      assertThat(container.exec("/usr/local/lib/wnm/healthy").stdout()).contains("companion greedy died of its limit: it had ");

      assertThat(text(container, "/run/companions/grouped/limits").lines()).containsExactly("memory 62914560 by cgroup, all its processes together",
          "cpu 0.5 by cgroup", "io_weight 50 by cgroup, beside 10000 of nodes and all else", "processes 33 by cgroup, all its processes together");
      assertThat(container.exec("sh", "-c", "cd /opt/base/" + GROUP + " && cat cgroup.procs memory.max memory.oom.group memory.swap.max cpu.max"
          + " pids.max io.weight ../wnm-rest/cgroup.procs ../wnm-rest/cpu.weight").stdout().lines())
          .containsExactly(pid(container, "grouped"), "62914560", "1", "0", "50000 100000", "33", "default 50", "1", "default 10000");
      container.exec("sh", "-c", "echo oom_kill 5 >/opt/base/" + GROUP + "/memory.events");
      container.exec(LIBRARY + "over-memory", "grouped");
      assertThat(text(container, "/run/companions/grouped/killed")).endsWith(" it needed more than its limit of 60 MiB of memory, and the kernel killed it\n");
    }
  }

  private static void assertBoundByTheProcess(GroupContainer container, String pid) {
    assertThat(text(container, "/proc/" + pid + "/limits")).containsPattern("Max data size +213909504 +213909504 ")
        .containsPattern("Max open files +512 +512 ").containsPattern("Max processes +20000 +20000 ");
    assertThat(text(container, "/proc/" + pid + "/stat").replaceFirst(".*\\) ", "").split(" ")[16]).as("nice").isEqualTo("19");
    assertThat(container.exec("ionice", "-p", pid).stdout().strip()).isEqualTo("best-effort: prio 6");
  }

  private static final String NARROWED = """
      [supervisord]
      [program:plain]
      command=sleep 100000
      user=nobody
      [program:keeper]
      command=sleep 100000
      user=nobody
      [program:rootless]
      command=sleep 100000
      [program:killer]
      command=sleep 100000
      [program:reader]
      command=/opt/attempt "/etc/a b/by-reader"
      user=nobody
      stdout_logfile=/var/log/reader
      [program:writer]
      command=/opt/attempt "/srv/by-writer"
      stdout_logfile=/var/log/writer
      [program:wanting]
      command=sleep 100000
      startretries=1
      stdout_logfile=/var/log/wanting
      [program:mighty]
      command=sleep 100000
      user=nobody
      startretries=1
      [program:stranger]
      command=sleep 100000
      startretries=1
      """;
  private static final Wishes RIGHTS = Wishes.NONE
      .with(Wish.CAPABILITIES, "plain=none,keeper=kill,rootless=none,killer=kill,wanting=net_admin,sys_time,mighty=chown,stranger=none")
      .with(Wish.READ_ONLY, "reader=/etc/a b,writer=/srv,mighty=/srv").with(Wish.SERVICE_USER, "stranger=nosuch");

  private String narrowed() throws IOException {
    return image(NARROWED, RIGHTS, Map.of("opt/attempt", ATTEMPT, "etc/a b/file", "it\n"), "RUN chmod 755 /opt /opt/attempt '/etc/a b'");
  }

  @Test
  void rightsAreNarrowedInAContainerWithThoseOfAGroup() throws IOException {
    try (GroupContainer container = GroupContainer.ofImage(folder.resolve("group"), narrowed())) {
      awaitStarts(container);
      String anyway = "; the bounding set still has more, as the container lacks SETPCAP, and without new privileges it gives nothing";

      assertThat(rights(container, "plain")).isEqualTo("65534 eff 0 amb 0 bnd e3 new 1");
      assertThat(rights(container, "keeper")).isEqualTo("65534 eff 20 amb 20 bnd e3 new 1");
      assertThat(rights(container, "rootless")).isEqualTo("0 eff 0 amb 0 bnd e3 new 1");
      assertThat(rights(container, "killer")).isEqualTo("0 eff 20 amb 0 bnd e3 new 1");
      assertThat(said(container, "plain")).containsExactly("account nobody by setpriv", "new-privileges none by the container",
          "capabilities none by setpriv" + anyway);
      assertThat(said(container, "keeper")).contains("capabilities kill by setpriv" + anyway);
      assertThat(said(container, "rootless")).containsExactly("account root by capsh", "new-privileges none by the container",
          "capabilities none by capsh" + anyway);
      assertThat(said(container, "reader")).contains("read-only /etc/a b by the rights of nobody, as they were at its start");
      eventually("it has tried", () -> text(container, "/var/log/reader.d/current").contains("could not change it"));
      assertThat(said(container, "writer")).containsExactly("start refused by rights: root may change /srv, and /srv is to be read-only"
          + " for it: give that to another account, run the service as another with --service_user, or give the container --cap-add"
          + " SYS_ADMIN, with which it is mounted read-only");
      assertThat(said(container, "wanting")).containsExactly("start refused by rights: it is to keep net_admin, sys_time, which this"
          + " container does not have: give it that with docker run --cap-add NET_ADMIN --cap-add SYS_TIME");
      assertThat(said(container, "stranger")).containsExactly("start refused by rights: there is no account nosuch in the image: add it"
          + " there, or name another with --service_user");
      assertThat(said(container, "mighty")).singleElement().asString().startsWith("start refused by rights: it keeps chown, with which it can change");
      assertThat(text(container, "/var/log/wanting.d/current")).contains("wanting: not started: it is to keep net_admin, sys_time, which");
      assertThat(container.exec("test", "-e", "/srv/by-writer").succeeded()).as("it has run").isFalse();
    }
  }

  @Test
  void rightsAreNarrowedInAContainerWithDockersUsualOnesAndThatOfMounting() throws IOException {
    List<String> usual = List.of("--cap-add", "SYS_ADMIN", "--security-opt", "apparmor=unconfined");
    try (GroupContainer container = GroupContainer.withRights(usual, folder.resolve("group"), narrowed())) {
      awaitStarts(container);

      assertThat(rights(container, "plain")).isEqualTo("65534 eff 0 amb 0 bnd 0 new 1");
      assertThat(rights(container, "keeper")).isEqualTo("65534 eff 20 amb 20 bnd 20 new 1");
      assertThat(rights(container, "rootless")).isEqualTo("0 eff 0 amb 0 bnd 0 new 1");
      assertThat(rights(container, "killer")).isEqualTo("0 eff 20 amb 0 bnd 20 new 1");
      assertThat(said(container, "killer")).containsExactly("account root by setpriv", "new-privileges none by setpriv",
          "capabilities kill by setpriv");
      for (String name : List.of("reader", "writer")) {
        eventually(name + " has tried", () -> text(container, "/var/log/" + name + ".d/current").contains("could not change it"));
      }
      assertThat(said(container, "reader")).contains("read-only /etc/a b by a mount of its own");
      assertThat(said(container, "writer")).contains("read-only /srv by a mount of its own");
      assertThat(rights(container, "writer")).as("without the right to mount it again").contains("eff a80425fb");
      assertThat(container.exec("touch", "/srv/by-others").succeeded()).as("others can write there").isTrue();
    }
  }

  @Test
  void aControlGroupBoundsAServiceWhereTheContainerMayMakeOne() throws IOException {
    Path controllers = Path.of("/sys/fs/cgroup/cgroup.controllers");
    boolean there = Files.exists(controllers) && Files.readString(controllers).contains("memory");
    if (!there) {
      System.err.println("NOT TESTED HERE: limits of companions by a real control group, since this machine has no control groups v2");
    }
    assumeThat(there).isTrue();
    String image = image("""
        [supervisord]
        [program:greedy]
        command=/opt/greedy
        user=nobody
        [program:calm]
        command=sleep 100000
        """, Wishes.NONE.with(Wish.LIMITS, "greedy=memory:70M,cpu:0.5,processes:33"), Map.of("opt/greedy", GREEDY),
        "RUN chmod 755 /opt /opt/greedy");
    boolean knows = Integer.parseInt(GroupContainer.run("docker", "version", "--format", "{{.Server.Version}}").stdout().split("\\.")[0]) >= 28;
    List<String> rights = knows ? List.of("--security-opt", "writable-cgroups=true") : List.of("--privileged", "--cgroupns", "private");

    try (GroupContainer container = GroupContainer.withRights(rights, folder.resolve("group"), image)) {
      container.nodes(GroupContainer.definition(1), "start", "--ready", "20");
      String node = container.status().get(GroupContainer.name(1)).get(2);
      container.exec("touch", "/tmp/be-greedy");
      eventually("the kernel has killed it", () -> {
        container.exec(LIBRARY + "over-memory", "greedy");
        return text(container, "/run/companions/greedy/killed").contains("the kernel killed it");
      });
      eventually("it runs again", () -> runs(container, "greedy", "perl", "greedy"));
      assertThat(text(container, "/run/companions/greedy/limits").lines()).containsExactly("memory 73400320 by cgroup, all its processes together",
          "cpu 0.5 by cgroup", "processes 33 by cgroup, all its processes together");
      assertThat(text(container, "/proc/" + pid(container, "greedy") + "/cgroup")).contains("/companion.greedy");
      assertThat(text(container, "/proc/1/cgroup")).contains("/wnm-rest");
      assertThat(container.status().get(GroupContainer.name(1)).get(2)).isEqualTo(node);
    }
  }

  /** The image with converted services and further files, executable or not as a further line of its recipe says. */
  private String image(String conf, Wishes wishes, Map<String, String> files, String line) throws IOException {
    Path companions = folder.resolve("companions");
    Conversion.of(Files.writeString(folder.resolve("supervisord.conf"), conf), Map.of(), wishes).writeTo(companions);
    Path context = folder.resolve("context");
    new ImageSource().writeTo(context, Optional.of(companions));
    String plain = GroupImage.build(context);
    Path more = folder.resolve("more");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = more.resolve("files").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Files.writeString(more.resolve("Dockerfile"), "FROM " + plain + "\nCOPY files/ /\n" + line + "\n");
    return GroupContainer.run("docker", "build", "--quiet", more.toString()).stdout().strip();
  }

  private static void awaitStarts(GroupContainer container) {
    for (String name : List.of("plain", "keeper", "rootless", "killer")) {
      eventually(name + " runs", () -> runs(container, name, "sleep"));
    }
    eventually("the last has its rights", () -> !text(container, "/run/companions/stranger/rights").isEmpty());
    for (String name : List.of("reader", "writer", "wanting", "mighty")) {
      eventually(name + " has its rights", () -> !text(container, "/run/companions/" + name + "/rights").isEmpty());
    }
  }

  /** Its account, its sets of capabilities and whether it can gain new privileges, as the kernel tells. */
  private static String rights(GroupContainer container, String name) {
    Map<String, String> status = text(container, "/proc/" + pid(container, name) + "/status").lines()
        .map(line -> line.split(":\\s*", 2)).collect(Collectors.toMap(words -> words[0], words -> words[1]));
    return status.get("Uid").split("\\s")[0] + " eff " + hex(status.get("CapEff")) + " amb " + hex(status.get("CapAmb"))
        + " bnd " + hex(status.get("CapBnd")) + " new " + status.get("NoNewPrivs");
  }

  private static String hex(String set) {
    return Long.toHexString(Long.parseLong(set, 16));
  }

  private static List<String> said(GroupContainer container, String name) {
    return text(container, "/run/companions/" + name + "/rights").lines().toList();
  }

  /** Whether its process has become one of these programs. */
  private static boolean runs(GroupContainer container, String name, String... programs) {
    String pid = pid(container, name);
    return pid.matches("[1-9][0-9]*") && Arrays.asList(programs).contains(text(container, "/proc/" + pid + "/comm").strip());
  }

  private static String pid(GroupContainer container, String name) {
    return container.exec("/command/s6-svstat", "-o", "pid", "/run/service/" + name).stdout().strip();
  }

  private static String text(GroupContainer container, String file) {
    return container.exec("cat", file).stdout();
  }
}

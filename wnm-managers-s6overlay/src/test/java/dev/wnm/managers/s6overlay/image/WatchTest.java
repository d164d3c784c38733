package dev.wnm.managers.s6overlay.image;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import dev.wnm.managers.s6overlay.supervisord.Conversion;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** What services beside the nodes need, and how they do, is looked after in the container. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
class WatchTest {
  /** A program that notes when it starts, by the seconds since the machine's start. */
  private static final String NOTED = "/bin/sh -c \"cut -d. -f1 /proc/uptime >>/run/t-%(program_name)s.starts; exec sleep 1000\"";

  @TempDir
  private Path folder;

  @Test
  void aServiceWaitsForWhatItNeedsAndWhatItLosesHasTheConsequenceThatWasChosen() throws IOException {
    try (GroupContainer container = started("""
        [supervisord]
        [program:bystander]
        command=%1$s
        [program:early]
        command=%1$s
        [program:behind]
        command=%1$s
        [program:leaves]
        command=%1$s
        [program:restarts]
        command=%1$s
        [program:stops]
        command=%1$s
        """.formatted(NOTED), Wishes.NONE
        .with(Wish.NEEDS, "early=file:/run/t-early,*=dir:/run,leaves=tcp:127.0.0.1:13001,leaves=file:/run/t-link,restarts=file:/run/t-link,stops=file:/run/t-link")
        .with(Wish.NEEDS_SECONDS, "2").with(Wish.ON_LOSS, "restarts=restart,stops=stop").with(Wish.DEPENDS, "behind:early"),
        "WNM_WATCH_NEEDS_SECONDS=1")) {
      container.nodes(GroupContainer.definition(1), "start", "--ready", "20");
      eventually("the limit is over", () -> check(container).contains(
          "companion early is not started: it waited for 2 s in vain until there is the file /run/t-early"));
      eventually("what needs nothing runs", () -> isUp(container, "bystander"));
      String others = pid(container, "bystander") + container.status().get(GroupContainer.name(1)).get(2);
      assertThat(container.exec("/usr/local/lib/wnm/healthy").succeeded()).as("the container is healthy").isTrue();
      assertThat(starts(container, "early")).isEmpty();
      assertThat(starts(container, "behind")).isEmpty();
      assertThat(container.log()).containsOnlyOnce("early waits until").containsOnlyOnce("early is not started");

      // Whoever starts it all the same is told at once when it is over, and not only when s6-rc has waited for as long as it would.
      assertThat(container.exec("/command/s6-rc", "-b", "-u", "change", "behind").succeeded()).isFalse();
      assertThat(container.exec("/command/s6-svstat", "-o", "up,wantedup,exitcode", "/run/service/early").stdout().strip())
          .isEqualTo("false false 1");
      assertThat(check(container)).contains("companion early is not started").doesNotContain("given up");
      assertThat(starts(container, "behind")).isEmpty();

      container.exec("touch", "/run/t-early", "/run/t-link");
      for (String name : List.of("early", "behind", "leaves", "restarts", "stops")) {
        eventually(name + " comes up", () -> starts(container, name).size() == 1 && isUp(container, name + "-watch"));
      }
      eventually("nothing is lacking", () -> check(container).isEmpty());

      container.exec("rm", "/run/t-link");
      for (String name : List.of("leaves", "restarts", "stops")) {
        eventually(name + " is named", () -> check(container).contains("companion " + name + " "));
      }
      eventually("it has stopped what was to be stopped", () -> audit(container).contains("watch stop stops done: it has lost what"));
      eventually("what is to wait does", () -> audit(container).contains("watch restart restarts done")
          && check(container).contains("companion restarts is not started"));
      assertThat(check(container)).contains("companion leaves has lost what it needs: that there is the file /run/t-link")
          .doesNotContain("was given up");
      assertThat(isUp(container, "leaves")).isTrue();
      assertThat(isUp(container, "stops")).isFalse();
      eventually("it has given up for now", () -> container.exec("/command/s6-svstat", "-o", "up,wantedup,exitcode",
          "/run/service/restarts").stdout().strip().equals("false false 1"));

      container.exec("touch", "/run/t-link");
      for (String name : List.of("restarts", "stops")) {
        eventually(name + " comes up again", () -> starts(container, name).size() == 2 && isUp(container, name));
      }
      eventually("nothing is lacking any more", () -> check(container).isEmpty());
      assertThat(starts(container, "leaves")).hasSize(1);
      assertThat(starts(container, "early")).hasSize(1);
      eventually("both starts are told", () -> audit(container).contains("watch start stops done")
          && audit(container).contains("watch start restarts done"));
      assertThat(audit(container)).doesNotContain("leaves", "early");

      // Somebody stops one while it waits; it stays so, and nothing waits on.
      container.exec("rm", "/run/t-early");
      container.exec("sh", "-c", "s=/run/service/early; /command/s6-svc -wD -d $s; echo 3600 >$s/data/needs-seconds; /command/s6-svc -u $s");
      eventually("it waits again", () -> check(container).contains("companion early waits until"));
      container.exec("/command/s6-svc", "-wD", "-d", "/run/service/early");
      assertThat(container.exec("pgrep", "-f", "wnm-companions/needs early").succeeded()).isFalse();
      container.exec("touch", "/run/t-early");
      container.exec("rm", "/run/t-link");
      eventually("others are looked after", () -> check(container).contains("companion leaves has lost"));
      assertThat(check(container)).doesNotContain("early");
      assertThat(starts(container, "early")).hasSize(1);
      assertThat(pid(container, "bystander") + container.status().get(GroupContainer.name(1)).get(2)).isEqualTo(others);
    }
  }

  @Test
  void anIllServiceIsStartedAnewUntilThatIsInVainAndNothingElseIsTouched() throws IOException {
    try (GroupContainer container = started("""
        [supervisord]
        [program:bystander]
        command=%1$s
        [program:behind]
        command=%1$s
        [program:sick]
        command=/bin/sh -c "cut -d. -f1 /proc/uptime >>/run/t-sick.starts; touch /run/t-sick; exec sleep 1000"
        [program:hopeless]
        command=%1$s
        [program:stopped]
        command=%1$s
        [program:hanging]
        command=%1$s
        """.formatted(NOTED), Wishes.NONE.with(Wish.DEPENDS, "behind:sick")
        .with(Wish.HEALTH, "sick=file:/run/t-sick;interval=1;retries=2,hopeless=script:/usr/local/bin/ails;interval=1;retries=1,"
            + "stopped=script:/usr/local/bin/ails;interval=2;retries=1,hanging=script:/usr/local/bin/hangs;interval=1;timeout=600"),
        "WNM_WATCH_FIRST_WAIT_SECONDS=2", "WNM_WATCH_LONGEST_WAIT_SECONDS=600", "WNM_WATCH_RESTARTS=3")) {
      container.nodes(GroupContainer.definition(1), "start", "--ready", "20");
      eventually("stopped runs", () -> starts(container, "stopped").size() == 1);
      container.exec("/command/s6-svc", "-wD", "-d", "/run/service/stopped");
      for (String name : List.of("sick", "behind", "bystander", "hanging")) {
        eventually(name + " runs", () -> isUp(container, name));
      }
      String others = pid(container, "bystander") + pid(container, "behind") + container.status().get(GroupContainer.name(1)).get(2);
      int stoppedStarts = starts(container, "stopped").size();
      eventually("sick is well", () -> health(container, "sick").matches("well \\d+ 0 0 \\R"));

      container.exec("rm", "/run/t-sick");
      eventually("it is started anew", () -> audit(container).contains("watch restart sick done: it was ill: it is not so that"
          + " there is the file /run/t-sick"));
      eventually("it is well again", () -> health(container, "sick").matches("well \\d+ 0 1 \\R"));
      assertThat(starts(container, "sick")).hasSize(2);

      eventually("it gives up in the end", () -> health(container, "hopeless").startsWith("given-up "));
      List<Long> starts = starts(container, "hopeless");
      assertThat(starts).hasSize(4);
      // Whole seconds: two of them may be one less apart than what was waited.
      assertThat(starts.get(2) - starts.get(1)).isGreaterThanOrEqualTo(1);
      assertThat(starts.get(3) - starts.get(2)).isGreaterThanOrEqualTo(3);
      eventually("the check names it", () -> check(container).matches("(?s).*companion hopeless is ill since \\S+Z:"
          + " and was started 3 times in vain: it ails\\R.*"));
      assertThat(check(container)).doesNotContain("sick", "stopped ", "died");
      assertThat(audit(container)).contains("watch give-up hopeless it is still ill after 3 restarts");
      container.exec("touch", "/run/t-cured");
      eventually("who was given up may get well", () -> health(container, "hopeless").startsWith("well "));
      assertThat(starts(container, "hopeless")).hasSize(4);

      assertThat(starts(container, "stopped")).hasSize(stoppedStarts);
      assertThat(isUp(container, "stopped")).isFalse();
      assertThat(health(container, "stopped")).isEmpty();
      assertThat(pid(container, "bystander") + pid(container, "behind") + container.status().get(GroupContainer.name(1)).get(2))
          .isEqualTo(others);

      eventually("a check hangs", () -> container.exec("pgrep", "-f", "bin/hangs").succeeded());
      container.exec("/command/s6-svc", "-wD", "-T", "30000", "-d", "/run/service/hanging-watch");
      assertThat(container.exec("pgrep", "-f", "bin/hangs").succeeded()).as("it left a child").isFalse();
      container.exec("/command/s6-svc", "-u", "/run/service/hanging-watch");
      eventually("a check hangs again", () -> container.exec("pgrep", "-f", "bin/hangs").succeeded());
      container.stop();
      assertThat(container.inspect("{{.State.ExitCode}}")).as("137 when docker had to kill it, after 20 s").isEqualTo("0");
    }
  }

  private GroupContainer started(String conf, Wishes wishes, String... variables) throws IOException {
    Path file = Files.writeString(folder.resolve("supervisord.conf"), conf);
    Path companions = folder.resolve("companions");
    Conversion.of(file, Map.of(), wishes).writeTo(companions);
    Path context = folder.resolve("context");
    new ImageSource().writeTo(context, Optional.of(companions));
    Path programs = Files.createDirectories(context.resolve("rootfs/usr/local/bin"));
    program(programs.resolve("ails"), "test -e /run/t-cured || { echo it ails; exit 3; }");
    program(programs.resolve("hangs"), "trap '' TERM; while :; do sleep 1; done");
    return GroupContainer.ofImage(folder.resolve("group"), GroupImage.build(context), variables);
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    file.toFile().setExecutable(true, false);
  }

  private static boolean isUp(GroupContainer container, String service) {
    return container.exec("/command/s6-svstat", "-o", "up", "/run/service/" + service).stdout().strip().equals("true");
  }

  private static String pid(GroupContainer container, String service) {
    return container.exec("/command/s6-svstat", "-o", "pid", "/run/service/" + service).stdout().strip() + " ";
  }

  private static List<Long> starts(GroupContainer container, String service) {
    return container.exec("cat", "/run/t-" + service + ".starts").stdout().lines().map(Long::valueOf).toList();
  }

  private static String health(GroupContainer container, String service) {
    return container.exec("cat", "/run/companions/" + service + "/health").stdout();
  }

  private static String audit(GroupContainer container) {
    return container.exec("cat", "/run/companions/audit").stdout();
  }

  /** What the container's check says of companions. */
  private static String check(GroupContainer container) {
    CommandResult check = container.exec("/usr/local/lib/wnm/healthy");
    return check.stdout();
  }
}

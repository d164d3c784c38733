package dev.wnm.managers.s6overlay;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.s6overlay.image.OfflineImage;
import dev.wnm.spi.manager.GroupHealth;
import dev.wnm.spi.manager.GroupResult;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.testkit.manager.Offered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Containers that die again and again, or work badly, on the real Docker Engine. */
@Order(4)
class BrokenGroupsTest extends GroupBench {
  /** An image that differs from the usual one by these lines of a recipe. */
  private String image(String name, String lines) throws IOException {
    Path context = Files.createDirectory(home.resolve(name));
    Files.writeString(context.resolve("Dockerfile"), "FROM " + OfflineImage.id() + "\n" + lines);
    return Colonies.docker("build", "--quiet", context.toString()).stdout().strip();
  }

  /** Boots, and ends a second later, whatever is in it. */
  private String dying() throws IOException {
    return image("dying", "RUN printf '#!/bin/sh\\nsleep 1\\necho the oracle is silent\\nexit 3\\n' >/usr/local/lib/wnm/main\n");
  }

  private GroupResult open() {
    return Offered.by(manager(), HostsGroups.class).openGroups(List.of(group(1))).get("a1");
  }

  @Test
  void aContainerThatDiesAgainAndAgainIsAFailedGroupWithItsDeathsAndWordsAndItsNodesAreDown() throws IOException {
    ProcessManager manager = manager();
    List<NodeSpec> nodes = running(manager, 1, 2);
    settings.put("docker_image", dying());
    Offered.by(manager(), HostsGroups.class).rebuildGroup(group(1));
    eventually("docker has started it again and again",
        () -> Integer.parseInt(inspect(containerName(1), "{{.RestartCount}}")) >= 3);

    assertThat(failed(open()).reason()).matches("(?s)its container dies again and again: docker has started it again \\d+ times.*")
        .contains("its last words: ", "the oracle is silent", "--force_action upgrade_image");
    assertThat(manager().status(nodes)).hasSize(2).allSatisfy((id, state) ->
        assertThat(state).isInstanceOfSatisfying(ProcessState.Stopped.class, stopped -> {
          assertThat(stopped.isCrashLoop()).isTrue();
          assertThat(stopped.detail()).contains("its container dies again and again");
        }));
    eventually("so it is between two runs", () -> inspect(containerName(1), "{{.State.Restarting}}").equals("true"));
    assertThat(open()).isInstanceOf(GroupResult.Failed.class);
  }

  @Test
  void aBrokenContainerIsReplacedByAGoodOneWithoutBeingAsked() throws IOException {
    ProcessManager manager = manager();
    List<NodeSpec> nodes = running(manager, 1, 2);
    settings.put("docker_image", dying());
    Offered.by(manager(), HostsGroups.class).rebuildGroup(group(1));
    // From then on it is broken in each of its short runs as well as between them.
    eventually("docker has started it again and again",
        () -> Integer.parseInt(inspect(containerName(1), "{{.RestartCount}}")) >= 3);
    String broken = inspect(containerName(1), "{{.Id}}");
    settings.put("docker_image", OfflineImage.id());
    commands.clear();

    up(Offered.by(manager(), HostsGroups.class).rebuildGroup(group(1)));

    assertThat(inspect(containerName(1), "{{.Id}}")).isNotEqualTo(broken);
    int removed = indexOf("docker rm --force");
    assertThat(commands.subList(0, removed)).as("before it was gone").noneMatch(line -> line.contains("docker exec"));
    eventually("the nodes are back with their data", () -> manager().status(nodes).values().stream()
        .allMatch(ProcessState.Running.class::isInstance));
    assertThat(nodes).allSatisfy(node -> assertThat(node.rootDir().resolve("secret-key")).exists());
  }

  private int indexOf(String words) {
    synchronized (commands) {
      return commands.indexOf(commands.stream().filter(line -> line.startsWith(words)).findFirst().orElseThrow());
    }
  }

  @Test
  void aContainerWhoseCheckFailsIsIllWithTheReasonAndIsReplacedWithoutBeingAsked() throws IOException {
    settings.put("docker_image", image("ill", "HEALTHCHECK --interval=1s --timeout=5s --start-period=1s --retries=2 CMD [\"/usr/local/lib/wnm/healthy\"]\n"
        + "RUN printf '#!/bin/sh\\nexit 1\\n' >/etc/s6-overlay/s6-rc.d/relay/run\n"));
    up(open());

    // s6 starts the relay again and again, so that a later look may find it up for a moment.
    GroupHealth ill = eventually("it is found ill for its relay", () -> Optional.of(up(open()).health())
        .filter(health -> health.check() == GroupHealth.Check.ILL && health.troubles().size() == 1
            && health.troubles().get(0).startsWith("its container is unhealthy: its relay does not run")));

    assertThat(ill.readiness()).isEqualTo(Duration.ofSeconds(13));
    settings.put("docker_image", OfflineImage.id());
    commands.clear();
    up(Offered.by(manager(), HostsGroups.class).rebuildGroup(group(1)));
    assertThat(commands.subList(0, indexOf("docker rm --force"))).noneMatch(line -> line.contains("docker exec"));
  }
}

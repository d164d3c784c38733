package dev.wnm.managers.docker;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState.Stopped;
import dev.wnm.spi.manager.ProcessState.Unknown;
import dev.wnm.testkit.Executables;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What cannot be done is said in one sentence, and leaves nothing half made. */
class ContainerTroubleTest extends DockerBench {
  @Test
  void aMissingDockerIsSaidWithWhatToInstall() {
    settings.put("docker_path", "/nowhere/docker");
    assertUnavailable("there is no /nowhere/docker (--docker_path) on the PATH", "docker.io");
  }

  @Test
  void anEngineThatDoesNotAnswerIsSaidAndNothingIsConcluded() throws IOException {
    NodeSpec node = node(1);
    ProcessManager before = manager();
    done(before.create(node));
    Path down = home.resolve("down");
    settings.put("docker_path", dockerUnless(down).toString());
    ProcessManager manager = manager();
    Files.createFile(down);

    assertUnavailable("the Docker engine does not answer", "systemctl start docker", "/nowhere/docker.sock");
    assertThat(state(manager, node)).isInstanceOf(Unknown.class);
    assertThat(reason(manager.start(node))).contains("/nowhere/docker.sock");
    assertThat(reason(manager.stop(node))).contains("/nowhere/docker.sock");
    assertThat(reason(manager.remove(node))).contains("/nowhere/docker.sock");
    assertThat(node.rootDir()).isDirectory();
    Assertions.assertThatExceptionOfType(ManagerUnavailableException.class).isThrownBy(manager::survey)
        .withMessageContaining("/nowhere/docker.sock");
  }

  /** Told by a docker that lists it: one with Formicaio's label would be seen by all other tests of this machine. */
  @Test
  void aNodeInAContainerOfFormicaiosIsNamedWithTheReasonWhyItStays() throws Exception {
    String id = Engine.docker("create", "--name", home.getFileName() + "-formicaio", settings.get("docker_image")).stdout().strip();
    try {
      settings.put("docker_path", Executables.write(home.resolve("docker"), "#!/bin/sh\ncase \"$*\" in *label=formica_version*) echo "
          + id + ";; *) exec docker \"$@\";; esac\n").toString());
      ProcessManager manager = manager();
      NodeSpec node = node(1);
      done(manager.create(node));

      assertThat(manager.survey()).extracting(found -> found.facts().service() + ": " + found.obstacle().orElse("none"))
          .satisfiesExactlyInAnyOrder(
              own -> assertThat(own).isEqualTo(node.service() + ": none"),
              other -> assertThat(other).startsWith("Formicaio's container " + home.getFileName() + "-formicaio: ")
                  .contains("which wnm could not make again", "remove it in Formicaio"));
    } finally {
      Engine.docker("rm", id);
    }
  }

  @Test
  void rootsFolderWithoutAnAccountIsSaid() {
    settings.remove("ant_uid");
    assertUnavailable("nodes never run as root", "--ant_uid");
  }

  @Test
  void theRoutedNetworkIsForGroups() {
    settings.put("container_network", "routed");
    assertUnavailable("--container_network routed is for container groups", "published or host");
  }

  @Test
  void aMissingImageIsSaidAndLeavesNothing() {
    settings.put("docker_image", "wnm-test-no-such-image:1");
    assertThat(reason(manager().create(node(1))))
        .contains("there is no image wnm-test-no-such-image:1 here", "--docker_image");
    assertNothingLeft();
  }

  @Test
  void anImageWithoutARelayIsSaid() throws IOException {
    Path context = Files.createDirectory(home.resolve("image"));
    Files.writeString(context.resolve("Dockerfile"), "FROM " + settings.get("docker_image")
        + "\nRUN rm /usr/sbin/haproxy\n");
    String image = Engine.docker("build", "--quiet", context.toString()).stdout().strip();
    try {
      settings.put("docker_image", image);
      ProcessManager manager = manager();
      NodeSpec node = node(1);
      done(manager.create(node));
      assertThat(reason(manager.start(node))).contains("the image has no haproxy", "--container_network published", "127");
    } finally {
      Engine.removeContainers(home);
      Engine.docker("rmi", "--force", image);
    }
  }

  @Test
  void aStrangersContainerWithOurNameIsLeftAlone() {
    NodeSpec node = node(1);
    ProcessManager manager = manager();
    Engine.docker("create", "--name", containerOf(node), settings.get("docker_image"));
    try {
      assertThat(reason(manager.create(node))).contains("Conflict", containerOf(node), "is already in use");
      assertThat(node.rootDir()).doesNotExist();
      assertThat(done(manager.remove(node)).changed()).isFalse();
      assertThat(inspect(node, "{{.State.Status}}")).isEqualTo("created");
    } finally {
      Engine.docker("rm", containerOf(node));
    }
  }

  @Test
  void aTakenPortIsSaid() throws IOException {
    ProcessManager manager = manager();
    NodeSpec node = node(1);
    done(manager.create(node));
    try (DatagramSocket taken = new DatagramSocket(node.ports().node())) {
      assertThat(taken.isBound()).isTrue();
      assertThat(reason(manager.start(node))).contains("UDP port " + node.ports().node() + " is in use");
    }
    done(manager.start(node));
  }

  @Test
  void theWordsOfNodeAndDockerAreTold() {
    ProcessManager manager = manager();
    NodeSpec node = node(1);
    done(manager.create(node));
    NodeSpec odd = node.toBuilder().startArgs(List.of("--no-such-flag")).build();
    assertThat(reason(manager.start(odd))).contains("does not stay up", "it said: ");
    settings.put("container_cpus", "999");
    assertThat(reason(manager().start(odd))).contains("docker update", "Range of CPUs is from");
    assertThat(reason(manager().create(node(2)))).contains("docker cannot make its container", "Range of CPUs is from");
    assertThat(storage.resolve("antnode0002")).doesNotExist();
    assertThat(state(manager, node)).as("its folder is there").isInstanceOf(Stopped.class);
    settings.remove("container_cpus");
    done(manager().start(node));
  }

  @Test
  void aNodeThatTakesTooMuchMemoryIsEndedAndThatIsSaid() throws IOException {
    settings.put("container_memory", "64m");
    ProcessManager manager = manager();
    Path hungry = Files.createDirectory(home.resolve("hungry")).resolve("antnode");
    // Answers as antnode when asked what it is; else takes what it can get.
    Files.writeString(hungry, "#!/usr/bin/perl\n"
        + "if (grep { /^--(version|help)$/ } @ARGV) { print \"Autonomi Node v0.4.17\\n\"; exit 0 }\n"
        + "my @all; while (1) { push @all, 'x' x (1 << 20) }\n");
    Files.setPosixFilePermissions(hungry, PosixFilePermissions.fromString("rwxr-xr-x"));
    NodeSpec node = node(1).toBuilder().source(hungry).build();
    done(manager.create(node));

    String reason = reason(manager.start(node));
    eventually("it is stopped", () -> state(manager, node) instanceof Stopped);

    assertThat(reason).contains("out of memory (container_memory)");
    assertThat(((Stopped) state(manager, node)).detail()).contains("out of memory (container_memory)");
  }

  private Path dockerUnless(Path down) throws IOException {
    Path docker = Executables.write(home.resolve("docker"), "#!/bin/sh\n[ ! -e '" + down
        + "' ] || DOCKER_HOST=unix:///nowhere/docker.sock\nexport DOCKER_HOST\nexec docker \"$@\"\n");
    return docker;
  }

  private void assertNothingLeft() {
    assertThat(hasContainers()).isFalse();
    assertThat(stored()).isEmpty();
  }

  private void assertUnavailable(String... words) {
    assertThat(availability()).isInstanceOfSatisfying(Availability.Unavailable.class,
        unavailable -> assertThat(unavailable.reason()).contains(words).doesNotContain("Exception"));
  }
}

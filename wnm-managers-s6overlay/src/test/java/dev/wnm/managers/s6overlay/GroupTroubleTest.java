package dev.wnm.managers.s6overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.GroupResult;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.testkit.Executables;
import dev.wnm.testkit.docker.TestImages;
import dev.wnm.testkit.manager.Offered;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cannot be done is said in one sentence, and leaves nothing half made. */
class GroupTroubleTest extends GroupBench {
  @Test
  void aMissingDockerIsSaidWithWhatToInstall() {
    settings.put("docker_path", "/nowhere/docker");
    assertUnavailable("there is no /nowhere/docker (--docker_path) on the PATH", "docker.io");
  }

  @Test
  void anEngineThatDoesNotAnswerIsSaid() throws IOException {
    Path docker = Executables.write(home.resolve("docker"),
        "#!/bin/sh\nexec env DOCKER_HOST=unix:///nowhere/docker.sock docker \"$@\"\n");
    settings.put("docker_path", docker.toString());
    assertUnavailable("the Docker engine does not answer", "systemctl start docker", "/nowhere/docker.sock");
  }

  /** Told by a docker that lists it: one with Formicaio's label would be seen by all other tests of this machine. */
  @Test
  void aNodeInAContainerOfFormicaiosIsNamedWithTheReasonWhyItStays() throws Exception {
    String id = Colonies.docker("create", "--name", home.getFileName() + "-formicaio", settings.get("docker_image")).stdout().strip();
    try {
      settings.put("docker_path", Executables.write(home.resolve("docker"), "#!/bin/sh\ncase \"$*\" in *label=formica_version*) echo "
          + id + ";; *) exec docker \"$@\";; esac\n").toString());

      assertThat(manager().survey()).singleElement().satisfies(found -> {
        assertThat(found.facts().service()).isEqualTo("Formicaio's container " + home.getFileName() + "-formicaio");
        assertThat(found.obstacle().orElseThrow()).contains("which wnm could not make again", "remove it in Formicaio");
      });
    } finally {
      Colonies.docker("rm", id);
    }
  }

  @Test
  void rootsFolderWithoutAnAccountIsSaid() {
    settings.remove("ant_uid");
    assertUnavailable("nodes never run as root", "--ant_uid");
  }

  @Test
  void anAccountOfTheImageIsSaid() {
    settings.put("ant_uid", "33");
    assertNotOpened("ended instead of booting", "the uid 33 belongs to www-data in this image");
  }

  @Test
  void aMissingImageIsSaidWithHowToMakeOne() {
    settings.put("docker_image", "wnm-test-no-such-image:1");
    assertNotOpened("there is no image wnm-test-no-such-image:1 here", "wnm --dockerfile", "--docker_image");
  }

  @Test
  void anImageOfAnotherKindIsSaid() throws IOException {
    Path context = Files.createDirectory(home.resolve("plain"));
    Files.writeString(context.resolve("Dockerfile"), "FROM " + TestImages.s6Base()
        + "\nENTRYPOINT []\nCMD [\"sleep\", \"600\"]\n");
    settings.put("docker_image", Colonies.docker("build", "--quiet", context.toString()).stdout().strip());
    assertNotOpened("has no wnm-nodes", "wnm --dockerfile");
  }

  @Test
  void aTakenPortIsSaid() throws SocketException {
    int port = ports.node() * 1_000 + 2;
    try (DatagramSocket taken = new DatagramSocket(port)) {
      assertThat(taken.isBound()).isTrue();
      assertNotOpened(Integer.toString(port), "address already in use");
    }
  }

  @Test
  void aFullDiskIsSaid() throws IOException {
    Path disk = Files.createDirectory(home.resolve("disk"));
    Colonies.run(List.of("mount", "-t", "tmpfs", "-o", "size=64k,uid=4242,gid=4343", "tmpfs", disk.toString()));
    try {
      storage = disk;
      ProcessManager manager = manager();
      assertThat(manager.create(node(1, Map.of())).failure()).hasValueSatisfying(failure ->
          assertThat(failure.reason()).contains("antnode0001: ", "No space left on device"));
      assertThat(disk.resolve("a1/antnode0001")).doesNotExist();
    } finally {
      Colonies.run(List.of("umount", disk.toString()));
    }
  }

  private void assertUnavailable(String... words) {
    assertThat(availability()).isInstanceOfSatisfying(Availability.Unavailable.class,
        unavailable -> assertThat(unavailable.reason()).contains(words).doesNotContain("Exception"));
  }

  private void assertNotOpened(String... words) {
    ProcessManager manager = manager();
    GroupResult result = Offered.by(manager, HostsGroups.class).openGroups(List.of(group(1))).get("a1");
    assertThat(failed(result).reason()).contains(words).doesNotContain("Exception");
    assertThat(hasContainers()).isFalse();
  }
}

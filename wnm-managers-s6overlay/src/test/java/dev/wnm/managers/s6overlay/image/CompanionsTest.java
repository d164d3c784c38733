package dev.wnm.managers.s6overlay.image;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import dev.wnm.managers.s6overlay.supervisord.Conversion;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** Services that were converted from supervisord run beside nodes in the image. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
class CompanionsTest {
  @TempDir
  private Path folder;

  @Test
  void convertedServicesRunInTheImageInTheirOrder() throws IOException {
    Path companions = converted("""
        [supervisord]
        [program:registry]
        command=/bin/sh -c "sleep 1; touch /run/registry-ready; exec sleep 1000"
        [program:proxy]
        command=/bin/sh -c "test -e /run/registry-ready && touch /run/proxy-saw-it; exec sleep 1000"
        environment=TOKEN="secret"
        """, "proxy:registry", "registry=script:/usr/local/bin/registry-is-up");
    Path context = folder.resolve("context");
    new ImageSource().writeTo(context, Optional.of(companions));
    Path check = Files.createDirectories(context.resolve("rootfs/usr/local/bin")).resolve("registry-is-up");
    Files.writeString(check, "#!/bin/sh\ntest -e /run/registry-ready\n");
    check.toFile().setExecutable(true, false);

    try (GroupContainer container = GroupContainer.ofImage(folder.resolve("group"), GroupImage.build(context))) {
      eventually("both run", () -> container.exec("/command/s6-svstat", "-o", "up", "/run/service/proxy").stdout()
          .strip().equals("true"));
      eventually("the later one has found the earlier one ready",
          () -> container.exec("test", "-e", "/run/proxy-saw-it").succeeded());
      assertThat(container.exec("sh", "-c", "find /etc/s6-overlay/s6-rc.d/proxy -type f -perm -o=r | xargs grep -l secret")
          .stdout()).as("files with secrets that all may read").isEmpty();
      container.nodes(GroupContainer.definition(1), "start", "--ready", "20");
      assertThat(container.state(GroupContainer.name(1))).isEqualTo("up");
    }
  }

  /** A tree of companions by hand: by path, what is in each file. */
  private Path companions(Map<String, String> files) throws IOException {
    Path tree = folder.resolve("by-hand");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = tree.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
      path.toFile().setExecutable(file.getKey().endsWith("/run"), false);
    }
    return tree;
  }

  @Test
  void companionsThatFailAreNamedAndTakeNeitherNodesNorOthersWithThem() throws IOException {
    Path tree = companions(Map.of(
        "s6-rc.d/broken/type", "oneshot\n", "s6-rc.d/broken/up", "sh -c \"echo no database; exit 7\"\n",
        "s6-rc.d/flapping/type", "longrun\n", "s6-rc.d/flapping/run", "#!/bin/sh\necho I cannot live\nexit 5\n",
        "s6-rc.d/well/type", "longrun\n", "s6-rc.d/well/run", "#!/bin/sh\nexec sleep 1000\n",
        "user-bundles.d/user/contents.d/broken", "", "user-bundles.d/user/contents.d/flapping", "",
        "user-bundles.d/user/contents.d/well", ""));
    Path context = folder.resolve("context");
    new ImageSource().writeTo(context, Optional.of(tree));

    try (GroupContainer container = GroupContainer.ofImage(folder.resolve("group"), GroupImage.build(context))) {
      assertThat(container.nodes(GroupContainer.definition(1), "start", "--ready", "20").describe()).contains("exit 0");
      eventually("what is well runs", () -> container.exec("/command/s6-svstat", "-o", "up", "/run/service/well").stdout()
          .strip().equals("true"));
      eventually("the check names both that fail and is fine", () -> {
        CommandResult check = container.exec("/usr/local/lib/wnm/healthy");
        return check.succeeded() && check.stdout().contains("companion broken does not come up: ")
            && check.stdout().contains("companion flapping died ");
      });
      assertThat(container.exec("/usr/local/lib/wnm/healthy").stdout()).doesNotContain("well");
      assertThat(container.log()).contains("no database");
      assertThat(container.state(GroupContainer.name(1))).isEqualTo("up");
      assertThat(container.inspect("{{.State.Running}} {{.RestartCount}}")).isEqualTo("true 0");
    }
  }

  @Test
  void aCompanionThatIsSlowToComeUpHoldsUpNeitherNodesNorTheEnd() throws IOException {
    Path tree = companions(Map.of("s6-rc.d/slow/type", "oneshot\n", "s6-rc.d/slow/up", "sleep 600\n",
        "user-bundles.d/user/contents.d/slow", ""));
    Path context = folder.resolve("context");
    new ImageSource().writeTo(context, Optional.of(tree));

    try (GroupContainer container = GroupContainer.ofImage(folder.resolve("group"), GroupImage.build(context))) {
      container.nodes(String.join("\t", "slow", "--", "/bin/sh", "-c",
          "trap 'sleep 2; echo saved >saved; exit 0' TERM INT; while :; do sleep 0.1; done") + "\n", "start");
      eventually("the node is up", () -> container.state("slow").equals("up"));
      eventually("it is being brought up", () -> container.exec("pgrep", "-f", "^sleep 600").succeeded());

      container.stop();

      assertThat(container.volume().resolve("slow/saved")).hasContent("saved");
    }
  }

  private Path converted(String text, String depends, String ready) throws IOException {
    Path file = Files.writeString(folder.resolve("supervisord.conf"), text);
    Path companions = folder.resolve("companions");
    Conversion.of(file, Map.of(), Wishes.NONE.with(Wish.DEPENDS, depends).with(Wish.READY, ready)).writeTo(companions);
    return companions;
  }

  @Test
  void aServiceOfTheImagesOwnNameIsRefused() throws IOException {
    // The conversion itself gives no such name.
    Path companions = companions(Map.of("s6-rc.d/relay/type", "longrun\n", "s6-rc.d/relay/run", "#!/bin/sh\nexec sleep 1000\n"));

    assertThatThrownBy(() -> new ImageSource().writeTo(folder.resolve("context"), Optional.of(companions)))
        .isInstanceOf(BadInputException.class).hasMessageContaining("s6-rc.d/relay: has the name of one of the image's own services; give it another name");
    assertThat(folder.resolve("context")).doesNotExist();
  }

  @Test
  void aFolderWithoutServicesIsRefused() {
    assertThatThrownBy(() -> new ImageSource().writeTo(folder.resolve("context"), Optional.of(folder)))
        .isInstanceOf(BadInputException.class).hasMessageContaining("has no folder s6-rc.d");
  }

  @Test
  void whatIsNoNameOfAPackageIsRefused() throws IOException {
    Path companions = converted("[supervisord]\n[program:proxy]\ncommand=/bin/true\n", "", "");
    Files.writeString(companions.resolve("packages"), "# for the proxy\ncaddy\n\nx; rm -rf /\n");
    assertThatThrownBy(() -> new ImageSource().writeTo(folder.resolve("context"), Optional.of(companions)))
        .isInstanceOf(BadInputException.class).hasMessageContaining("packages: lists 'x; rm -rf /', which is no name of a Debian package");
    Files.writeString(companions.resolve("packages"), "# for the proxy\ncaddy\n\n");
    new ImageSource().writeTo(folder.resolve("context"), Optional.of(companions));
    assertThat(folder.resolve("context/Dockerfile")).content().contains("--no-install-recommends caddy;");
  }
}

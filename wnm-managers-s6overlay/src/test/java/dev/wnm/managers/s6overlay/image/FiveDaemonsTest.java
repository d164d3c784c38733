package dev.wnm.managers.s6overlay.image;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import dev.wnm.managers.s6overlay.supervisord.Conversion;
import dev.wnm.managers.s6overlay.validation.Finding;
import dev.wnm.managers.s6overlay.validation.Validation;
import dev.wnm.managers.s6overlay.validation.Verdict;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.testkit.companion.FiveDaemons;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/**
 * Five daemons that ran under supervisord, on their whole way: converted, looked at, in the image, started in their order, working with
 * each other, and stopped. With {@code WNM_CADDY} and {@code WNM_CONSUL_TEMPLATE} two of them are real.
 */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
class FiveDaemonsTest {
  private static final String DATA = GroupContainer.VOLUME + "/five";

  @TempDir
  private Path folder;

  @Test
  void fiveDaemonsComeUpInOrderWorkTogetherAndStopInOrder() throws IOException {
    Path file = Files.writeString(folder.resolve("supervisord.conf"), FiveDaemons.supervisordConf(DATA));
    Path companions = folder.resolve("companions");
    Wishes wishes = Wishes.NONE.with(Wish.DEPENDS, "consul-template:consul,caddy:consul-template")
        .with(Wish.READY, "consul=tcp:8500,consul-template=script:/usr/local/bin/is-rendered,caddy=http://127.0.0.1:8080/health");
    if (has("before-stop")) {
      wishes = wishes.with(Wish.BEFORE_STOP, "consul=consul leave");
    }
    if (has("watch")) {
      wishes = wishes.with(Wish.HEALTH, "nomad=http://127.0.0.1:4646/v1/agent/health;interval=1;retries=2");
    }
    Conversion.of(file, Map.of(), wishes).writeTo(companions);
    Path context = folder.resolve("context");
    new ImageSource().writeTo(context, Optional.of(companions));
    FiveDaemons.installInto(context.resolve("rootfs"));
    Path isRendered = Files.writeString(context.resolve("rootfs/usr/local/bin/is-rendered"), "#!/bin/sh\ntest -s /etc/caddy/Caddyfile\n");
    isRendered.toFile().setExecutable(true, false);
    String image = GroupImage.build(context);

    Verdict verdict = new Validation(new ProcessCommandRunner(), ImageSource.ownServices()).look(companions, Optional.of(image));
    assertThat(verdict.findings()).extracting(Finding::toString).isEmpty();

    Path data = Files.createDirectories(folder.resolve("group/volume/five"));
    Files.writeString(Files.createDirectories(data.resolve("consul")).resolve("kv"), FiveDaemons.kept("web/greeting", "as before"));
    try (GroupContainer container = GroupContainer.ofImage(folder.resolve("group"), image)) {
      eventually("caddy serves what consul kept from an earlier life", () -> page(container).equals("as before"));
      eventually("nomad is well", () -> container.exec("curl", "-fs", "http://127.0.0.1:4646/v1/agent/health").succeeded());
      assertThat(log(data, "caddy")).as("caddy waited for its configuration").doesNotContain("no such file");
      String pid = pid(container, "caddy");

      container.exec("consul", "kv", "put", "web/greeting", "a change").stdout();

      eventually("the change has come through consul-template and a reload", () -> page(container).equals("a change"));
      assertThat(pid(container, "caddy")).as("reloaded, not restarted").isEqualTo(pid);

      eventually("the restarter has slept its 12 hours", () -> container.exec("pkill", "-f", "^sleep 43200").succeeded());
      eventually("caddy is another process", () -> !pid(container, "caddy").equals(pid) && page(container).equals("a change"));
      if (has("watch")) {
        container.exec("curl", "-fs", "-X", "PUT", "http://127.0.0.1:4646/standin/ill");
        eventually("nomad fell ill, and is well again", () -> container.exec("curl", "-fs", "http://127.0.0.1:4646/v1/agent/health")
            .succeeded() && log(data, "nomad").split("starting nomad", -1).length == 3);
      }

      container.stop();
    }
    assertThat(data.resolve("consul/kv")).hasContent(FiveDaemons.kept("web/greeting", "a change"));
    if (has("before-stop")) {
      assertThat(data.resolve("consul/left")).exists();
    }
    assertThat(lastWord(data, "caddy")).isLessThanOrEqualTo(lastWord(data, "consul-template"));
    assertThat(lastWord(data, "consul-template")).isLessThanOrEqualTo(lastWord(data, "consul"));
  }

  private static boolean has(String program) {
    return RootFile.all().stream().anyMatch(file -> file.path().equals("usr/local/lib/wnm-companions/" + program));
  }

  private static String page(GroupContainer container) {
    return container.exec("curl", "-s", "http://127.0.0.1:8080/").stdout();
  }

  private static String pid(GroupContainer container, String name) {
    return container.exec("/command/s6-svstat", "-o", "pid", "/run/service/" + name).stdout().strip();
  }

  private static String log(Path data, String name) {
    try {
      return Files.readString(data.resolve("log/" + name + ".log.d/current"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime lastWord(Path data, String name) throws IOException {
    return Files.getLastModifiedTime(data.resolve("log/" + name + ".log.d/current"));
  }
}

package dev.wnm.managers.s6overlay.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import dev.wnm.managers.s6overlay.image.ImageSource;
import dev.wnm.managers.s6overlay.image.OfflineImage;
import dev.wnm.managers.s6overlay.supervisord.Conversion;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.testkit.docker.DockerEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** {@code --validate}, without an image and with one. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
class ValidationTest {
  private static final ProcessCommandRunner RUNNER = new ProcessCommandRunner();

  @TempDir
  private Path folder;

  private final Validation validation = new Validation(RUNNER, ImageSource.ownServices());

  private Path converted(String text, Wishes wishes) throws IOException {
    Path file = Files.writeString(folder.resolve("supervisord.conf"), text);
    Path tree = folder.resolve("tree");
    Conversion.of(file, Map.of(), wishes).writeTo(tree);
    return tree;
  }

  private static List<String> lines(Verdict verdict) {
    return verdict.findings().stream().map(Finding::toString).toList();
  }

  @Test
  void whatTwoServicesClaimIsNamedAndWhatOnlyAnImageTellsIsListed() throws IOException {
    TreeByHand tree = new TreeByHand(folder.resolve("by-hand")).longrun("web", "#!/bin/sh\ncd /srv/web\nexec s6-setuidgid www web-server\n")
        .longrun("web-log", "#!/bin/sh\nfolder=/var/log/web\nexec s6-log n9 \"$folder\"\n")
        .longrun("db-log", "#!/command/execlineb -P\ns6-setuidgid nobody s6-log -b n9 /var/log/web\n")
        .longrun("one", "#!/bin/sh\nexec s6-ipcserver-socketbinder -B /run/app.sock one\n")
        .longrun("two", "#!/bin/sh\nexec s6-ipcserver-socketbinder -a 0700 -- /run/app.sock two\n")
        .longrun("relay", "echo no program\n").longrun("base", "#!/bin/sh\r\nexec x\r\n");

    Verdict verdict = validation.look(tree.folder(), Optional.empty());

    assertThat(lines(verdict)).containsExactly(
        "s6-rc.d/base: has the name of one of s6-overlay's own services; give it another name",
        "s6-rc.d/base/run: its lines end with a carriage return, which becomes part of the program's name; end them as Linux does",
        "s6-rc.d/db-log: db-log and web-log both claim log folder /var/log/web; give each its own",
        "s6-rc.d/one: one and two both claim socket /run/app.sock; give each its own",
        "s6-rc.d/relay: has the name of one of the image's own services; give it another name",
        "s6-rc.d/relay/run: does not begin with #! and a program, so nothing can start it; write #!/command/with-contenv sh, or what it is"
            + " for, into its first line");
    assertThat(verdict.notLookedAt()).contains("account www", "folder /srv/web", "program web-server", "program s6-log", "program /bin/sh");
    assertThat(verdict.counts()).startsWith("7 services, 0 bundles: 6 wrong, ").contains("not looked at (by the rules of s6-rc-compile");
  }

  @Test
  void whatAScriptReadsInMayDefineWhatItCalls() throws IOException {
    TreeByHand tree = new TreeByHand(folder.resolve("by-hand")).write("usr/local/lib/helpers", "prepare() {\n  mkdir -p \"$1\"\n}\n")
        .longrun("brought", "#!/bin/sh\n. /usr/local/lib/helpers\nprepare /srv\nexec web\n")
        .longrun("of-the-image", "#!/bin/sh\n. /etc/helpers\nprobe /srv\nexec /opt/db\n")
        .longrun("of-its-start", "#!/bin/sh\n. ./data/environment\nmigrate\nexec mail\n");

    assertThat(validation.look(tree.folder(), Optional.empty()).notLookedAt())
        .contains("program web", "file /etc/helpers", "program /opt/db", "program migrate", "program mail")
        .doesNotContain("program prepare", "program probe");
  }

  @Test
  void whatAConversionMakesIsGoodButForPortsThatTwoServicesClaim() throws IOException {
    Path tree = converted("""
        [supervisord]
        [program:a]
        command=/bin/a --x "%(ENV_HOME)s"
        stdout_logfile=/var/log/a.log
        stderr_logfile=/var/log/a.err
        [program:b]
        command=/bin/b
        stdout_logfile=/var/log/b.log
        [group:both]
        programs=a,b
        """, Wishes.NONE.with(Wish.READY, "a=tcp:8500,b=tcp:9000").with(Wish.HEALTH, "a=tcp:8500,b=tcp:8500")
        .with(Wish.NEEDS, "b=tcp:db:5432").with(Wish.BEFORE_STOP, "a=a leave"));

    Verdict verdict = validation.look(tree, Optional.empty());

    assertThat(lines(verdict)).containsExactly("s6-rc.d/a: a and b both claim TCP port 8500; give each its own");
  }

  /** The image's shell is dash in one and busybox's in the other, which is that of small images. */
  @Test
  void whatAnImageLacksIsNamed() throws Exception {
    TreeByHand tree = new TreeByHand(folder.resolve("by-hand")).longrun("well", "#!/command/with-contenv sh\n"
        + "id -un >/dev/null || exit 1\ncd /etc\nexec s6-setuidgid nobody:nogroup /usr/bin/env A=b sleep 9\n")
        .write("well/dependencies.d/relay", "")
        .longrun("ill", "#!/bin/sh\n# consul\ncd '/srv/no such'\nif [ -e /x ]; then no-such-program; fi\n"
            + "exec /command/s6-notifyoncheck -d -3 3 -w 500 /bin/sh -c 'cd -- \"$1\" && shift && exec \"$@\"' sh '/no/folder' "
            + "s6-setuidgid no-account:no-group '/opt/it'\\''s me/bin' \"$VALUE\"\n")
        .write("ill/data/read-only", "/etc\n/no/config\n").write("ill/data/log-group", "no-readers\n")
        .write("once/type", "oneshot\n").write("once/up", "foreground { no-tool $(touch /tmp/x) } sleep 0\n")
        .write("well/data/health", "#!/bin/sh\nif command -v no-curl >/dev/null; then\n  exec no-curl x\nfi\nexec wget x\n");
    tree.folder().resolve("s6-rc.d/well/data/health").toFile().setExecutable(true);
    List<String> expected = List.of(
        "s6-rc.d/ill/data/log-group: IMAGE has no group no-readers; make it in the image with groupadd or addgroup",
        "s6-rc.d/ill/data/read-only: IMAGE has no file /no/config; put it into the image, or mount it there",
        "s6-rc.d/ill/run: IMAGE has no folder /srv/no such; make it in the image, or mount it there",
        "s6-rc.d/ill/run: IMAGE has no folder /no/folder; make it in the image, or mount it there",
        "s6-rc.d/ill/run: IMAGE has no account no-account; make it in the image with useradd or adduser",
        "s6-rc.d/ill/run: IMAGE has no group no-group; make it in the image with groupadd or addgroup",
        "s6-rc.d/ill/run: IMAGE has no program no-such-program; install it in the image, or mend the name",
        "s6-rc.d/ill/run: IMAGE has no program /opt/it's me/bin; install it in the image, or mend the name",
        "s6-rc.d/once/up: IMAGE has no program no-tool; install it in the image, or mend the name",
        "s6-rc.d/well/data/health: IMAGE has no program no-curl or wget; install it in the image, or mend the name");
    Path context = Files.createDirectories(folder.resolve("context"));
    Files.copy(RUNNER.find("busybox").orElseThrow().toRealPath(), context.resolve("busybox"));
    String compiler = "";
    if (SourceRulesTest.compiler().isPresent()) {
      Files.copy(SourceRulesTest.compiler().get(), context.resolve("s6-rc-compile"));
      compiler = "COPY s6-rc-compile /command/\nWORKDIR /package/admin/s6-overlay/etc/s6-rc/sources\nRUN mkdir -p base/contents.d && echo bundle"
          + " >base/type\n";
    }
    Files.writeString(context.resolve("Dockerfile"),
        "FROM " + OfflineImage.id() + "\nCOPY busybox /bin/busybox\n" + compiler + "RUN ln -sf busybox /bin/sh\n");
    String small = RUNNER.run(Command.of("docker", "build", "--quiet", context.toString()).within(Duration.ofMinutes(3))).orThrow()
        .stdout().lines().filter(line -> line.startsWith("sha256:")).findFirst().orElseThrow();

    for (String image : List.of(OfflineImage.id(), small)) {
      Verdict verdict = validation.look(tree.folder(), Optional.of(image));

      assertThat(lines(verdict).stream().map(line -> line.replace(image, "IMAGE")).toList()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(verdict.notLookedAt()).isEmpty();
      assertThat(verdict.judges().contains("s6-rc-compile of " + image)).isEqualTo(image.equals(small) && !compiler.isEmpty());
    }
  }

  @Test
  void whatATreeHoldsIsDataForOneContainerWithoutRights() throws IOException {
    Path tree = new TreeByHand(folder.resolve("by-hand")).longrun("web", "#!/bin/sh\nexec '/opt/$(reboot)'\n")
        .write("web/data/environment", "export TOKEN=secret\n").folder();
    List<Command> asked = new ArrayList<>();
    CommandRunner runner = new CommandRunner() {
      @Override
      public CommandResult run(Command command) {
        asked.add(command);
        return new CommandResult(command, 0, "no 1\nservice x/../y\nend\n", "", Duration.ZERO, false);
      }

      @Override
      public Process spawn(Command command, Path log) {
        throw new AssertionError(command);
      }

      @Override
      public Optional<Path> find(String program) {
        return Optional.empty();
      }
    };

    new Validation(runner, Set.of()).look(tree, Optional.of("some/image:1"));

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).argv()).containsSubsequence("docker", "run", "--rm", "--pull", "never", "--network", "none", "--read-only",
        "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--entrypoint", "/bin/sh", "some/image:1", "-c");
    assertThat(asked.get(0).toString()).doesNotContain("reboot", "secret");
    assertThat(asked.get(0).input()).contains("ask PROGRAM\n/opt/$(reboot)\n").doesNotContain("secret");
  }

  @Test
  void badInputIsOneSentence() throws IOException {
    Path tree = new TreeByHand(folder.resolve("by-hand")).folder();

    assertThatThrownBy(() -> validation.look(folder, Optional.empty()))
        .isInstanceOf(BadInputException.class).hasMessage("--validate " + folder + " has no folder s6-rc.d; --convert_supervisord makes"
            + " one that has");
    assertThatThrownBy(() -> validation.look(tree, Optional.of("--privileged")))
        .isInstanceOf(BadInputException.class).hasMessage("--image '--privileged' is no name of an image");
    assertThatThrownBy(() -> validation.look(tree, Optional.of("wnm-test/no-such-image:1")))
        .isInstanceOf(BadInputException.class).hasMessageStartingWith("--image wnm-test/no-such-image:1 cannot be looked into: Docker has no image of this name here");
  }
}

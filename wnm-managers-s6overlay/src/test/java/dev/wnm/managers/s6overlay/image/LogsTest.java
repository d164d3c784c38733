package dev.wnm.managers.s6overlay.image;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import dev.wnm.managers.s6overlay.supervisord.Conversion;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** What companions print, on its way into their log folders and the container's output. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
class LogsTest {
  private static final String CONF = """
      [supervisord]
      [program:hostile]
      command=/usr/local/bin/hostile
      environment=TOKEN='pa"ss\\w/ord-é1',SHORT="abc",KEY="MIIBVgIBADANBg"
      stderr_logfile=/var/log/hostile-errors.log
      [program:plain]
      command=/bin/sh -c "echo plain speaks; echo plain complains >&2; exec sleep 1000"
      [program:direct]
      command=/bin/sh -c "echo the key is $KEY; exec sleep 1000"
      environment=KEY="MIIBVgIBADANBg"
      stdout_logfile=/dev/stdout
      [program:linked]
      command=/bin/sleep 1000
      stdout_logfile=/var/log/linked.log
      [program:foreign]
      command=/bin/sleep 1000
      autostart=false
      stdout_logfile=/var/log/foreign.log
      [program:groupless]
      command=/bin/sleep 1000
      """;
  /** Secrets stand alone, twice, as JSON writes them, and where a long line is cut. */
  private static final String HOSTILE = """
      #!/usr/bin/perl
      $| = 1;
      my $token = $ENV{TOKEN};
      print qq(say "hi" \\\\ back\\n), "a\\tb\\x01\\x7f\\r\\n", "bad \\xff\\xfe \\xed\\xa0\\x80 good \\xc3\\xa9 \\xf0\\x9f\\x98\\x80\\n", "\\n";
      print "token $token and $token, short $ENV{SHORT}\\n", '{"token":"pa\\"ss\\\\\\\\w\\/ord-\\u00E91"}', "\\n";
      print 'x' x 65530, "$token after\\n", 'y' x 1048576, "\\n";
      print STDERR "an error about $ENV{KEY}\\n";
      print "no newline, $ENV{KEY}";
      sleep 1000;
      """;
  private static final String FOLDER = "/var/log/supervisor/hostile.log.d";

  @TempDir
  private Path folder;

  private GroupContainer container;

  @AfterEach
  void end() {
    if (container != null) {
      container.close();
    }
  }

  @Test
  void linesAreWellFormedWithoutSecretsForWhomTheyAreMeantAndInTheContainersOutput() throws IOException {
    Path context = context();
    String image = GroupImage.build(context);
    // JUnit would warn of it.
    Files.delete(context.resolve("rootfs/var/log/linked.log.d"));
    container = GroupContainer.ofImage(folder.resolve("group"), image);
    eventually("all but the last line is there", () -> lines().size() == 6 + 2 + 16);

    List<String> lines = lines();
    assertThat(lines).allMatch(line -> line.matches(
        "\\{\"time\":\"20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\",\"service\":\"hostile\",\"stream\":\"stdout\",\"line\":\"(?s:.*)\"(,\"more\":true)?}"));
    assertThat(lines.stream().limit(6).map(LogsTest::text)).containsExactly("say \\\"hi\\\" \\\\ back", "a\\tb\\u0001\\u007f\\r",
        "bad \uFFFD\uFFFD \uFFFD\uFFFD\uFFFD good é 😀", "", "token *** and ***, short abc", "{\\\"token\\\":\\\"***\\\"}");
    assertThat(text(lines.get(6))).isEqualTo("x".repeat(65_530) + "***");
    assertThat(lines.get(6)).endsWith(",\"more\":true}");
    assertThat(text(lines.get(7))).isEqualTo(" after");
    assertThat(lines.stream().skip(8).map(line -> text(line).length()).toList()).containsOnly(65_536);
    assertThat(lines.stream().filter(line -> line.endsWith(",\"more\":true}"))).hasSize(1 + 15);

    // Real s6-rc supervises a logger apart from its service.
    assertThat(sh("cd /run/service; log=hostile-log; [ -d $log ] || log=hostile/log; s6-svc -wD -T 20000 -d hostile;"
        + " s6-svc -wD -T 20000 -d $log 2>&1")).isEmpty();
    assertThat(lines().stream().skip(24).map(LogsTest::text)).as("what had no newline").containsExactly("no newline, ***");
    assertThat(text(sh("cat /var/log/hostile-errors.log.d/current").strip())).isEqualTo("an error about ***");

    assertThat(sh("cd /var/log/hostile-errors.log.d; stat -c '%a %U:%G' . current").lines()).containsExactly("2750 root:adm", "640 root:adm");
    assertThat(sh("s6-setuidgid 12345:$(getent group adm | cut -d : -f 3) wc -l " + FOLDER + "/current")).startsWith("25 ");
    assertThat(sh("s6-setuidgid 12345:12345 cat " + FOLDER + "/current")).isEmpty();
    assertThat(sh("ls -d /etc/hosts.d /etc/current 2>/dev/null")).isEmpty();

    assertThat(sh("cat /var/log/supervisor/plain.log.d/current").lines()).containsExactlyInAnyOrder("plain speaks", "plain complains");
    sh("install -d -o nobody /var/log/foreign.log.d; timeout 20 s6-rc -b -u change foreign");
    for (String said : List.of("plain: plain speaks\n", "\"service\":\"hostile\",\"stream\":\"stderr\",\"line\":\"an error about ***\"",
        "the key is ***\n", "hostile: the value of SHORT has less than 4 characters, so it is not masked in its log",
        "hostile: NOTHING is to be masked in its log, and is not set", "linked: its log is not kept: /var/log/linked.log.d is a link",
        "groupless: its log is not kept: this image has no group no-such-group",
        "foreign: its log is not kept: the folder /var/log/foreign.log.d belongs to nobody, not to root")) {
      eventually(said, () -> container.log().contains(said));
    }
    assertThat(container.log()).doesNotContain("MIIBVgIBADANBg", "pa\"ss");
    assertThat(sh("ps axww -o args")).doesNotContain("MIIBVgIBADANBg", "pa\"ss");
    assertThat(sh("find /run /etc /var/log -type f -perm -o=r -exec grep -l -e MIIBVgIBADANBg -e 'w/ord-' {} +")).isEmpty();
  }

  private Path context() throws IOException {
    Path file = Files.writeString(folder.resolve("supervisord.conf"), CONF);
    Path tree = folder.resolve("tree");
    Conversion.of(file, Map.of(), Wishes.NONE.with(Wish.LOG_FORMAT, "hostile=json")
        .with(Wish.LOG_GROUP, "hostile=adm,linked=adm,foreign=adm,groupless=no-such-group")
        .with(Wish.MASK, "hostile=TOKEN,SHORT,KEY,NOTHING,direct=KEY").with(Wish.FORWARD, "output")).writeTo(tree);
    Path context = folder.resolve("context");
    new ImageSource().writeTo(context, Optional.of(tree));
    Path program = Files.createDirectories(context.resolve("rootfs/usr/local/bin")).resolve("hostile");
    Files.writeString(program, HOSTILE);
    program.toFile().setExecutable(true, false);
    Files.createSymbolicLink(Files.createDirectories(context.resolve("rootfs/var/log")).resolve("linked.log.d"), Path.of("/etc"));
    return context;
  }

  private List<String> lines() {
    return sh("cat " + FOLDER + "/current").lines().toList();
  }

  private static String text(String line) {
    return line.replaceFirst("^.*?\"line\":\"", "").replaceFirst("\"(,\"more\":true)?}$", "");
  }

  private String sh(String script) {
    return container.exec("/bin/sh", "-c", "PATH=/command:$PATH; " + script).stdout();
  }
}

package dev.wnm.managers.s6overlay.supervisord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What options say of services is written into their folders. */
class WishesTest {
  private static final String WEB = """
      [supervisord]
      [program:db]
      command=/bin/db
      [program:web]
      command=/bin/web
      """;

  @TempDir
  private Path folder;

  @Test
  void nothingIsAddedWhereNothingIsWished() throws IOException {
    Conf conf = new Conf(folder).convert(WEB);

    assertThat(conf.path("web", "data")).doesNotExist();
    assertThat(conf.output().resolve("usr")).doesNotExist();
    assertThat(conf.text("web", "run")).doesNotContain("wnm-companions");
  }

  @Test
  void whatAServiceNeedsIsWaitedForBeforeItCountsAsStarted() throws IOException {
    Conf conf = new Conf(folder).convert(WEB, Wishes.NONE.with(Wish.NEEDS, "web=tcp:db:5432,web=dir:/srv/web,db=net:default-route")
        .with(Wish.NEEDS_SECONDS, "30").with(Wish.ON_LOSS, "web=stop"));

    assertThat(conf.text("web", "run")).containsSubsequence("wnm-companions/needs web", "echo >&3", "exec '/bin/web'");
    assertThat(conf.text("web", "data/needs/01.holds")).isEqualTo("db:5432 takes connections\n");
    assertThat(conf.text("web", "data/needs/02")).contains("test -d '/srv/web'");
    assertThat(conf.text("web", "data/needs-seconds")).isEqualTo("30\n");
    assertThat(conf.text("web", "data/on-loss")).isEqualTo("stop\n");
    assertThat(conf.text("db", "data/on-loss")).isEqualTo("leave\n");
    assertThat(conf.text("web", "notification-fd")).isEqualTo("3\n");
    assertThat(conf.text("web", "timeout-up")).isEqualTo("330000\n");
    assertThat(conf.path("web-watch", "dependencies.d/web")).exists();
    assertThat(conf.output().resolve("user-bundles.d/user/contents.d/web-watch")).exists();
  }

  @Test
  void limitsHealthAndRightsOfEveryServiceAndOfOne() throws IOException {
    Conf conf = new Conf(folder).convert(WEB, Wishes.NONE.with(Wish.LIMITS, "*=nofile:4096,web=memory:200M,cpu:0.5,io_read:1.5m")
        .with(Wish.HEALTH, "web=http://127.0.0.1/?a=b;interval=10;retries=2").with(Wish.CAPABILITIES, "web=CAP_NET_BIND_SERVICE,db=none")
        .with(Wish.SERVICE_USER, "web=www-data").with(Wish.READ_ONLY, "web=/etc,web=/usr"));

    assertThat(conf.text("web", "data/limits")).isEqualTo("memory 209715200\ncpu 0.5\nio_read 1572864\n");
    assertThat(conf.text("db", "data/limits")).isEqualTo("nofile 4096\n");
    assertThat(conf.text("web", "data/health.times")).isEqualTo("10 5 2\n");
    assertThat(conf.text("web", "data/health")).contains("'http://127.0.0.1/?a=b'");
    assertThat(conf.text("web", "data/capabilities")).isEqualTo("net_bind_service\n");
    assertThat(conf.text("db", "data/capabilities")).isEmpty();
    assertThat(conf.text("web", "data/read-only")).isEqualTo("/etc\n/usr\n");
    assertThat(conf.text("web", "run")).containsSubsequence(". /usr/local/lib/wnm-companions/limits",
        "exec /usr/local/lib/wnm-companions/rights web 'www-data' '/bin/web'");
    assertThat(Files.readString(conf.output().resolve("CONVERSION.md")))
        .contains("| `web` | well when http://127.0.0.1/?a=b answers with success, looked at every 10 s; memory 200M; cpu 0.5;");
  }

  @Test
  void whatIsToBeDoneBeforeAStopStandsBetweenAServiceAndThoseThatItServes() throws IOException {
    Conf conf = new Conf(folder).convert(WEB, Wishes.NONE.with(Wish.DEPENDS, "web:db").with(Wish.BEFORE_STOP, "db=db-tool save 'all of it'")
        .with(Wish.RELOAD_COMMAND, "web=web reload"));

    assertThat(conf.text("db", "data/before-stop")).endsWith("exec 'db-tool' 'save' 'all of it'\n");
    assertThat(conf.text("db-before-stop", "down")).isEqualTo("/usr/local/lib/wnm-companions/before-stop db\n");
    assertThat(conf.text("db-before-stop", "timeout-down")).as("as long as db has to stop, and a word on it").isEqualTo("15000\n");
    assertThat(conf.text("db-before-stop", "helps")).isEqualTo("db before-stop\n");
    assertThat(conf.text("db", "data/before-stop")).as("with db's variables").contains(". ./data/environment\n");
    assertThat(conf.path("db-before-stop", "dependencies.d/db")).exists();
    assertThat(conf.path("web", "dependencies.d/db-before-stop")).exists();
    assertThat(conf.path("web", "dependencies.d/db")).doesNotExist();
    assertThat(conf.text("web", "data/reload")).endsWith("exec 'web' 'reload'\n");
  }

  @Test
  void whatAnotherImageNeedsIsBesideTheServices() throws IOException {
    Conf conf = new Conf(folder).convert(WEB, Wishes.NONE.with(Wish.LOG_FORMAT, "json").with(Wish.MASK, "web=TOKEN,PASSWORD"));

    assertThat(conf.output().resolve("usr/local/lib/wnm-companions/functions")).exists();
    assertThat(conf.text("web", "data/masked")).isEqualTo("TOKEN\nPASSWORD\n");
  }

  @Test
  void whatCollectsLinesIsAServiceThatOthersStopBefore() throws IOException {
    Conf conf = new Conf(folder).convert(WEB, Wishes.NONE.with(Wish.FORWARD, "syslog+tls://[::1]:7514"));

    assertThat(conf.text("log-forward", "run")).endsWith("exec /usr/local/lib/wnm-companions/forward ./data\n");
    assertThat(conf.text("log-forward", "data/target")).isEqualTo("syslog tls 7514\n");
    assertThat(conf.text("log-forward", "data/rsyslog.conf")).contains("target=\"::1\" port=\"7514\"", "x509/name", "permitExpiredCerts=\"off\"");
    assertThat(conf.depends("web", "log-forward")).isTrue();
    assertThat(conf.depends("web-log", "log-forward")).isTrue();
    assertThat(conf.atBoot("log-forward")).isTrue();
    assertThat(conf.text("web-log", "run")).contains("/run/companions/web/log-both").doesNotContain("wnm-companions/lines");
    assertThat(conf.output().resolve("packages")).hasContent("ca-certificates\nrsyslog\nrsyslog-gnutls\n");
  }

  @Test
  void aServiceOfTheOperatorsDoesNotTakeTheNameOfWhatCollects() throws IOException {
    Conf conf = new Conf(folder).convert("[program:log-forward]\ncommand=/bin/x\n", Wishes.NONE.with(Wish.FORWARD, "file:/var/log/all"));

    assertThat(conf.text("svc-log-forward", "run")).contains("'/bin/x'");
    assertThat(conf.text("log-forward", "data/target")).isEqualTo("file /var/log/all\n");
    assertThat(conf.output().resolve("packages")).doesNotExist();
  }

  @Test
  void linesForSyslogGoThereWhereThereIsOneAndAreListedElsewhere() throws IOException {
    String text = "[program:web]\ncommand=/bin/web\nstdout_syslog=true\nstdout_logfile=NONE\nstderr_logfile=syslog\n"
        + "[program:db]\ncommand=/bin/db\nstdout_syslog=true\nstdout_logfile=/dev/stdout\n";
    Conf with = new Conf(folder).convert(text, Wishes.NONE.with(Wish.FORWARD, "syslog+udp://logs"));
    Conf without = new Conf(Files.createDirectory(folder.resolve("other"))).convert(text);

    assertThat(with.text("web-log", "run")).contains("folder='/var/log/supervisor/web.log.d'");
    assertThat(with.text("web-stderr-log", "run")).contains("folder='/var/log/supervisor/web.stderr.log.d'");
    assertThat(Files.readString(with.output().resolve("CONVERSION.md"))).contains("[program:db] stdout_syslog | lines that go to the"
        + " container's output are not collected", "go to syslog at logs, port 514, by UDP").doesNotContain("nothing hands lines to syslog");
    assertThat(without.path("web-log", "run")).doesNotExist();
    assertThat(Files.readString(without.output().resolve("CONVERSION.md")))
        .contains("[program:web] stdout_syslog | nothing hands lines to syslog without --forward");
  }

  @Test
  void plainLogsForNobodyElseAreKeptAsTheyWere() throws IOException {
    Conf conf = new Conf(folder).convert(WEB);

    assertThat(conf.text("web-log", "run")).endsWith("exec /command/s6-log -d 3 -- n10 s52428800 \"$folder\"\n")
        .doesNotContain("umask", "/run/companions");
  }
}

package dev.wnm.managers.s6overlay.supervisord;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversionTest {
  @TempDir
  private Path folder;

  private Conf conf;

  @BeforeEach
  void choose() {
    conf = new Conf(folder);
  }

  @AfterEach
  void whateverIsWrittenIsWhatS6RcTakes() throws IOException {
    if (Files.exists(conf.output())) {
      SourceTree.checked(conf.output());
    }
  }

  @Test
  void theCommandIsSplitIntoWordsAndRunWithoutAShell() throws IOException {
    conf.convert("""
        [program:web]
        command=/opt/web --title "it's $HOME; `id`" --rate 5%% a\\ b ; a comment
        """);

    assertThat(conf.text("web", "run")).startsWith("#!/command/with-contenv sh\n")
        .endsWith("exec '/opt/web' '--title' 'it'\\''s $HOME; `id`' '--rate' '5%' 'a b'\n");
  }

  @Test
  void valuesGoOnOverDeeperLines() throws IOException {
    conf.convert("""
        [program:web]
        command=/opt/web
           --port 80
        ; a comment
           --deep   # another
        environment=A="1",
          B='2'
        """);

    assertThat(conf.text("web", "run")).endsWith("exec '/opt/web' '--port' '80' '--deep'\n");
    assertThat(conf.text("web", "data/environment")).isEqualTo("export \\\n  A='1' \\\n  B='2'\n");
  }

  @Test
  void whatSupervisordExpandsIsExpanded() throws IOException {
    conf.convert("""
        [supervisord]
        environment=ZONE="z1"
        [group:all]
        programs=web
        [program:web]
        command=/opt/web %(here)s %(program_name)s %(group_name)s %(process_num)03d %(numprocs)d %(ENV_ZONE)s
          %(host_node_name)s %(ENV_NODE_IP)s:%(ENV_A)s
        environment=A="%(ENV_ZONE)s-a"
        process_name=%(program_name)s_%(process_num)02d
        numprocs=2
        numprocs_start=4
        """);

    assertThat(conf.text("web_05", "run")).endsWith("exec '/opt/web' '" + folder + "' 'web' 'all' '005' '2' 'z1'"
        + " \"${HOSTNAME?is not set}\" \"${NODE_IP?is not set}\"':z1-a'\n");
    assertThat(conf.path("web_04", "run")).exists();
    assertThat(conf.path("web", "contents.d/web_04")).exists();
    assertThat(conf.path("all", "contents.d/web_05")).exists();
  }

  @Test
  void aVariableThatMustBeKnownNowComesFromThisRun() throws IOException {
    conf.convert("[program:web]\ncommand=a\nstopwaitsecs=%(ENV_PORT)s\n");

    assertThat(conf.text("web", "timeout-kill")).isEqualTo("8080000\n");
  }

  @Test
  void includedFilesCountAsIfTheyStoodInTheFile() throws IOException {
    Files.createDirectories(folder.resolve("conf.d"));
    Files.writeString(folder.resolve("conf.d/b.conf"), "[program:b]\ncommand=b %(here)s\n");
    Files.writeString(folder.resolve("conf.d/a.conf"), "[program:a]\ncommand=a\n");
    Files.writeString(folder.resolve("conf.d/c.off"), "[program:c]\ncommand=c\n");

    conf.convert("[include]\nfiles = conf.d/*.conf nothing/*.ini\n");

    assertThat(conf.text("b", "run")).contains("'" + folder.resolve("conf.d") + "'");
    assertThat(conf.path("a", "run")).exists();
    assertThat(conf.path("c", "run")).doesNotExist();
    assertThat(Files.readString(conf.output().resolve("CONVERSION.md"))).contains("'nothing/*.ini' matches no file");
  }

  @Test
  void secretsAreInNoFileThatOthersMayRead() throws IOException {
    conf.convert("[program:web]\ncommand=web\nenvironment=TOKEN=\"hush, hush\",EMPTY=\"\"\n");

    assertThat(conf.text("web", "data/environment")).contains("TOKEN='hush, hush'", "EMPTY=''");
    assertThat(mode("web", "data/environment")).isEqualTo("rw-------");
    assertThat(mode("web", "run")).isEqualTo("rwxr-xr-x");
    assertThat(mode("web", "finish")).isEqualTo("rwxr-xr-x");
    assertThat(conf.text("web", "run") + conf.read().report()).doesNotContain("hush");
  }

  @Test
  void settingsOfTheDaemonHoldForProgramsWithoutTheirOwn() throws IOException {
    conf.convert("""
        [supervisord]
        user=ant
        umask=027
        directory=/srv
        minfds=4096
        childlogdir=/logs/
        environment=A="d",B="d"
        [program:one]
        command=one
        [program:two]
        command=two
        user=1000
        umask=2
        directory=/two
        environment=B="p"
        """);

    assertThat(conf.text("one", "run")).contains("umask 027\n", "cd -- '/srv'\n", "ulimit -n 4096",
        "exec /command/s6-setuidgid 'ant' 'one'\n");
    assertThat(conf.text("one-log", "run")).contains("folder='/logs/one.log.d'\n");
    assertThat(conf.text("two", "run")).contains("umask 02\n", "cd -- '/two'\n", "getent passwd 1000",
        "s6-setuidgid \"${account%%:*}\" 'two'\n");
    assertThat(conf.text("two", "data/environment")).contains("A='d'", "B='p'");
  }

  @Test
  void loggersStandBehindAPipeWithTheFilesRotation() throws IOException {
    conf.convert("""
        [program:web]
        command=web
        stdout_logfile=/var/log/web.log
        stdout_logfile_maxbytes=1MB
        stdout_logfile_backups=3
        stderr_logfile=/var/log/web.err
        [program:quiet]
        command=quiet
        stdout_logfile=NONE
        redirect_stderr=true
        [program:docker]
        command=docker
        stdout_logfile=/dev/stdout
        stdout_logfile_maxbytes=0
        """);

    assertThat(conf.text("web", "producer-for")).isEqualTo("web-log\n");
    assertThat(conf.text("web-log", "consumer-for")).isEqualTo("web\n");
    assertThat(conf.text("web-log", "pipeline-name")).isEqualTo("web-pipeline\n");
    assertThat(conf.text("web-log", "run")).contains("folder='/var/log/web.log.d'\n", "s6-log -d 3 -- n3 s1048576 ");
    assertThat(conf.depends("web", "web-stderr-log")).isTrue();
    assertThat(conf.text("quiet", "run")).contains("exec >/dev/null\nexec 2>&1\n");
    assertThat(conf.path("quiet", "producer-for")).doesNotExist();
    assertThat(conf.path("docker", "producer-for")).doesNotExist();
    assertThat(conf.atBoot("web-pipeline")).isTrue();
    assertThat(conf.atBoot("quiet")).isTrue();
  }

  @Test
  void twoProcessesNeverShareALogFolder() throws IOException {
    conf.convert("[program:w]\ncommand=w\nnumprocs=2\nprocess_name=w%(process_num)d\nstdout_logfile=/var/log/w.log\n");

    assertThat(conf.text("w0-log", "run")).contains("folder='/var/log/w.log.d'");
    assertThat(conf.text("w1-log", "run")).contains("folder='/var/log/w.log.w1.d'");
  }

  @Test
  void prioritiesBecomeAnOrderThatPassesOverWhatStaysDown() throws IOException {
    conf.convert("""
        [program:c]
        command=c
        [program:a]
        command=a
        priority=1
        [program:b]
        command=b
        priority=2
        autostart=false
        """);

    assertThat(conf.depends("c", "a")).isTrue();
    assertThat(conf.depends("b", "a")).isTrue();
    assertThat(conf.depends("c", "b")).isFalse();
    assertThat(conf.atBoot("b-pipeline")).isFalse();
    assertThat(conf.read().report()).contains("no: `s6-rc -u change b`");
  }

  @Test
  void theOperatorsOrderReplacesPriorities() throws IOException {
    conf.convert("""
        [program:nomad]
        command=nomad
        priority=99
        [program:consul]
        command=consul
        [program:consul-template]
        command=consul-template
        [program:caddy]
        command=caddy
        priority=1
        """, "consul-template:consul, caddy:consul-template", "consul=tcp:8500");

    assertThat(conf.depends("consul-template", "consul")).isTrue();
    assertThat(conf.depends("caddy", "consul-template")).isTrue();
    assertThat(conf.depends("nomad", "caddy")).isFalse();
    assertThat(conf.text("consul", "notification-fd")).isEqualTo("3\n");
    assertThat(conf.text("consul", "data/check")).contains(":2134 ");
    assertThat(conf.text("consul", "run")).contains("exec /command/s6-notifyoncheck -d ");
  }

  @Test
  void stopsBecomeSignalAndTime() throws IOException {
    conf.convert("[program:web]\ncommand=web\nstopsignal=quit\nstopwaitsecs=0\nstopasgroup=true\n");

    assertThat(conf.text("web", "down-signal")).isEqualTo("SIGQUIT\n");
    assertThat(conf.text("web", "timeout-kill")).as("0 would wait for ever").isEqualTo("1\n");
    assertThat(conf.text("web", "finish")).contains("kill -QUIT \"-$group\"", "kill -KILL \"-$group\"");
  }

  @Test
  void aFastCgiProgramFindsItsSocketListening() throws IOException {
    conf.convert("[fcgi-program:php]\ncommand=php\nsocket=unix:///run/php.sock\nsocket_mode=0660\nsocket_owner=a:b\n");

    assertThat(conf.text("php", "run"))
        .endsWith("exec /command/s6-ipcserver-socketbinder -B -b 128 -a 0660 -- '/run/php.sock' 'php'\n");
    assertThat(conf.read().report()).contains("[fcgi-program:php] socket_owner");
  }

  @Test
  void whatHasNoEquivalentIsListedWithFileAndLine() throws IOException {
    String report = conf.write("""
        [program:web]
        command=web
        frobnicate=1
        stdout_syslog=true
        [eventlistener:mail]
        command=mail
        events=PROCESS_STATE
        [fcgi-program:app]
        command=app
        socket=tcp://localhost:9000
        [inet_http_server]
        port=9001
        password=hush
        [nonsense]
        a=b
        """).read().report();

    assertThat(report).contains("supervisord.conf line 3 | [program:web] frobnicate", "[program:web] stdout_syslog",
        "[eventlistener:mail] (with command, events)", "[fcgi-program:app] (with command, socket)",
        "[inet_http_server] password", "[nonsense] (with a)").doesNotContain("hush", "9000");
  }

  private String mode(String service, String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(conf.path(service, name)));
  }
}

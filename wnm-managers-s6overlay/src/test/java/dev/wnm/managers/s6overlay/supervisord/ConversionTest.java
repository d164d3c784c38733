package dev.wnm.managers.s6overlay.supervisord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.s6overlay.companion.Wishes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
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

    assertThat(conf.text("web_05", "run")).endsWith("wnm_text='/opt/web " + folder + " web all 005 2 z1\n'"
        + "\"${HOSTNAME?is not set}\"' '\"${NODE_IP?is not set}\"':z1-a'\n. ./data/words\ncd -- '/'\nexec \"$@\"\n");
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
        "s6-setuidgid \"${wnm_account%%:*}\" 'two'\n");
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

  @Test
  void noNameIsRefusedThatSupervisordTakes() throws IOException {
    conf.convert("""
        [group:workers]
        programs=default,user,relay
        [program:default]
        command=work
        process_name=%(program_name)s_%(process_num)02d
        numprocs=2
        [program:user]
        command=work
        [program:relay]
        command=work
        [program:x]
        command=x
        [program:x-log]
        command=x
        [program:größe,1]
        command=x
        [program:s6rc-a]
        command=x
        [program:default_00]
        command=x
        """, "x:user", "");

    for (String name : new String[] {"default_00", "default_01", "svc-user", "svc-relay", "x", "x-log", "x-log-2", "x-log-log",
        "gr__e_1", "svc-s6rc-a", "default_00-2"}) {
      assertThat(conf.path(name, "run")).as(name).exists();
    }
    assertThat(conf.path("default", "contents.d/default_01")).exists();
    assertThat(conf.path("workers", "contents.d/svc-user")).exists();
    assertThat(conf.text("x", "producer-for")).isEqualTo("x-log-2\n");
    assertThat(conf.depends("x", "svc-user")).isTrue();
    assertThat(Files.readString(conf.output().resolve("CONVERSION.md"))).contains("'user' is called svc-user, since",
        "'default_00' is called default_00-2, since another service or bundle has that name");
  }

  @Test
  void whatDoesNotLookLikeAFileNeverBecomesAFolder() throws IOException {
    conf.convert("""
        [program:null]
        command=x
        stdout_logfile=/dev/null
        stderr_logfile=//dev/null
        [program:empty]
        command=x
        stdout_logfile=
        stderr_logfile=off
        [program:swap]
        command=x
        stdout_logfile=/dev/stderr
        stderr_logfile=/proc/1/fd/1
        [program:tty]
        command=x
        stdout_logfile=/dev/tty
        stderr_logfile=/dev/fd/7
        [program:ram]
        command=x
        stdout_logfile=/dev/shm/x.log
        """);

    for (String name : new String[] {"null", "empty"}) {
      assertThat(conf.text(name, "run")).contains("exec >/dev/null\nexec 2>/dev/null\n");
      assertThat(conf.path(name, "producer-for")).doesNotExist();
    }
    assertThat(conf.text("swap", "run")).contains("exec 8>&1 9>&2\nexec >&9\nexec 2>&8\nexec 8>&- 9>&-\n");
    assertThat(conf.text("tty-log", "run")).contains("file='/dev/tty'\n");
    assertThat(conf.text("tty-stderr-log", "run")).contains("file='/dev/fd/7'\n");
    assertThat(conf.text("ram-log", "run")).contains("folder='/dev/shm/x.log.d'\n");
    assertThat(conf.read().report()).contains("| nowhere | nowhere |", "as `/dev/tty` says at its start")
        .doesNotContain("/dev/null.d", "tty.d", "s6-log rotates");
  }

  @Test
  void ordersToSupervisorctlBecomeTheWordsOfS6() throws IOException {
    conf.convert("""
        [group:web]
        programs=lb,app
        [program:lb]
        command=/usr/bin/lb run
        stdout_logfile=/var/log/lb.log
        [program:app]
        command=app
        process_name=app%(process_num)d
        numprocs=2
        [program:off]
        command=off
        autostart=false
        [program:kick]
        command=/bin/sh -c 'sleep 43200; supervisorctl restart lb >/dev/null || exit 1'
        [program:direct]
        command=/usr/bin/supervisorctl -c /etc/supervisord.conf start off
        [program:all]
        command=bash -ec "if ! supervisorctl status web:lb; then supervisorctl signal HUP web:app1; fi
          kill -USR2 $(supervisorctl pid lb); supervisorctl -s unix:///run/s.sock stop 'web:*'; supervisorctl tail -f lb
          supervisorctl shutdown"
        [program:late]
        command=sh -c 'sleep %(ENV_DELAY)s; supervisorctl stop lb'
        """);

    assertThat(conf.text("kick", "run")).endsWith("exec '/bin/sh' '-c' 'sleep 43200; { /command/s6-svc -wD -d /run/service/lb"
        + " && /command/s6-svc -wu -u /run/service/lb; } >/dev/null || exit 1'\n");
    assertThat(conf.text("direct", "run")).endsWith("exec '/bin/sh' '-c' '{ /command/s6-rc -b -u change off"
        + " && /command/s6-svc -wu -u /run/service/off; }'\n");
    assertThat(conf.text("all", "run").replace("'\\''", "'")).endsWith("exec 'bash' '-ec' 'if ! { /command/s6-svstat"
        + " /run/service/lb; [ \"$(/command/s6-svstat -o up /run/service/lb)\" = true ]; }; then /command/s6-svc -h"
        + " /run/service/app1; fi\nkill -USR2 $(/command/s6-svstat -o pid /run/service/lb | sed 's/^-1$/0/');"
        + " { /command/s6-svc -wD -d /run/service/lb && /command/s6-svc -wD -d /run/service/app0"
        + " && /command/s6-svc -wD -d /run/service/app1; }; tail -c 1600 -F /var/log/lb.log.d/current\n"
        + "/run/s6/basedir/bin/halt'\n");
    assertThat(conf.text("late", "run")).contains("; /command/s6-svc -wD -d /run/service/lb");
    assertThat(conf.read().report()).contains("## Without an equivalent\n\nNothing.",
        "`supervisorctl restart lb` is now `{ /command/s6-svc -wD -d /run/service/lb && /command/s6-svc -wu -u /run/service/lb; }`");
  }

  @Test
  void whatCannotBeTranslatedSurelyIsNamedWithWhatToWriteInstead() throws IOException {
    String script = "#!/bin/bash\n# supervisorctl start a comment\nset -e\nsupervisorctl restart \"lb\"\n"
        + "supervisorctl restart \"$1\"\nif supervisorctl status | grep -q FATAL; then kill $(cat /run/supervisord.pid); fi\n"
        + "echo $SUPERVISOR_PROCESS_NAME\n";
    Files.writeString(folder.resolve("watch.sh"), script);
    conf.convert("""
        [unix_http_server]
        file=/run/control
        [program:lb]
        command=lb
        [program:guard]
        command=python -m supervisor.childutils
        [program:reread]
        command=sh -c 'supervisorctl reread && supervisorctl update'
        [program:self]
        command=sh -c 'sleep 9; supervisorctl restart self'
        [program:nobody]
        command=supervisorctl restart lb
        user=nobody
        [program:unknown]
        command=timeout 5 supervisorctl restart nothing
        [program:loop]
        command=sh -c 'for x in lb; do supervisorctl restart $x; done'
        [program:curl]
        command=curl --unix-socket /run/control http://localhost/RPC2
        [program:env]
        command=env
        environment=URL="unix:///var/run/supervisor.sock"
        [program:script]
        command=/bin/bash %(here)s/watch.sh
        """);

    assertThat(conf.text("guard", "run")).endsWith("exec 'python' '-m' 'supervisor.childutils'\n");
    assertThat(conf.text("nobody", "run")).endsWith("exec /command/s6-setuidgid 'nobody' 'supervisorctl' 'restart' 'lb'\n");
    assertThat(conf.text("script", "data/environment")).contains("SUPERVISOR_PROCESS_NAME='script'");
    assertThat(Files.readString(folder.resolve("watch.sh"))).isEqualTo(script);
    assertThat(conf.read().report()).contains("[program:guard] command | uses supervisor.childutils",
        "[program:reread] command | calls `supervisorctl reread`", "[program:reread] command | calls `supervisorctl update`",
        "[program:self] command | calls `supervisorctl restart self`: it would stop the very program that says it",
        "[program:nobody] command | calls `supervisorctl restart lb`: the program does not run as root",
        "[program:unknown] command | calls `supervisorctl restart nothing`: it names no program that is converted here",
        "[program:loop] command | calls `supervisorctl`: its words are put together by the shell",
        "[program:curl] command | speaks to supervisord's server", "[program:env] environment | speaks to supervisord's server",
        "watch.sh line 4 | script of [program:script] | calls `supervisorctl restart lb`: there is no supervisorctl | write in"
            + " the script: `{ /command/s6-svc -wD -d /run/service/lb && /command/s6-svc -wu -u /run/service/lb; }`",
        "watch.sh line 5 | script of [program:script] | calls `supervisorctl`: its words are put together by the shell",
        "watch.sh line 6 | script of [program:script] | calls `supervisorctl status`: s6-svstat prints other words",
        "watch.sh line 6 | script of [program:script] | uses supervisord's pid, which is not there | to end the container write:"
            + " /run/s6/basedir/bin/halt").doesNotContain("watch.sh line 2");
  }

  @Test
  void aListenerForEndsOfProgramsBringsTheWordsThatEndTheContainer() throws IOException {
    String report = conf.write("[program:mta]\ncommand=mta\n[eventlistener:watch]\ncommand=/usr/local/bin/end-all.sh\n"
        + "events=PROCESS_STATE_STOPPED,PROCESS_STATE_EXITED,PROCESS_STATE_FATAL\n").read().report();

    assertThat(report).contains("## Ending the container when a program ends", "`[eventlistener:watch]`",
        "behind the first line `fi`", Ending.HALTING);
    assertThat(conf.write("[program:mta]\ncommand=mta\n[eventlistener:tick]\ncommand=x\nevents=TICK_60\n").read().report())
        .doesNotContain("## Ending the container");
  }

  @Test
  void includesThatCannotBeReadAreNamedAndTheOthersCount() throws Exception {
    Files.createDirectories(folder.resolve("closed"));
    Files.createDirectories(folder.resolve("open"));
    Files.writeString(folder.resolve("open/a.conf"), "[program:a]\ncommand=a\n");
    conf.write("[include]\nfiles = closed/*.conf [z-a].ini open/*.conf closed/sub/*.conf away/*.conf\n");
    Files.setPosixFilePermissions(folder.resolve("closed"), PosixFilePermissions.fromString("---------"));

    // Root may read every folder, unless it has given up that right.
    Process java = new ProcessBuilder("setpriv", "--bounding-set=-dac_override,-dac_read_search",
        "--inh-caps=-dac_override,-dac_read_search", ProcessHandle.current().info().command().orElseThrow(), "-cp",
        System.getProperty("java.class.path"), IncludesMain.class.getName(), conf.file().toString())
        .redirectErrorStream(true).start();
    String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(java.waitFor()).as(printed).isZero();
    assertThat(printed).contains("| `a` |", folder.resolve("closed") + "' may not be read by this user",
        "'closed/*.conf' matches no file", folder.resolve("closed") + "' may not be entered by this user",
        "'[z-a].ini' cannot be the name of files here", "'away/*.conf' matches no file");
  }

  /** Prints the report of a file. */
  static final class IncludesMain {
    private IncludesMain() {}

    public static void main(String[] words) {
      System.out.print(Conversion.of(Path.of(words[0]), Map.of(), Wishes.NONE).report());
    }
  }

  private String mode(String service, String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(conf.path(service, name)));
  }
}

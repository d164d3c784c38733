package dev.wnm.managers.s6overlay.supervisord;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.Executables;
import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Converted services under a real s6. Needs root and Debian's s6 and execline: wnm-testkit/prepare-machine. */
@Order(6)
class UnderS6Test {
  @TempDir
  private Path folder;

  private S6 s6;

  @BeforeEach
  void letOthersIn() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void stop() throws IOException {
    if (s6 != null) {
      s6.close();
    }
  }

  @Test
  void environmentUserFolderAndMaskArriveAsTheFileSays() throws IOException {
    start("""
        [supervisord]
        environment=ZONE="z 1"
        [program:web]
        command=%(here)s/show "one word" "$HOME" %(ENV_NODE_IP)s
        environment=TOKEN="it's %(ENV_NODE_IP)s, $(id)"
        user=nobody
        umask=027
        directory=%(here)s/at
        stdout_logfile=%(here)s/web.log
        """);
    program("show", "id -un; pwd; umask; echo \"$TOKEN|$ZONE|$1|$2|$3\"; exec sleep 1000");
    Files.createDirectories(folder.resolve("at"));
    s6.with("NODE_IP", "10.0.0.9").up("web");

    eventually("the output is in the log", () -> lines("web.log.d/current").size() == 4);
    assertThat(lines("web.log.d/current")).containsExactly("nobody", folder.resolve("at").toString(), "0027",
        "it's 10.0.0.9, $(id)|z 1|one word|$HOME|10.0.0.9");
  }

  @Test
  void whatEndsUnexpectedlyIsStartedAgainAndWhatEndsAsExpectedIsNot() throws IOException {
    start("""
        [program:bad]
        command=%(here)s/bad
        startsecs=0
        exitcodes=0,3
        [program:good]
        command=%(here)s/good
        startsecs=0
        exitcodes=0,3
        [program:always]
        command=%(here)s/always
        startsecs=0
        autorestart=true
        [program:never]
        command=%(here)s/never
        startsecs=0
        autorestart=false
        """);
    program("bad", "echo run >>bad.runs; exit 4");
    program("good", "echo run >>good.runs; exit 3");
    program("always", "echo run >>always.runs; exit 0");
    program("never", "echo run >>never.runs; exit 4");
    for (String name : List.of("bad", "good", "always", "never")) {
      s6.up(name);
    }

    eventually("bad runs on", () -> lines("bad.runs").size() >= 3);
    eventually("always runs on", () -> lines("always.runs").size() >= 3);
    assertThat(s6.status("good", "up,wantedup,exitcode")).isEqualTo("false false 3");
    assertThat(s6.status("never", "up,wantedup,exitcode")).isEqualTo("false false 4");
    assertThat(lines("good.runs")).hasSize(1);
    assertThat(lines("never.runs")).hasSize(1);
  }

  @Test
  void itGivesUpAfterTheRetriesAndTriesAsOftenWhenAskedAgain() throws IOException {
    start("[program:bad]\ncommand=%(here)s/bad\nstartsecs=5\nstartretries=2\nautorestart=true\n");
    program("bad", "echo run >>bad.runs; exit 0");
    s6.up("bad");

    eventually("it gives up", () -> s6.status("bad", "up,wantedup").equals("false false"));
    assertThat(lines("bad.runs")).hasSize(3);

    s6.again("bad");
    eventually("it gives up again", () -> lines("bad.runs").size() == 6
        && s6.status("bad", "up,wantedup").equals("false false"));
  }

  @Test
  void stopsComeWithTheSignalAndEndInTimeForTheWholeGroup() throws IOException {
    start("""
        [program:polite]
        command=%(here)s/polite
        stopsignal=USR1
        [program:deaf]
        command=%(here)s/deaf
        stopwaitsecs=1
        killasgroup=true
        """);
    program("polite", "trap 'echo USR1 >>signals; exit 0' USR1; trap '' TERM; echo up >>polite.up\n"
        + "while :; do sleep 0.1; done");
    program("deaf", "trap '' TERM; sleep 987654 & echo $! >child; while :; do sleep 0.1; done");
    s6.up("polite");
    s6.up("deaf");
    eventually("both are up", () -> lines("polite.up").size() == 1 && lines("child").size() == 1);
    long child = Long.parseLong(lines("child").get(0));

    s6.down("polite");
    s6.down("deaf");

    assertThat(lines("signals")).containsExactly("USR1");
    assertThat(s6.status("polite", "exitcode,signum")).isEqualTo("0 -1");
    assertThat(s6.status("deaf", "exitcode,signum")).isEqualTo("-1 9");
    eventually("its child is gone too", () -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void logsRotateAndErrorsHaveTheirOwn() throws IOException {
    start("""
        [program:chatty]
        command=%(here)s/chatty
        stdout_logfile=%(here)s/out.log
        stdout_logfile_maxbytes=4KB
        stdout_logfile_backups=2
        stderr_logfile=%(here)s/err.log
        """);
    program("chatty", "echo a complaint >&2; i=0\n"
        + "while [ $i -lt 600 ]; do echo \"$i is a line of about a hundred characters, so that the file is soon full"
        + " ..................\"; i=$((i + 1)); done\necho last; exec sleep 1000");
    s6.up("chatty");

    eventually("the last line has arrived", () -> logged("out.log.d").contains("last"));
    assertThat(logged("out.log.d")).as("old lines are gone").doesNotContain("\n1 is a line").hasSizeLessThan(30_000);
    try (Stream<Path> files = Files.list(folder.resolve("out.log.d"))) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("@"))).hasSize(2);
    }
    eventually("the complaint has arrived", () -> lines("err.log.d/current").equals(List.of("a complaint")));
  }

  @Test
  void laterServicesWaitUntilAnEarlierOneIsReady() throws IOException {
    start("""
        [program:first]
        command=%(here)s/first
        priority=1
        [program:second]
        command=%(here)s/second
        """, "", "first=script:" + folder.resolve("check"));
    program("first", "echo up >first.up; exec sleep 1000");
    program("second", "echo up >second.up; exec sleep 1000");
    program("check", "echo asked >>asked; [ -e open ]");

    CompletableFuture<Void> boot = CompletableFuture.runAsync(() -> {
      try {
        s6.up("second");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    eventually("first is up, and was asked often", () -> lines("first.up").size() == 1 && lines("asked").size() >= 3);
    assertThat(s6.isLinked("second")).isFalse();
    assertThat(s6.status("first", "up,ready")).isEqualTo("true false");

    Files.writeString(folder.resolve("open"), "");
    boot.join();
    eventually("second is up", () -> lines("second.up").size() == 1);
    assertThat(s6.status("first", "up,ready")).isEqualTo("true true");
  }

  @Test
  void aWebServerIsReadyWhenItAnswersWithSuccess() throws IOException {
    int port = FreePorts.next();
    start("[program:web]\ncommand=%(here)s/web\n", "", "web=http://127.0.0.1:" + port + "/health");
    program("web", "exec perl -MSocket -e 'socket(S, AF_INET, SOCK_STREAM, 0); setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1);"
        + " bind(S, sockaddr_in(" + port + ", INADDR_LOOPBACK)) or die; listen(S, 5); my $asked = 0;"
        + " while (accept(C, S)) { sysread C, my $request, 9999; open L, \">>\", \"requests\"; print L $request =~ /^(.*?)\\r/,"
        + " \"\\n\"; close L; syswrite C, \"HTTP/1.0 \" . (++$asked < 3 ? \"503 not yet\" : \"200 fine\") . \"\\r\\n\\r\\n\";"
        + " close C }'");
    s6.up("web");

    assertThat(s6.status("web", "up,ready")).isEqualTo("true true");
    assertThat(lines("requests")).startsWith("GET /health HTTP/1.1", "GET /health HTTP/1.1", "GET /health HTTP/1.1");
  }

  @Test
  void aListenerIsReadyWhenItListens() throws IOException {
    int port = FreePorts.next();
    start("[program:net]\ncommand=%(here)s/net\n", "", "net=tcp:" + port);
    program("net", "sleep 1; exec perl -MSocket -e 'socket(S, AF_INET, SOCK_STREAM, 0); setsockopt(S, SOL_SOCKET,"
        + " SO_REUSEADDR, 1); bind(S, sockaddr_in(" + port + ", INADDR_LOOPBACK)) or die; listen(S, 5); sleep 1000'");
    s6.up("net");

    assertThat(s6.status("net", "up,ready")).isEqualTo("true true");
  }

  @Test
  void aFastCgiProgramHasItsSocketAsStandardInput() throws IOException {
    start("[fcgi-program:app]\ncommand=%(here)s/app\nsocket=unix://" + folder.resolve("app.sock") + "\n");
    program("app", "perl -MSocket -e 'print unpack(\"i\", getsockopt(STDIN, SOL_SOCKET, SO_ACCEPTCONN)), \"\\n\"' >listens\n"
        + "exec sleep 1000");
    s6.up("app");

    eventually("the program has looked", () -> lines("listens").equals(List.of("1")));
    assertThat(folder.resolve("app.sock")).exists();
  }

  @Test
  void aLogTargetInAVariableKeepsItsMeaning() throws IOException {
    StringBuilder text = new StringBuilder();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("none", "None");
    values.put("empty", "");
    values.put("null", "//dev//null");
    values.put("out", "/dev/stdout");
    values.put("err", "/proc/self/fd/2");
    values.put("tty", "/dev/tty");
    values.put("fd", "/dev/fd/0");
    values.put("nodevice", "/dev/no-such-device");
    values.put("auto", "AUTO");
    values.put("file", folder + "/given/x.log");
    values.put("same", folder + "/given/x.log");
    values.put("link", folder + "/link.log");
    values.put("hostile", folder + "/$(touch hacked)`touch hacked`\"; touch hacked; *.log");
    values.keySet().forEach(name -> text.append("[program:").append(name).append("]\ncommand=%(here)s/say ").append(name)
        .append("\nstdout_logfile=%(ENV_TO_").append(name).append(")s\nstderr_logfile=/dev/null\n"));
    start(text + "[program:linked]\ncommand=%(here)s/say linked\nstdout_logfile=%(here)s/link.log\n"
        + "[program:errors]\ncommand=%(here)s/say errors\nstdout_logfile=%(here)s/errors.log\nstderr_logfile=%(ENV_E)s\n"
        + "[program:autos]\ncommand=%(here)s/say autos\nstdout_logfile=%(here)s/autos.log\nstderr_logfile=%(ENV_A)s\n"
        + "[program:crossed]\ncommand=%(here)s/say crossed\nstdout_logfile=%(here)s/crossed.log\n"
        + "stderr_logfile=/dev/stdout\n");
    program("say", "echo \"$1 speaks\"; echo \"$1 complains\" >&2; exec sleep 1000");
    Files.createSymbolicLink(folder.resolve("link.log"), Path.of("/dev/stdout"));
    for (Map.Entry<String, String> value : values.entrySet()) {
      s6.with("TO_" + value.getKey(), value.getValue());
    }
    s6.with("E", folder + "/complaints.log").with("A", "auto");
    for (String name : values.keySet()) {
      s6.up(name);
    }
    for (String name : List.of("linked", "errors", "autos", "crossed")) {
      s6.up(name);
    }

    for (String name : List.of("out", "err", "tty", "fd", "nodevice", "link", "linked")) {
      eventually(name + " is in the container's log", () -> containerLog().contains(name + " speaks\n"));
    }
    eventually("AUTO", () -> lines("logs/auto.log.d/current").equals(List.of("auto speaks")));
    eventually("a file", () -> lines("given/x.log.d/current").equals(List.of("file speaks")));
    eventually("the same file", () -> lines("given/x.log.same.d/current").equals(List.of("same speaks")));
    eventually("a hostile name", () -> lines("$(touch hacked)`touch hacked`\"; touch hacked; *.log.d/current")
        .equals(List.of("hostile speaks")));
    eventually("errors in a file", () -> lines("complaints.log.d/current").equals(List.of("errors complains")));
    eventually("errors with the output", () -> lines("autos.log.d/current").size() == 2);
    eventually("errors to the container's output", () -> containerLog().contains("crossed complains\n"));
    eventually("only its output in its file", () -> lines("crossed.log.d/current").equals(List.of("crossed speaks")));
    assertThat(s6.log()).doesNotContain("none speaks", "empty speaks", "null speaks", "file speaks", "auto speaks",
        "none complains");
    assertThat(s6.log()).contains("/dev/no-such-device cannot be written to");
    for (String none : List.of("/dev/null.d", "/dev/stdout.d", "/dev/no-such-device.d", "/None.d", "/.d", "/dev/tty.d",
        folder + "/link.log.d", folder + "/hacked")) {
      assertThat(Path.of(none)).doesNotExist();
    }
  }

  @Test
  void wordsInAVariableReachTheProgramAsWords() throws IOException {
    start("[program:web]\ncommand=%(here)s/show %(ENV_OPTS)s -cp %(ENV_NONE)s x\nuser=nobody\n"
        + "stdout_logfile=%(here)s/web.log\n", "", "web=script:/bin/true");
    program("show", "for word; do echo \"<$word>\"; done; exec sleep 1000");
    s6.with("OPTS", "-Xmx1g '-Dx=a b' $(id)").with("NONE", "").up("web");

    eventually("the words are in the log", () -> lines("web.log.d/current").size() == 5);
    assertThat(lines("web.log.d/current")).containsExactly("<-Xmx1g>", "<-Dx=a b>", "<$(id)>", "<-cp>", "<x>");
  }

  @Test
  void anOrderToSupervisorctlIsCarriedOutByS6() throws IOException {
    start("""
        [program:lb]
        command=%(here)s/lb
        startsecs=0
        [program:kick]
        command=sh -c 'until [ -e %(here)s/go ]; do sleep 0.1; done; supervisorctl restart lb && echo kicked >%(here)s/kicked;
          supervisorctl status lb >/dev/null && supervisorctl pid lb >%(here)s/pid; exec sleep 1000'
        """);
    program("lb", "echo run >>lb.runs; trap 'exit 0' TERM; while :; do sleep 0.1; done");
    s6.up("lb");
    s6.up("kick");
    eventually("lb runs", () -> lines("lb.runs").size() == 1);
    Files.writeString(folder.resolve("go"), "");

    // lb ends with 0 on TERM, as expected: s6-svc -r alone would leave it down.
    eventually("lb runs again", () -> lines("lb.runs").size() == 2);
    eventually("the caller went on", () -> lines("kicked").equals(List.of("kicked")) && lines("pid").size() == 1);
    assertThat(lines("pid").get(0)).isEqualTo(s6.status("lb", "pid"));
  }

  @Test
  void theShownLinesEndTheContainerWithTheProgramsExitCode() throws IOException {
    Conf conf = new Conf(folder).convert("[supervisord]\ndirectory=" + folder + "\nchildlogdir=" + folder + "/logs\n"
        + "[program:mta]\ncommand=%(here)s/mta\nstartsecs=0\n[program:vain]\ncommand=%(here)s/vain\nstartretries=1\n");
    String finish = conf.text("mta", "finish");
    Files.writeString(conf.path("mta", "finish"), finish.replaceFirst("\nfi\n", Matcher.quoteReplacement("\nfi\n" + Ending.HALTING)));
    String vain = conf.text("vain", "finish");
    Files.writeString(conf.path("vain", "finish"), vain.replaceFirst("    exit 125\n", Matcher.quoteReplacement(Ending.HALTING)));
    s6 = new S6(Files.createDirectories(folder.resolve("s6")), conf.output());
    String halt = "mkdir -p /run/s6/basedir/bin /run/s6-linux-init-container-results; printf '#!/bin/sh\\ncat"
        + " /run/s6-linux-init-container-results/exitcode >>" + folder + "/halted\\n' >/run/s6/basedir/bin/halt\n"
        + "chmod 755 /run/s6/basedir/bin/halt\n";
    program("mta", halt + "exit 7");
    program("vain", halt + "kill -USR1 $$; sleep 9");
    s6.up("mta");
    eventually("it is halted with 7", () -> lines("halted").contains("7"));
    s6.down("mta");
    s6.up("vain");
    eventually("it is halted with 128 and the signal", () -> lines("halted").contains("138"));
  }

  private void start(String text) throws IOException {
    start(text, "", "");
  }

  private void start(String text, String depends, String ready) throws IOException {
    Conf conf = new Conf(folder).convert("[supervisord]\nchildlogdir=" + folder + "/logs\ndirectory=" + folder + "\n" + text,
        depends, ready);
    s6 = new S6(Files.createDirectories(folder.resolve("s6")), conf.output());
  }

  private void program(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Executables.write(file, "#!/bin/sh\ncd " + (name.equals("show") ? "." : folder.toString()) + "\n" + script + "\n");
  }

  private String containerLog() {
    try {
      return s6.log();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that is in a log folder. */
  private String logged(String log) {
    try (Stream<Path> files = Files.list(folder.resolve(log))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    } catch (NoSuchFileException e) {
      return "";  // Rotated away between the two looks.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> lines(String file) {
    try {
      return Files.exists(folder.resolve(file)) ? Files.readAllLines(folder.resolve(file)) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

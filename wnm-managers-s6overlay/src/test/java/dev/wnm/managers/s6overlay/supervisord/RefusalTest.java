package dev.wnm.managers.s6overlay.supervisord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  private static final String WEB = "[program:web]\ncommand=web\n[program:db]\ncommand=db\n";

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '~', textBlock = """
      [program:../../x]|command=x ~ line 1: '../../x' cannot be the name of a program or group
      [program:a b]|command=x ~ line 1: 'a b' cannot be the name of a program or group
      [program:x] ~ line 1: [program:x] has no command
      [program:x]|command= ~ line 2: command is empty
      [program:x]|command=a 'b ~ line 2: command must close the quote
      [program:x]|command=a %b ~ line 2: a % that is no %(name)s
      [program:x]|command=a %(frob)s ~ line 2: %(frob)s is nothing that supervisord expands here
      [program:x]|command=a|stopwaitsecs=%(ENV_NOT_SET)s ~ line 3: %(ENV_NOT_SET)s has to be known now
      [program:x]|command=a|numprocs=2 ~ process_name must hold %(process_num)d
      [program:x]|command=a|numprocs=many ~ line 3: numprocs must be a whole number from 1 to 999, not 'many'
      [program:x]|command=a|autostart=perhaps ~ line 3: autostart must be true or false, not 'perhaps'
      [program:x]|command=a|autorestart=maybe ~ line 3: autorestart must be true, false or unexpected, not 'maybe'
      [program:x]|command=a|exitcodes=0,256 ~ line 3: exitcodes must be numbers from 0 to 255
      [program:x]|command=a|stopsignal=SIGFROB ~ line 3: stopsignal must be a signal such as TERM
      [program:x]|command=a|umask=9 ~ line 3: umask must be an octal number
      [program:x]|command=a|user=a b ~ line 3: user must be the name or number of an account
      [program:x]|command=a|environment=A ~ line 3: environment must be KEY="value"
      [program:x]|command=a|environment=A=x@y ~ line 3: environment wants a comma after the value of A
      [program:x]|command=a|stdout_logfile_maxbytes=5X ~ line 3: stdout_logfile_maxbytes must be a size such as 50MB
      [program:x]|command=a|stopasgroup=true|killasgroup=false ~ line 4: killasgroup cannot be false
      [group:g]|programs=nobody ~ line 2: [group:g] names 'nobody', which is no program
      command=a ~ line 1: 'command=a' stands before the first [section]
      [program:x]|command ~ line 2: 'command' is neither a [section] nor name=value
      [supervisord]|nodaemon=true ~ has no [program:x] that can be converted
      """)
  void whatIsWrongIsRefusedWithFileAndLineAndNothingIsWritten(String text, String sentence) throws IOException {
    Conf conf = new Conf(folder);

    assertThatThrownBy(() -> conf.convert(text.replace('|', '\n') + "\n"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(conf.file().toString()).hasMessageContaining(sentence).hasMessageNotContaining("\n");
    assertThat(entries()).containsExactly("supervisord.conf");
  }

  @Test
  void allMissingVariablesAreNamedInOneGo() {
    Conf conf = new Conf(folder);

    assertThatThrownBy(() -> conf.convert("""
        [supervisord]
        user=%(ENV_RUN_AS)s
        childlogdir=%(ENV_LOGS)s
        [program:x]
        command=x %(ENV_LATER)s
        autorestart=%(ENV_AR)s
        priority=%(ENV_PRIO)s%(ENV_PORT)s
        stdout_logfile_maxbytes=%(ENV_SIZE)s
        process_name=%(program_name)s_%(process_num)d
        numprocs=%(ENV_COUNT)s
        [fcgi-program:y]
        command=y
        socket=%(ENV_SOCKET)s
        [group:g]
        programs=x
        priority=%(ENV_PRIO)s
        """)).isInstanceOf(BadInputException.class).hasMessage(conf.file() + " line 16: these variables have to be known now,"
            + " but are not set; set them for this run of wnm: PRIO (supervisord.conf line 16, supervisord.conf line 7),"
            + " LOGS (supervisord.conf line 3), RUN_AS (supervisord.conf line 2), COUNT (supervisord.conf line 10),"
            + " SIZE (supervisord.conf line 8), AR (supervisord.conf line 6), SOCKET (supervisord.conf line 13)");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', textBlock = """
      DEPENDS ~ web:db,db:web ~ --depends goes in a circle: web after db after web
      DEPENDS ~ web:web       ~ --depends goes in a circle: web after web
      DEPENDS ~ web:mail      ~ --depends names 'mail', which is no converted program or group; there are: db, web
      DEPENDS ~ web           ~ --depends must be pairs LATER:EARLIER separated by commas, but 'web' is not one
      READY ~ web             ~ --ready must be NAME=CHECK, where a check is tcp:PORT,
      READY ~ web=tcp:0       ~ --ready must be NAME=CHECK
      READY ~ web=http://     ~ --ready must be NAME=CHECK
      READY ~ web=script:x    ~ --ready must be NAME=CHECK
      READY ~ mail=tcp:80     ~ --ready names 'mail'
      READY ~ web=tcp:80,web=tcp:81 ~ --ready says two things of 'web'
      NEEDS ~ web=dir:etc     ~ --needs must be NAME=CHECK
      NEEDS ~ web=tcp:a b:80  ~ --needs must be NAME=CHECK
      ON_LOSS ~ web=stop      ~ --on_loss names 'web', of which --needs says nothing that it could lose
      ON_LOSS ~ web=die       ~ --on_loss must be NAME=leave|restart|stop
      HEALTH ~ web=tcp:80;interval=0  ~ --health must be NAME=CHECK[;interval=SECONDS]
      HEALTH ~ web=tcp:80;every=9     ~ --health must be NAME=CHECK[;interval=SECONDS]
      HEALTH ~ web=tcp:80;timeout=9999  ~ --health tcp:80;timeout=9999: interval is at most 86400 s
      LIMITS ~ web=memory:1K  ~ --limits must be NAME=LIMITS with memory:200M
      LIMITS ~ web=ram:1G     ~ --limits must be NAME=LIMITS
      LIMITS ~ web=cpu:0.5,cpu:1  ~ --limits must be NAME=LIMITS
      LIMITS ~ web=nofile:4k  ~ --limits must be NAME=LIMITS
      SERVICE_USER ~ web=a/b  ~ --service_user must be NAME=ACCOUNT
      CAPABILITIES ~ web=all  ~ --capabilities must be NAME=none or NAME=CAPABILITIES
      READ_ONLY ~ web=etc     ~ --read_only must be NAME=/PATH
      LOG_FORMAT ~ xml        ~ --log_format must be json, text, NAME=json or NAME=text
      LOG_GROUP ~ a b         ~ --log_group must be GROUP or NAME=GROUP
      MASK ~ web=A-B          ~ --mask must be NAME=VARIABLE
      BEFORE_STOP ~ web='x    ~ --before_stop must be NAME=COMMAND
      RELOAD_COMMAND ~ mail=x ~ --reload_command names 'mail'
      FORWARD ~ syslog://x    ~ --forward must be output, file:/PATH, syslog+udp://HOST
      FORWARD ~ syslog+udp://x:0 ~ --forward must be output
      """, quoteCharacter = '^')
  void wrongWishesAreRefusedAndNothingIsWritten(Wish wish, String text, String sentence) throws IOException {
    Conf conf = new Conf(folder);

    assertThatThrownBy(() -> conf.convert(WEB, Wishes.NONE.with(wish, text)))
        .isInstanceOf(BadInputException.class).hasMessageStartingWith(sentence);
    assertThat(entries()).containsExactly("supervisord.conf");
  }

  @Test
  void aFolderWithSomethingInItIsLeftAlone() throws IOException {
    Conf conf = new Conf(folder);
    Files.createDirectories(conf.output());
    Files.writeString(conf.output().resolve("mine"), "");

    assertThatThrownBy(() -> conf.convert(WEB)).isInstanceOf(BadInputException.class)
        .hasMessage("--output_dir " + conf.output() + " is not empty");
    assertThat(entries()).containsExactly("supervisord.conf", "tree");
  }

  @Test
  void anEmptyFolderIsFilled() throws IOException {
    Conf conf = new Conf(folder);
    Files.createDirectories(conf.output());

    conf.convert(WEB);

    assertThat(conf.path("web", "run")).isExecutable();
    assertThat(entries()).containsExactly("supervisord.conf", "tree");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> new Conf(folder).read()).isInstanceOf(BadInputException.class)
        .hasMessage(new Conf(folder).file() + " does not exist");
  }

  private Stream<String> entries() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList().stream();
    }
  }
}

package dev.wnm.notify;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.wnm.core.config.NotifyTarget;
import dev.wnm.core.model.Event;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.testkit.Pace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program is told as a program is told: by its standard input and its variables, and no shell reads any of it. */
class ProgramsTest {
  private static final Duration LIMIT = Pace.stretched(Duration.ofSeconds(20));

  @TempDir
  private Path folder;

  private final Programs programs = new Programs(new ProcessCommandRunner());

  private Attempt tell(String script, Message message, Duration limit) throws Exception {
    Path file = Files.writeString(folder.resolve("told"), "#!/bin/sh\ncd " + folder + "\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return programs.tell(new NotifyTarget.Program(file.toString()), message, limit);
  }

  private Attempt tell(String script) throws Exception {
    return tell(script, Samples.message(Samples.death(7)), LIMIT);
  }

  @Test
  void itReadsTheEventAndHasNoArguments() throws Exception {
    assertThat(tell("cat >json; env >variables; echo $# >arguments").isTold()).isTrue();
    assertThat(JsonParser.parseString(Files.readString(folder.resolve("json"))).getAsJsonObject().get("kind").getAsString()).isEqualTo("died");
    assertThat(folder.resolve("variables")).content().contains("WNM_EVENT_KIND=died", "WNM_EVENT_NODES=antnode0003.service",
        "WNM_EVENT_WHAT=antnode0003.service died (killed by signal 9)");
    assertThat(folder.resolve("arguments")).hasContent("0");
  }

  @Test
  void hostileNamesReachItAsTheyAre() throws Exception {
    Event hostile = new Event(1, Event.Kind.DIED, Samples.NOW, "died", "$(touch broken); `touch broken` \0 died", "", List.of("$(touch broken)"), 1);
    assertThat(tell("printf '%s' \"$WNM_EVENT_WHAT\" >what", Samples.message(hostile), LIMIT).isTold()).isTrue();
    assertThat(folder.resolve("what")).content().startsWith("$(touch broken); `touch broken`");
    assertThat(folder.resolve("broken")).doesNotExist();
  }

  @Test
  void oneThatFailsIsSaidToHaveSaidWhat() throws Exception {
    assertThat(tell("echo no route >&2; exit 3").why()).isEqualTo("it ended with 3: no route");
    assertThat(programs.tell(new NotifyTarget.Program("/no/such/program"), Samples.message(Samples.death(1)), LIMIT).why())
        .contains("/no/such/program");
  }

  @Test
  void oneThatHangsAndHeedsNoSignalIsKilledWithItsChildren() throws Exception {
    Attempt attempt = tell("trap '' TERM; echo $$ >pid; sleep 600 & sleep 600", Samples.message(Samples.death(7)), Duration.ofSeconds(1));
    assertThat(attempt.why()).startsWith("it was killed after 1 s");
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    eventually("it is gone", () -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  void whatItPrintsFillsNoMemory() throws Exception {
    assertThat(tell("head -c 1000000 /dev/zero | tr '\\0' x; head -c 1000000 /dev/zero | tr '\\0' y >&2; echo end >&2; exit 1").why())
        .hasSizeLessThan(400).endsWith("end");
  }

  @Test
  void oneThatReadsNothingIsToldAllTheSame() throws Exception {
    assertThat(tell("exit 0").isTold()).isTrue();
  }
}

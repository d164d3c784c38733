package dev.wnm.cli;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.managers.s6overlay.image.ImageSource;
import dev.wnm.managers.s6overlay.validation.Validation;
import dev.wnm.managers.s6overlay.validation.Verdict;
import dev.wnm.spi.command.CommandRunner;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code --validate}: looks at a tree of services and says what is wrong with it; opens no database, and changes nothing. */
final class ValidateCommand {
  private ValidateCommand() {}

  static ExitCode run(Settings asked, CommandRunner runner, PrintStream out) {
    Verdict verdict = new Validation(runner, ImageSource.ownServices()).look(asked.get(Options.VALIDATE), asked.find(Options.IMAGE).filter(name -> !name.isEmpty()));
    if (asked.get(Options.JSON)) {
      out.println(Json.pretty(fields(verdict)));
    } else {
      verdict.findings().forEach(out::println);
      verdict.notLookedAt().forEach(what -> out.println("not looked at: " + what + "; say --image NAME"));
      out.println(verdict.counts());
    }
    return verdict.isGood() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Map<String, Object> fields(Verdict verdict) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("services", verdict.services());
    fields.put("bundles", verdict.bundles());
    fields.put("findings", verdict.findings());
    fields.put("not_looked_at", verdict.notLookedAt());
    fields.put("judges", verdict.judges());
    fields.put("good", verdict.isGood());
    return fields;
  }
}

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
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code --validate}: looks at a tree of services and says what is wrong with it; opens no database, and changes nothing. */
final class ValidateCommand {
  private ValidateCommand() {}

  static ExitCode run(Settings asked, CommandRunner runner, PrintStream out) {
    Verdict verdict = new Validation(runner, ImageSource.ownServices()).look(asked.get(Options.VALIDATE), asked.find(Options.IMAGE).filter(name -> !name.isEmpty()));
    if (asked.get(Options.JSON)) {
      out.println(Json.pretty(fields(verdict)));
    } else {
      verdict.findings().forEach(out::println);
      // They begin with their kind: a line for each, since a small tree already takes dozens of programs for granted.
      verdict.notLookedAt().stream().map(what -> what.split(" ", 2))
          .collect(Collectors.groupingBy(what -> what[0], TreeMap::new, Collectors.mapping(what -> what[1], Collectors.joining(", "))))
          .forEach((kind, names) -> out.println("not looked at without --image NAME: " + kind + " " + names));
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

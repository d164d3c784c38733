package dev.wnm.cli;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.core.report.ReplayReport;
import dev.wnm.core.report.ReportFormat;
import dev.wnm.core.whatif.WhatIf;
import dev.wnm.core.whatif.replay.Replayed;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Human;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code --what_if}: JSON lines in, JSON lines out, without a database; or what is recorded in one, with other settings. */
final class WhatIfCommand {
  /** In the last week there is a moment for each minute. */
  private static final String USUAL_SINCE = "7d";

  private WhatIfCommand() {}

  static ExitCode run(String file, Platform platform, InputStream in, PrintStream out) throws IOException {
    try (Reader questions = open(file, platform, in)) {
      Writer answers = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      return new WhatIf(platform).answer(questions, answers) == 0 ? ExitCode.DONE : ExitCode.REFUSED;
    }
  }

  /** {@code --what_if history}: what was, with other settings. Writes nothing. */
  static ExitCode replay(Colony colony, Settings asked, PrintStream out) {
    String since = asked.get(Options.SINCE).isEmpty() ? USUAL_SINCE : asked.get(Options.SINCE);
    Replayed replayed = colony.replay(Human.span(since), changes(asked.get(Options.SET)), Options.SET.toString())
        .orElseThrow(() -> new BadInputException("--what_if history: the database holds nothing of the last " + since
            + " that decisions were made from; each cycle adds to it"));
    out.println(ReplayReport.print(replayed, ReportFormat.of(colony.settings())));
    return ExitCode.DONE;
  }

  private static Map<String, String> changes(String text) {
    Map<String, String> changes = new LinkedHashMap<>();
    for (String change : text.isEmpty() ? new String[0] : text.split(",")) {
      int equals = change.indexOf('=');
      String name = change.substring(0, equals).strip().replace('-', '_');
      if (changes.put(name, change.substring(equals + 1).strip()) != null) {
        throw new BadInputException(Options.SET + " names " + name + " twice");
      }
    }
    return changes;
  }

  private static Reader open(String file, Platform platform, InputStream in) {
    if (file.equals("-")) {
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    Path path = platform.currentFolder().resolve(file);
    try {
      return Files.newBufferedReader(path, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new BadInputException("--what_if " + file + " is not there; - reads standard input");
    } catch (IOException e) {
      throw new BadInputException("--what_if " + file + " cannot be read: " + e);
    }
  }
}

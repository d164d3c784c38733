package dev.wnm.cli;

import dev.wnm.core.config.Platform;
import dev.wnm.core.whatif.WhatIf;
import dev.wnm.spi.config.BadInputException;
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

/** {@code --what_if}: JSON lines in, JSON lines out; opens no database. */
final class WhatIfCommand {
  private WhatIfCommand() {}

  static ExitCode run(String file, Platform platform, InputStream in, PrintStream out) throws IOException {
    try (Reader questions = open(file, platform, in)) {
      Writer answers = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      return new WhatIf(platform).answer(questions, answers) == 0 ? ExitCode.DONE : ExitCode.REFUSED;
    }
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

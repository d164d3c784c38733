package dev.wnm.cli;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.Settings;
import dev.wnm.managers.s6overlay.companion.Wishes;
import dev.wnm.managers.s6overlay.supervisord.Conversion;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/** {@code --convert_supervisord}: a file in, a folder and a report out; opens no database. */
final class ConvertCommand {
  private ConvertCommand() {}

  static ExitCode run(Settings asked, Platform platform, PrintStream out) throws IOException {
    if (!asked.isGiven(Options.OUTPUT_DIR)) {
      throw new BadInputException("--convert_supervisord needs --output_dir: the folder to make");
    }
    Conversion conversion = Conversion.of(asked.get(Options.CONVERT_SUPERVISORD), platform.environment(),
        Wishes.of(wish -> Optional.ofNullable(asked.asText().get(wish.option())).filter(text -> !text.isEmpty())));
    if (!asked.get(Options.DRY_RUN)) {
      conversion.writeTo(asked.get(Options.OUTPUT_DIR));
    }
    out.print(conversion.report());
    return ExitCode.DONE;
  }
}

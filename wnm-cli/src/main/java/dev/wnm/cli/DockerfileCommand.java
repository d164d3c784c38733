package dev.wnm.cli;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.managers.s6overlay.image.ImageSource;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.io.PrintStream;

/** {@code --dockerfile}: a recipe on stdout, or with its files in a folder; opens no database. */
final class DockerfileCommand {
  private DockerfileCommand() {}

  static ExitCode run(Settings asked, PrintStream out) throws IOException {
    ImageSource source = new ImageSource();
    if (!asked.isGiven(Options.OUTPUT_DIR)) {
      if (asked.isGiven(Options.COMPANIONS)) {
        throw new BadInputException("--companions needs --output_dir: services may hold secrets, which are not for standard"
            + " output");
      }
      out.print(source.dockerfile());
      return ExitCode.DONE;
    }
    if (asked.get(Options.DRY_RUN)) {
      out.println("would write the image's recipe and files to " + asked.get(Options.OUTPUT_DIR));
      return ExitCode.DONE;
    }
    source.writeTo(asked.get(Options.OUTPUT_DIR), asked.find(Options.COMPANIONS));
    out.println("wrote the image's recipe and files; build it with: docker build -t wnm-s6 "
        + asked.get(Options.OUTPUT_DIR));
    return ExitCode.DONE;
  }
}

package dev.wnm.cli;

import dev.wnm.core.colony.OwnProcess;
import dev.wnm.core.config.Platform;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where {@code java -jar wnm-cli.jar} begins, and the one place that ends the JVM. */
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    // UTF-8 whatever the locale of cron: reports are read by programs.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    StatusLine errors = new StatusLine(new FileOutputStream(FileDescriptor.err));
    PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
    NameEncoding.refusal().ifPresent(sentence -> {
      err.println("wnm: " + sentence);
      System.exit(ExitCode.REFUSED.code());
    });
    Platform platform = Platform.here();
    OwnProcess.prepare();
    ExitCode code = new Program(platform, System.in, out, err, Stamps.ofThisProcess(platform.environment()),
        Terminal.ofThisProcess(platform, errors), GracefulStop.onSignals(System::exit)).run(List.of(words));
    out.flush();
    System.exit(code.code());
  }
}

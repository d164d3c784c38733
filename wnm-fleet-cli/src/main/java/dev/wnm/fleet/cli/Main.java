package dev.wnm.fleet.cli;

import dev.wnm.core.config.Platform;
import dev.wnm.core.report.table.Screen;
import dev.wnm.runner.ProcessCommandRunner;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;

/** Where {@code wnm fleet} begins, and the one place that ends the JVM. */
public final class Main {
  /** What wnm was started with, by its launcher. */
  private static final String LAUNCHER = "wnm.launcher";

  private Main() {}

  public static void main(String[] words) {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Platform platform = Platform.here();
    Screen screen = Screen.of(platform.environment(), System.console() != null, OptionalInt::empty);
    FleetContext context = new FleetContext(platform, System.in, out, err, screen, new ProcessCommandRunner(), Clock.systemUTC(),
        List.of(System.getProperty(LAUNCHER, "wnm")));
    int code = new FleetProgram(Commands.all(), context).run(List.of(words));
    out.flush();
    System.exit(code);
  }
}

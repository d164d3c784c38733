package dev.wnm.cli.top;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A program that shows a frame on its terminal, and then comes to an end of the kind that its argument names. */
final class StageOnATerminal {
  private StageOnATerminal() {}

  public static void main(String[] words) throws Exception {
    try (Reader reader = new Reader(() -> Sample.snapshot(Sample.running(3)), Duration.ofHours(1)); Stage stage = Stage.ofThisProcess("xterm")) {
      Frame frame = Frame.of(Sample.model(Sample.running(3)), stage.extent(), true, Sample.NOW);
      stage.show(frame);
      switch (words[0]) {
        case "q" -> { }
        case "defect" -> throw new IllegalStateException("a defect");
        case "exit" -> System.exit(3);
        case "TSTP" -> {
          // Suspended, and quit once the shell has it go on.
          String pid = Long.toString(ProcessHandle.current().pid());
          new ProcessBuilder("sh", "-c", "stopped() { grep -q '^State:.T' /proc/$0/status; }; kill -TSTP $0; until stopped; do :; done; while stopped; do :; done; kill -INT $0",
              pid).start();
          new Top(stage, reader, Clock.systemUTC(), true).run();
        }
        default -> {
          new ProcessBuilder(List.of("kill", "-" + words[0], Long.toString(ProcessHandle.current().pid()))).start();
          new Top(stage, reader, Clock.systemUTC(), true).run();
        }
      }
    }
  }
}

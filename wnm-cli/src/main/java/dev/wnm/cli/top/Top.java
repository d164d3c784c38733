package dev.wnm.cli.top;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.report.table.Screen;
import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** {@code --top}: shows the colony on the terminal until q is pressed. Writes nothing. */
public final class Top {
  private static final Duration BETWEEN_READINGS = Duration.ofSeconds(5);
  /** After so long without a key ages go on, and newer data are shown. In ms. */
  private static final long TICK_MS = 250;

  private final Stage stage;
  private final Reader reader;
  private final Clock clock;
  private final boolean isColoured;

  Top(Stage stage, Reader reader, Clock clock, boolean isColoured) {
    this.stage = stage;
    this.reader = reader;
    this.clock = clock;
    this.isColoured = isColoured;
  }

  /**
   * Shows the colony until q is pressed or the terminal goes away.
   *
   * @param type what the variable {@code TERM} says
   * @throws IOException when the terminal cannot be used
   * @throws RuntimeException of the store when the database cannot be read at the start
   */
  public static void run(SettingsResolver resolver, Dependencies tools, Screen screen, String type) throws IOException {
    // What is wrong from the start is said in a sentence, and not on the screen.
    Colony.openToRead(resolver, tools).close();
    try (Reader reader = new Reader(() -> read(resolver, tools), BETWEEN_READINGS); Stage stage = Stage.ofThisProcess(type)) {
      new Top(stage, reader, tools.clock(), screen.isColoured()).run();
    }
  }

  private static Snapshot read(SettingsResolver resolver, Dependencies tools) throws IOException {
    try (Colony colony = Colony.openToRead(resolver, tools)) {
      return Snapshot.of(colony);
    }
  }

  void run() throws IOException {
    Model model = Model.FIRST;
    while (!model.isOver()) {
      long since = System.nanoTime();
      model = model.seeing(reader.sight());
      Frame frame = Frame.of(model, stage.extent(), isColoured, clock.instant());
      stage.show(frame);
      model = model.scrolledTo(frame.scroll());
      if (model.took().isPresent()) {
        model = model.timed(Optional.of(Duration.ofNanos(System.nanoTime() - since)));
      }
      try {
        Optional<Key> key = stage.key(TICK_MS);
        if (key.isPresent()) {
          model = Keys.press(model, key.get(), frame.page());
        }
      } catch (EOFException gone) {
        return;
      }
    }
  }
}

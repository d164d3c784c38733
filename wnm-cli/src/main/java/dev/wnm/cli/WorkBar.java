package dev.wnm.cli;

import dev.wnm.core.work.Work;
import dev.wnm.spi.internal.Human;
import java.io.IOException;
import java.text.DecimalFormat;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import me.tongfei.progressbar.DefaultProgressBarRenderer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** A bar for work under way: how many of how many are over, since when, how long it may still take, how fast it goes. */
final class WorkBar implements AutoCloseable {
  private static final int UPDATE_EVERY_MILLIS = 250;

  private final Terminal.Canvas canvas;
  private final ProgressBar bar;

  /** Draws it from now on. @param soFar how long the work has been under way */
  WorkBar(Work work, Duration soFar, Terminal.Canvas canvas) {
    this.canvas = canvas;
    bar = new ProgressBar(work.phrase(), work.total(), UPDATE_EVERY_MILLIS, true, true, 0, soFar, new Words(),
        new DelegatingProgressBarConsumer(this::draw, canvas.width() - 1));
    show(work);
  }

  /** How far it has come now. */
  void show(Work work) {
    bar.stepTo(work.over());
    bar.setExtraMessage(work.failed() == 0 ? "" : " " + work.failed() + " failed");
  }

  /** Takes it away. */
  @Override
  public void close() {
    bar.close();
    draw("");
  }

  private void draw(String text) {
    try {
      canvas.line().draw(text.stripTrailing());
    } catch (IOException gone) {
      System.getLogger(WorkBar.class.getName()).log(System.Logger.Level.DEBUG, "the terminal is gone", gone);
    }
  }

  /** Says times and rates as all of wnm does. */
  private static final class Words extends DefaultProgressBarRenderer {
    Words() {
      super(ProgressBarStyle.ASCII, "", 1, true, new DecimalFormat("0"), ChronoUnit.SECONDS, true, state -> Optional.empty());
    }

    @Override
    protected String etaString(ProgressState state) {
      return new Pace(state.getCurrent(), state.getMax(), state.getTotalElapsed()).left().map(left -> Human.time(left) + " left").orElse("?");
    }

    @Override
    protected String speed(ProgressState state) {
      return " " + new Pace(state.getCurrent(), state.getMax(), state.getTotalElapsed()).rate();
    }
  }
}

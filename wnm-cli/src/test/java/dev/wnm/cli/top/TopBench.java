package dev.wnm.cli.top;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.impl.DumbTerminal;

/**
 * How long a redraw of {@code --top} takes, from the model to the bytes for the terminal: every view, at two sizes, with newer data each time.
 * How to call it: {@code docs/bench.md}.
 *
 * <p>Argument: nodes (5,000 when left out).
 */
public final class TopBench {
  private static final int TIMES = 200;
  private static final int DEAD = 100;

  private TopBench() {}

  public static void main(String[] words) throws IOException {
    int count = words.length > 0 ? Integer.parseInt(words[0]) : 5_000;
    List<Node> nodes = new ArrayList<>(Sample.running(count));
    for (int i = 0; i < Math.min(DEAD, count); i++) {
      nodes.set(i, Sample.node(i + 1, NodeStatus.DEAD));
    }
    List<Snapshot> snapshots = List.of(Sample.snapshot(nodes), Sample.snapshot(Sample.running(count)));
    for (Extent extent : List.of(new Extent(80, 24), new Extent(200, 60))) {
      for (View view : View.values()) {
        measure(snapshots, extent, view);
      }
    }
  }

  private static void measure(List<Snapshot> snapshots, Extent extent, View view) throws IOException {
    DumbTerminal terminal = new DumbTerminal("bench", "xterm-256color", new ByteArrayInputStream(new byte[0]), OutputStream.nullOutputStream(), StandardCharsets.UTF_8);
    terminal.setSize(new Size(extent.columns(), extent.rows()));
    List<Double> took = new ArrayList<>();
    try (Stage stage = new Stage(terminal, terminal.reader())) {
      Model model = Model.FIRST.seeing(new Sight(Optional.of(snapshots.get(0)), "")).showing(View.NODES).sorted("-age").showing(view);
      for (int i = 0; i < TIMES; i++) {
        Sight newer = new Sight(Optional.of(snapshots.get(i % snapshots.size())), "");
        long since = System.nanoTime();
        model = model.seeing(newer).moved(1);
        stage.show(Frame.of(model, stage.extent(), true, Sample.NOW.plusSeconds(i)));
        took.add((System.nanoTime() - since) / 1e6);
      }
    }
    double first = took.get(0);
    took.sort(null);
    System.out.println(String.format(Locale.ROOT, "%dx%d %-12s first %.1f ms, median %.1f ms, 99 %% %.1f ms", extent.columns(), extent.rows(), view.title(), first,
        took.get(TIMES / 2), took.get(TIMES * 99 / 100)));
  }
}

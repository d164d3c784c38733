package dev.wnm.core.whatif.replay;

import dev.wnm.core.history.Measure;

/**
 * What of one thing the machine uses without nodes, and with each node more; neither is below 0.
 *
 * @param measure of what
 * @param idle what is used without nodes, in the measure's unit
 * @param perNode what each node uses, in the same unit
 * @param basis what both come from
 * @param explained how much of the changes in use the nodes explain, 0 to 1; 0 where that is not known
 * @param samples how many measurements it comes from
 */
public record Fit(Measure measure, double idle, double perNode, Basis basis, double explained, int samples) {
  /** What a cost comes from. */
  public enum Basis {
    /** How the use changed when the number of nodes did, by least squares. */
    FITTED,
    /** The number of nodes hardly changed, so that nothing tells the machine's own use from theirs: all of it is counted as theirs. */
    SHARED,
    /** Nothing was measured while there were nodes. */
    UNKNOWN
  }

  /** Comings and goings of fewer nodes than this, or than this share of their mean number, tell nothing. */
  private static final double LEAST_MOVES = 3;
  private static final double LEAST_SHARE = 0.1;

  /** Pairs of numbers that a straight line is sought for. */
  private static final class Line {
    private double count;
    private double x;
    private double y;
    private double xx;
    private double xy;
    private double yy;

    void add(double nextX, double nextY) {
      count++;
      x += nextX;
      y += nextY;
      xx += nextX * nextX;
      xy += nextX * nextY;
      yy += nextY * nextY;
    }

    private double spread(double products, double first, double second) {
      return products - first * second / count;
    }

    /** By least squares, and not below 0. */
    double slope() {
      double spread = count == 0 ? 0 : spread(xx, x, x);
      return spread <= 0 ? 0 : Math.max(0, spread(xy, x, y) / spread);
    }

    double explained() {
      double all = count == 0 ? 0 : spread(yy, y, y);
      double missed = all - 2 * slope() * spread(xy, x, y) + slope() * slope() * spread(xx, x, x);
      return all <= 1e-12 ? 0 : Math.max(0, Math.min(1, 1 - missed / all));
    }
  }

  /**
   * What comes from how the use changed shortly after the number of nodes did. How much is used while there are so many nodes tells less:
   * wnm takes nodes away because the machine is busy with other things, so that few nodes go together with much use.
   *
   * @param nodes how many nodes there were, for each measurement, the oldest first
   * @param used what was used then
   * @param window how many measurements before and after a moment are compared; for each moment, 0 where there is a gap around it
   */
  static Fit ofChanges(Measure measure, double[] nodes, double[] used, int[] window) {
    Line line = new Line();
    double[] nodesUpTo = sums(nodes);
    double[] usedUpTo = sums(used);
    for (int i = 1; i < nodes.length; i++) {
      int w = Math.min(window[i], Math.min(i, nodes.length - i));
      if (w > 0) {
        line.add(change(nodesUpTo, i, w), change(usedUpTo, i, w));
      }
    }
    return of(measure, nodes, used, line);
  }

  /** What comes from how much was used with how many nodes: for what grows slowly with each node, such as its data. */
  static Fit ofLevels(Measure measure, double[] nodes, double[] used) {
    Line line = new Line();
    for (int i = 0; i < nodes.length; i++) {
      line.add(nodes[i], used[i]);
    }
    return of(measure, nodes, used, line);
  }

  private static Fit of(Measure measure, double[] nodes, double[] used, Line line) {
    double meanNodes = mean(nodes);
    double meanUsed = mean(used);
    if (meanNodes == 0) {
      return new Fit(measure, meanUsed, 0, Basis.UNKNOWN, 0, nodes.length);
    }
    double moves = 0;
    for (int i = 1; i < nodes.length; i++) {
      moves += Math.abs(nodes[i] - nodes[i - 1]);
    }
    return moves < Math.max(LEAST_MOVES, LEAST_SHARE * meanNodes)
        ? new Fit(measure, 0, meanUsed / meanNodes, Basis.SHARED, 0, nodes.length)
        : new Fit(measure, Math.max(0, meanUsed - line.slope() * meanNodes), line.slope(), Basis.FITTED, line.explained(), nodes.length);
  }

  /** The mean of so many values from {@code i} on less that of as many before. */
  private static double change(double[] upTo, int i, int w) {
    return (upTo[i + w] - 2 * upTo[i] + upTo[i - w]) / w;
  }

  private static double[] sums(double[] values) {
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    return sums;
  }

  private static double mean(double[] values) {
    return values.length == 0 ? 0 : sums(values)[values.length] / values.length;
  }
}

package dev.wnm.spi.manager;

import java.util.ArrayList;
import java.util.List;

/** The command line of a node, the same for every back end that starts antnode itself. */
public final class NodeCommandLine {
  private NodeCommandLine() {}

  /**
   * The binary and its arguments, the EVM network last, as antnode wants it.
   *
   * <p>{@code --stop-on-upgrade} is not among them: versions that do not know it refuse to start. A back end that wants
   * it puts it into the node's {@code startArgs} after asking the binary.
   */
  public static List<String> of(NodeSpec node) {
    List<String> words = new ArrayList<>(List.of(
        node.binary().toString(),
        "--bootstrap-cache-dir", node.bootstrapCache().toString(),
        "--root-dir", node.rootDir().toString(),
        "--port", Integer.toString(node.ports().node()),
        "--enable-metrics-server",
        "--metrics-server-port", Integer.toString(node.ports().metrics()),
        "--log-output-dest", node.logDir().toString(),
        "--max-log-files", "1",
        "--max-archived-log-files", "1"));
    if (!node.upnp()) {
      words.add("--no-upnp");
    }
    words.addAll(node.startArgs());
    words.addAll(List.of("--rewards-address", node.wallet(), node.network()));
    return List.copyOf(words);
  }
}

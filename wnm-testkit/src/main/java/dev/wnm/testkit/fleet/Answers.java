package dev.wnm.testkit.fleet;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.AntnodePages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * What one simulated node says: whole HTTP answers, made beforehand. Immutable; the large pages are shared by the nodes
 * that say the same.
 */
public final class Answers {
  private static final String PEER_ID_START = "12D3KooW";
  private static final int PEER_ID_CHARS = 52;
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final ByteBuffer NOT_FOUND = http("404 Not Found", "Not Found. Try /metrics");

  private final Map<String, ByteBuffer> byPath;
  private final ByteBuffer otherwise;
  private final boolean none;

  private Answers(Map<String, ByteBuffer> byPath, ByteBuffer otherwise, boolean none) {
    this.byPath = byPath;
    this.otherwise = otherwise;
    this.none = none;
  }

  /** Takes connections and requests and never says a word. */
  public static Answers hanging() {
    return new Answers(Map.of(), ByteBuffer.allocate(0), true);
  }

  /** Answers everything with a page that is no metrics. */
  public static Answers garbage() {
    return new Answers(Map.of(), http("200 OK", "<!DOCTYPE html>\n<title>Router</title>\n<p>no { metrics here\n"), false);
  }

  /**
   * The pages of a node.
   *
   * @param values as {@link AntnodePages#page} takes them
   */
  public static Answers of(AntnodePages pages, Map<String, String> values) {
    Map<String, ByteBuffer> byPath = new HashMap<>();
    for (String path : new String[] {"/metadata", "/metrics", "/metrics_extended"}) {
      byPath.put(path, http("200 OK", pages.page(path, values).orElseThrow()));
    }
    return new Answers(Map.copyOf(byPath), NOT_FOUND, false);
  }

  /** The same metrics as another node, the large part of its memory shared. */
  public Answers as(AntnodePages pages, Version version, String peerId) {
    Map<String, ByteBuffer> own = new HashMap<>(byPath);
    own.put("/metadata",
        http("200 OK", pages.page("/metadata", Map.of("version", version.text(), "peer_id", peerId)).orElseThrow()));
    return new Answers(Map.copyOf(own), otherwise, none);
  }

  /** A peer id as antnode has them, the same for the same seed. */
  public static String peerId(long seed) {
    Random random = new Random(seed);
    StringBuilder id = new StringBuilder(PEER_ID_START);
    while (id.length() < PEER_ID_CHARS) {
      id.append(BASE58.charAt(random.nextInt(BASE58.length())));
    }
    return id.toString();
  }

  boolean never() {
    return none;
  }

  /** The answer to a request for a path, ready to be written. */
  ByteBuffer to(String path) {
    return byPath.getOrDefault(path, otherwise).duplicate();
  }

  private static ByteBuffer http(String status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    byte[] head = ("HTTP/1.1 " + status + "\r\ncontent-type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n"
        + "content-length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer answer = ByteBuffer.allocateDirect(head.length + bytes.length);
    return answer.put(head).put(bytes).flip().asReadOnlyBuffer();
  }
}

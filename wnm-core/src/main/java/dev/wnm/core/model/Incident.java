package dev.wnm.core.model;

import dev.wnm.spi.internal.PlainText;
import java.time.Instant;

/**
 * What befell a node by itself; kept when the node is started again.
 *
 * @param nodeId which node
 * @param service the name its process manager knows it by
 * @param kind what happened
 * @param seenAt when it was seen, whole seconds
 * @param cause why, as far as that is known, in one line; may be empty
 */
public record Incident(int nodeId, String service, Kind kind, Instant seenAt, String cause) {
  /** What can befall a node; the names are those stored. */
  public enum Kind {
    /** Its process ended by itself. */
    DIED("died"),
    /** It ended again and again, whoever starts it each time. */
    LOOPING("dies again and again"),
    /** Its process runs and does not answer. */
    HUNG("stopped answering"),
    /** A start, an upgrade, a removal or a migration does not come to its end. */
    STUCK("got stuck");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For sentences such as "antnode0003 died". */
    public String words() {
      return words;
    }
  }

  public Incident {
    cause = PlainText.of(cause).strip();
  }

  /** What happened and why, without the node's name: {@code died (its process ended: killed by signal 9)}. */
  public String words() {
    return kind.words() + (cause.isEmpty() ? "" : " (" + cause + ")");
  }
}

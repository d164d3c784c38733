package dev.wnm.spi.program;

/** A whole number that a program's files tell of a node; 0 or more. */
public enum NodeFigure {
  /** Records stored. */
  RECORDS,
  /** Records that the node is responsible for. */
  REL_RECORDS,
  /** Peers that it has a connection to. */
  CONNECTED_PEERS,
  /** Connections, those of browsers among them. */
  OPEN_CONNECTIONS,
  /** Peers in its routing table. */
  TOTAL_PEERS,
  /** Requests for data answered since its process started. */
  GETS,
  /** Data taken since its process started. */
  PUTS,
  /** Payments verified since its process started. */
  PAYMENT_COUNT,
  /** Connections of others that it relays now. */
  RELAY_SESSIONS,
  /** Audits that it made of other nodes and that these passed, since its process started. */
  AUDITS_PASSED,
  /** Audits that it made of other nodes and that these failed, since its process started. */
  AUDITS_FAILED
}

package dev.wnm.fleet.nats;

import dev.wnm.fleet.model.HostName;

/** Where things are on the server. */
final class Subjects {
  /** The bucket that all is kept in, and its stream. */
  static final String BUCKET = "fleet";
  static final String STREAM = "KV_" + BUCKET;
  static final String KEPT = "$KV." + BUCKET + ".";
  static final String STATE = "state.";
  static final String WISH = "wish.";
  /** Of what operators share. */
  static final String SHARED = "shared.";
  private static final String ASK = "wnm.ask.";
  private static final String LATEST = "$JS.API.DIRECT.GET." + STREAM + ".";
  private static final String INBOX = "_INBOX.host.";

  private Subjects() {}

  /** Where a host says how it stands. */
  static String state(HostName host) {
    return KEPT + STATE + host;
  }

  /** Where is said what is wished of it. */
  static String wish(HostName host) {
    return KEPT + WISH + host;
  }

  /** Where it is asked. */
  static String ask(HostName host) {
    return ASK + host;
  }

  /** Where to ask what is kept under a subject. */
  static String latest(String subject) {
    return LATEST + subject;
  }

  /** How the subjects begin at which a host is answered: nobody else's answers come there. */
  static String inbox(HostName host) {
    return INBOX + host;
  }
}

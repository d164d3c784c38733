package dev.wnm.managers.antdaemon;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.time.Duration;

/** Carries calls to the daemon. Safe for many threads. */
interface Transport {
  /**
   * A call.
   *
   * @param method such as {@code POST}
   * @param path such as {@code /api/v1/nodes}
   * @param body JSON; empty for none
   */
  record Request(String method, String path, String body) {}

  /** What came back. @param code such as 200 */
  record Answer(int code, String body) {}

  /**
   * Sends a request to a port of this machine and waits for the whole answer.
   *
   * @throws ConnectException when the request cannot have reached anybody
   * @throws IOException when there is no answer in time, or none that is HTTP; what became of the request is not known then
   */
  Answer send(int port, Request request, Duration connect, Duration limit) throws IOException;

  /**
   * Asks a port of this machine for a stream of events.
   *
   * @param path such as {@code /api/v1/events}
   * @param limit for the connection and for the beginning of the answer
   * @return what follows that, until it is closed
   * @throws IOException when none is answered in time
   */
  InputStream listen(int port, String path, Duration limit) throws IOException;
}

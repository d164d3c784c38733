package dev.wnm.core.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a free loopback port that treats each connection as a test wants. */
final class OddServer implements AutoCloseable {
  /** What is done with one connection; it is closed afterwards. */
  interface Behaviour {
    void serve(OddServer server, InputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

  OddServer(Behaviour behaviour) {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread acceptor = new Thread(() -> acceptAll(behaviour), "odd-server-" + port());
    acceptor.setDaemon(true);
    acceptor.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  int connectionCount() {
    return connections.size();
  }

  List<String> requests() {
    return new ArrayList<>(requests);
  }

  /** Reads one request. @return its path, or "" when the client has closed the connection */
  String readRequest(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      text.append((char) next);
    }
    requests.add(text.toString());
    return text.toString().split(" ")[1];
  }

  /** Answers every request on a connection as a well node does, with these bodies. */
  static Behaviour answering(String metadata, String metrics) {
    return (server, in, out) -> {
      for (String path = server.readRequest(in); !path.isEmpty(); path = server.readRequest(in)) {
        out.write(ok(path.equals("/metadata") ? metadata : metrics));
      }
    };
  }

  /** Sends this after each request, whatever it was, then closes. */
  static Behaviour sending(byte[] bytes) {
    return (server, in, out) -> {
      server.readRequest(in);
      out.write(bytes);
    };
  }

  /** Takes connections and requests and never says a word. */
  static Behaviour silent() {
    return (server, in, out) -> {
      while (in.read() >= 0) {
        // Until the client gives up.
      }
    };
  }

  static byte[] ok(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return concat("HTTP/1.1 200 OK\r\ncontent-type: application/openmetrics-text\r\ncontent-length: " + bytes.length
        + "\r\n\r\n", bytes);
  }

  static byte[] concat(String head, byte[] body) {
    byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[first.length + body.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return all;
  }

  private void acceptAll(Behaviour behaviour) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        Thread worker = new Thread(() -> serve(behaviour, connection), "odd-connection-" + connection.getPort());
        worker.setDaemon(true);
        worker.start();
      } catch (IOException e) {
        // Closed by the test.
      }
    }
  }

  private void serve(Behaviour behaviour, Socket connection) {
    try (connection) {
      behaviour.serve(this, connection.getInputStream(), connection.getOutputStream());
    } catch (IOException e) {
      // The client went away, which many of these tests are about.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}

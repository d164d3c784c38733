package dev.wnm.managers.s6overlay.image;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A syslog server on the loopback interface, of RFC 6587 with counted octets or RFC 5426, which can be away. Thread-safe. */
final class SyslogReceiver implements AutoCloseable {
  private static final int LONGEST = 65_536;

  private final ServerSocketFactory factory;
  private final int port;
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  /** @param factory with TLS or without */
  SyslogReceiver(ServerSocketFactory factory, int port) {
    this.factory = factory;
    this.port = port;
  }

  /** Takes connections from now on. */
  synchronized SyslogReceiver comes() throws IOException {
    ServerSocket server = factory.createServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    open.add(server);
    start(() -> {
      while (true) {
        Socket connection = server.accept();
        keep(connection);
        start(() -> read(new DataInputStream(connection.getInputStream())));
      }
    });
    return this;
  }

  /** Takes datagrams from now on. */
  synchronized SyslogReceiver comesByUdp() throws IOException {
    DatagramSocket socket = new DatagramSocket(port, InetAddress.getByName("127.0.0.1"));
    open.add(socket);
    start(() -> {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        socket.receive(packet);
        messages.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
      }
    });
    return this;
  }

  /** Ends its connections and takes no others. */
  synchronized void goes() {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    open.clear();
  }

  /** The texts of messages of a service, in the order in which they came. */
  List<String> of(String service) {
    return messages.stream().map(message -> message.split(" ", 8)).filter(words -> words[3].equals(service))
        .map(words -> words[7]).toList();
  }

  List<String> messages() {
    return List.copyOf(messages);
  }

  private synchronized void keep(AutoCloseable each) {
    open.add(each);
  }

  private void read(DataInputStream in) throws IOException {
    while (true) {
      int length = 0;
      for (int digit = in.readUnsignedByte(); digit != ' '; digit = in.readUnsignedByte()) {
        length = length * 10 + digit - '0';
      }
      messages.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
  }

  private interface Reading {
    void run() throws IOException;
  }

  private static void start(Reading reading) {
    Thread thread = new Thread(() -> {
      try {
        reading.run();
      } catch (EOFException e) {
        return;
      } catch (java.net.SocketException | javax.net.ssl.SSLException e) {
        return;  // It went, or the other end did.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }, "syslog-receiver");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    goes();
  }
}

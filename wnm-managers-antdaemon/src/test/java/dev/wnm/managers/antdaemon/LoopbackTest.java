package dev.wnm.managers.antdaemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackTest {
  private static final Duration ENOUGH = Duration.ofSeconds(30);

  @FunctionalInterface
  private interface Server {
    void answer(Socket client) throws IOException;
  }

  private static Transport.Answer ask(Transport.Request request, Duration limit, Server server) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture.runAsync(() -> {
        try (Socket client = socket.accept()) {
          server.answer(client);
        } catch (IOException clientIsGone) {
          // As it may be.
        }
      });
      return new Loopback().send(socket.getLocalPort(), request, ENOUGH, limit);
    }
  }

  private static Transport.Answer ask(String answer) throws IOException {
    return ask(new Transport.Request("GET", "/x", ""), ENOUGH, client -> {
      client.getInputStream().read();
      client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    });
  }

  @Test
  void anAnswerIsItsCodeAndItsText() throws IOException {
    assertThat(ask("HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nnööpe")).extracting(Transport.Answer::code).isEqualTo(404);
    assertThat(ask("HTTP/1.0 200\r\n\r\nnö").body()).isEqualTo("nö");
    assertThat(ask("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}more").body()).isEqualTo("{}");
  }

  @Test
  void aRequestIsSentWhole() throws IOException {
    CompletableFuture<String> got = new CompletableFuture<>();

    ask(new Transport.Request("POST", "/api/v1/nodes", "{\"ä\":1}"), ENOUGH, client -> {
      byte[] bytes = new byte[1000];
      StringBuilder all = new StringBuilder();
      while (!all.toString().endsWith("}")) {
        all.append(new String(bytes, 0, client.getInputStream().read(bytes), StandardCharsets.UTF_8));
      }
      got.complete(all.toString());
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    });

    assertThat(got.join()).startsWith("POST /api/v1/nodes HTTP/1.0\r\nHost: 127.0.0.1:")
        .contains("Content-Type: application/json\r\nContent-Length: 8\r\n").endsWith("\r\n\r\n{\"ä\":1}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"''|hung up without an answer", "SSH-2.0|is not HTTP", "HTTP/1.1 200 OK|is not HTTP",
    "HTTP/2 200~~|is not HTTP", "HTTP/1.1 200 OK~Content-Length: 99~~cut|cut off after 3 of 99 bytes",
    "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2|in pieces"})
  void anOddAnswerIsNone(String answer, String why) {
    assertThatThrownBy(() -> ask(answer.replace("~", "\r\n"))).isInstanceOf(IOException.class).hasMessageContaining(why);
  }

  @Test
  void anAnswerThatNeverEndsIsCutOff() {
    assertThatThrownBy(() -> ask(new Transport.Request("GET", "/x", ""), ENOUGH, client -> {
      OutputStream out = client.getOutputStream();
      while (true) {
        out.write(new byte[100_000]);
      }
    })).isInstanceOf(IOException.class).hasMessageContaining("longer than");
  }

  @Test
  void anAnswerThatComesInDropsIsNotWaitedForForEver() {
    Duration limit = Duration.ofMillis(500);
    assertThatThrownBy(() -> ask(new Transport.Request("GET", "/x", ""), limit, client -> {
      while (true) {
        client.getOutputStream().write('H');
        client.setSoTimeout(50);
        try {
          client.getInputStream().read();
        } catch (SocketTimeoutException waited) {
          // The next drop.
        }
      }
    })).isInstanceOf(IOException.class).hasMessageContaining("within 0 s");
  }

  @Test
  void whereNobodyListensNothingWasSent() throws IOException {
    int port = FreePorts.next();
    assertThatThrownBy(() -> new Loopback().send(port, new Transport.Request("GET", "/x", ""), ENOUGH, ENOUGH))
        .isInstanceOf(ConnectException.class);
  }
}

package dev.wnm.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      + "6\r\nhello \r\n5;name=value\r\nworld\r\n0\r\nTrailer: x\r\n\r\n";
  private static final String COUNTED = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world";

  private final KeptBody body = new KeptBody();
  private final HttpResponse response = new HttpResponse("http://h:1/metrics", 20, body);

  @Property
  void aResponseMayComeInPiecesOfAnySize(@ForAll @IntRange(min = 1, max = 120) int size) throws Exception {
    for (String text : new String[] {CHUNKED, COUNTED}) {
      KeptBody kept = new KeptBody();
      HttpResponse inPieces = new HttpResponse("http://h:1/metrics", 20, kept);
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      for (int from = 0; from < bytes.length; from += size) {
        assertThat(inPieces.isComplete()).isFalse();
        inPieces.accept(bytes, from, Math.min(bytes.length, from + size));
      }

      assertThat(inPieces.isComplete()).isTrue();
      assertThat(inPieces.keepsConnection()).isTrue();
      assertThat(kept.bytes).hasToString("hello world");
    }
  }

  @Test
  void aBodyWithoutLengthEndsWithTheConnectionIfItSaysThatItIsWhole() throws Exception {
    feed("HTTP/1.0 200 OK\r\n\r\nhello");
    assertThat(response.isComplete()).isFalse();
    body.whole = true;
    response.end();

    assertThat(response.isComplete()).isTrue();
    assertThat(response.keepsConnection()).isFalse();
  }

  @Test
  void aConnectionThatEndsWithinTheBodyIsAnEarlyEnd() throws Exception {
    feed("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello");

    assertThatThrownBy(response::end).isInstanceOf(EOFException.class).hasMessageContaining("after 5 bytes of the body");
  }

  @Test
  void aBodyWithoutLengthThatDoesNotSayItIsWholeIsAnEarlyEnd() throws Exception {
    feed("HTTP/1.1 200 OK\r\n\r\nhello");

    assertThatThrownBy(response::end).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"})
  void aPeerMayWantToCloseTheConnection(String text) throws Exception {
    feed(text);

    assertThat(response.isComplete()).isTrue();
    assertThat(response.keepsConnection()).isFalse();
  }

  @Test
  void anHttp10PeerMayWantToKeepTheConnection() throws Exception {
    feed("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n");

    assertThat(response.keepsConnection()).isTrue();
  }

  @Test
  void linesMayEndWithoutCarriageReturn() throws Exception {
    feed("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi");

    assertThat(response.isComplete()).isTrue();
    assertThat(body.bytes).hasToString("hi");
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "SSH-2.0-OpenSSH_9.2\r\n", "\0\1\2", "HTTP/2 200\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1\r\n\r\n",
      "HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\n\r\n", "HTTP/1.1 500 Oops\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999\r\n\r\n",
      "HTTP/1.1 200 OK\r\n\r\nmore than twenty bytes",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n0123456789abcdef\r\n10\r\n0123456789abcdef\r\n"})
  void whatIsNoProperAnswerIsGarbage(String text) {
    assertThatThrownBy(() -> feed(text))
        .isInstanceOf(GarbageException.class).hasMessageStartingWith("http://h:1/metrics was ");
  }

  @Test
  void aHeadWithoutEndIsGarbage() {
    assertThatThrownBy(() -> feed("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(3_000))).isInstanceOf(GarbageException.class);
    assertThatThrownBy(() -> new HttpResponse("u", 20, body).accept(("HTTP/1.1 " + "x".repeat(20_000)).getBytes(
        StandardCharsets.US_ASCII), 0, 20_009)).isInstanceOf(GarbageException.class);
  }

  @Property
  void anyBytesAreBorne(@ForAll byte[] bytes) {
    for (String head : new String[] {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
      byte[] all = OddServer.concat(head, bytes);
      HttpResponse any = new HttpResponse("http://h:1/metrics", 20, new KeptBody());
      try {
        any.accept(all, 0, all.length);
        any.end();
      } catch (GarbageException | EOFException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private void feed(String text) throws GarbageException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    response.accept(bytes, 0, bytes.length);
  }

  private static final class KeptBody implements HttpResponse.Sink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean whole;

    @Override
    public void accept(byte[] piece, int from, int to) {
      bytes.write(piece, from, to - from);
    }

    @Override
    public boolean isWhole() {
      return whole;
    }
  }
}

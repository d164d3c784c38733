package dev.wnm.web.http;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebServerTest {
  private static final String LONG = "x".repeat(50_000);

  @TempDir
  private Path folder;
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private EventStreams streams;
  private WebServer server;
  private String token;

  @BeforeEach
  void aServerOfItsOwn() throws IOException {
    serve(false);
  }

  private void serve(boolean readingNeedsToken) throws IOException {
    Path file = folder.resolve("tokens");
    Tokens tokens = Tokens.in(file);
    token = Files.readString(file).strip().split(" ")[1];
    streams = new EventStreams();
    Routes routes = new Routes().get("/text", request -> Answer.text("text/plain", LONG)).get("/nodes/{id}", request -> Answer.json("\"" + request.part("id") + "\""))
        .open("/healthz", request -> Answer.text("text/plain", "ok"))
        .get("/broken", request -> {
          throw new IllegalStateException("the secret of the house");
        })
        .get("/strict", request -> {
          request.allowOnly(Set.of("points"));
          return Answer.json(Integer.toString(request.number("points", 1, 1, 10)));
        })
        .post("/orders", request -> Answer.accepted("\"" + request.caller().orElse("nobody") + " " + request.text() + "\""));
    server = WebServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty(), routes,
        new Gatekeeper(readingNeedsToken, Set.of("wnm.home"), tokens), streams, "/events", () -> new EventStreams.Event("first", "1", "{}"));
  }

  @AfterEach
  void nothingIsServedAnyMore() {
    server.close();
  }

  private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
    return send(request(path, headers).GET().build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  /** Whatever bytes; Java's own client would not send them. */
  private String raw(String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort()); OutputStream out = socket.getOutputStream()) {
      out.write((String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 200", "localhost, 200", "LOCALHOST:8420, 200", "[::1]:8420, 200", "192.168.1.7:8420, 200", "wnm.home:8420, 200",
      "evil.example, 421", "evil.example:8420, 421", "127.0.0.1.evil.example, 421", "localhost.evil.example, 421", "'', 421"})
  void onlyAddressesAndNamesOfItsOwnAreAnswered(String host, int status) throws IOException {
    assertThat(raw("GET /text HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void requestsWithoutAHostOrWithTwoAreRefused() throws IOException {
    assertThat(raw("GET /text HTTP/1.1", "Accept: */*")).contains(" 400 ");
    assertThat(raw("GET /text HTTP/1.1", "Host: localhost", "Host: evil.example")).contains(" 400 ");
  }

  @ParameterizedTest
  @CsvSource({"http://evil.example, 403", "null, 403", "http://localhost, 403", "http://127.0.0.1, 403"})
  void pagesOfOthersMayNotAskEvenToRead(String origin, int status) throws Exception {
    HttpResponse<String> answer = get("/text", "Origin", origin);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(get("/text", "Origin", "http://127.0.0.1:" + server.address().getPort()).statusCode()).isEqualTo(200);
  }

  @Test
  void aScriptOfAnotherSiteIsRefusedAndALinkFromThereIsNot() throws Exception {
    assertThat(get("/text", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors").statusCode()).isEqualTo(403);
    assertThat(get("/text", "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
    assertThat(get("/text", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate").statusCode()).isEqualTo(200);
    assertThat(get("/text", "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
  }

  @Test
  void ordersNeedATokenOfTheFileAndTellWhose() throws Exception {
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("stop");
    assertThat(send(request("/orders").POST(body).build()).statusCode()).isEqualTo(401);
    assertThat(send(request("/orders", "Authorization", "Bearer " + "0".repeat(43)).POST(body).build()).statusCode()).isEqualTo(401);
    assertThat(send(request("/orders", "Authorization", "Basic " + token).POST(body).build()).statusCode()).isEqualTo(401);
    assertThat(send(request("/orders?token=" + token).POST(body).build()).statusCode()).isEqualTo(401);
    HttpResponse<String> done = send(request("/orders", "Authorization", "Bearer " + token).POST(body).build());
    assertThat(done.statusCode()).isEqualTo(202);
    assertThat(done.body()).isEqualTo("\"admin stop\"");
    assertThat(send(request("/orders", "Authorization", "Bearer " + token, "Origin", "http://evil.example").POST(body).build()).statusCode()).isEqualTo(403);
  }

  @Test
  void whereOthersCanReachItReadingNeedsATokenToo() throws Exception {
    server.close();
    serve(true);
    assertThat(get("/text").statusCode()).isEqualTo(401);
    assertThat(get("/events").statusCode()).isEqualTo(401);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/text", "Authorization", "Bearer " + token).statusCode()).isEqualTo(200);
  }

  @Test
  void eachAnswerForbidsScriptsOfOthersFramesAndGuessing() throws Exception {
    for (String path : List.of("/text", "/nothing", "/broken")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'self'", "frame-ancestors 'none'");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }
  }

  @Test
  void whatWentWrongInsideIsNotTold() throws Exception {
    HttpResponse<String> answer = get("/broken");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret").contains("\"status\":500");
    assertThat(answer.headers().firstValue("Content-Type")).contains(Answer.PROBLEM);
  }

  @Test
  void whatIsNotThereAndWhatIsNotForThatMethodIsSaid() throws Exception {
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/orders").statusCode()).isEqualTo(405);
    assertThat(get("/nodes/7").body()).isEqualTo("\"7\"");
    assertThat(get("/nodes/7/log").statusCode()).isEqualTo(404);
    assertThat(send(request("/text").method("HEAD", HttpRequest.BodyPublishers.noBody()).build()).statusCode()).isEqualTo(200);
    assertThat(send(request("/text").DELETE().build()).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource({"points=3, 200", "'', 200", "points=0, 400", "points=11, 400", "points=x, 400", "points=1&points=2, 400", "dots=3, 400", "points=%zz, 400"})
  void parametersAreCheckedAndNoneIsPassedOver(String query, int status) throws IOException {
    assertThat(raw("GET /strict?" + query + " HTTP/1.1", "Host: localhost")).contains(" " + status + " ");
  }

  @Test
  void anAnswerThatTheClientHasIsNotSentAgain() throws Exception {
    HttpResponse<String> first = get("/text");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second = get("/text", "If-None-Match", tag);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(get("/text", "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding")).contains("gzip");
  }

  @Test
  void aLongAnswerIsTheSameCompressedAndAsItIs() throws Exception {
    HttpResponse<byte[]> packed = client.send(request("/text").header("Accept-Encoding", "gzip").build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(packed.body().length).isLessThan(LONG.length()).isEqualTo((int) packed.headers().firstValueAsLong("Content-Length").orElseThrow());
    assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(LONG);
    HttpResponse<String> plain = get("/text");
    assertThat(plain.body()).isEqualTo(LONG);
    assertThat(plain.headers().firstValueAsLong("Content-Length")).hasValue(LONG.length());
    assertThat(plain.headers().firstValue("ETag")).isEqualTo(packed.headers().firstValue("ETag"));
  }

  @Test
  void whoListensIsToldAtOnceAndThenOfEachEvent() throws Exception {
    HttpResponse<InputStream> listening = client.send(request("/events").build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = listening.body()) {
      assertThat(read(in, 30)).startsWith("id: 1\nevent: first\ndata: {}\n\n");
      streams.send(new EventStreams.Event("order", "", "a\nb"));
      assertThat(read(in, 24)).isEqualTo("event: order\ndata: a b\n\n");
    }
  }

  private static String read(InputStream in, int most) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith("\n\n") && text.length() < most + 40) {
      text.append((char) in.read());
    }
    return text.toString();
  }

  @Test
  void oneMoreThanMayListenIsRefusedAndAPlaceIsFreeAgainWhenOneLeaves() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < EventStreams.MOST; i++) {
        sockets.add(listener());
      }
      eventually("all listen", () -> streams.size() == EventStreams.MOST);
      assertThat(get("/events").statusCode()).isEqualTo(503);
      assertThat(get("/text").statusCode()).as("others are answered all the same").isEqualTo(200);
      sockets.get(0).close();
      eventually("the place of one that left is free", () -> {
        streams.send(new EventStreams.Event("beat", "", ""));
        return streams.size() < EventStreams.MOST;
      });
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private Socket listener() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    socket.getOutputStream().write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    assertThat(socket.getInputStream().read()).isPositive();
    return socket;
  }

  @Test
  void whoTakesNothingIsCutOffAndHoldsUpNobody() throws Exception {
    try (Socket lazy = listener()) {
      assertThat(lazy.isConnected()).isTrue();
      eventually("it listens", () -> streams.size() == 1);
      String big = "y".repeat(1 << 20);
      eventually("it is cut off", () -> {
        streams.send(new EventStreams.Event("big", "", big));
        return streams.size() == 0;
      });
      assertThat(get("/text").statusCode()).isEqualTo(200);
    }
  }
}

package dev.wnm.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.model.NodeMetric;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("sets proxies, which the whole JVM would go through")
class NodeProberTest {
  private static final String METADATA = SampleAnswers.metadata();
  private static final String METRICS = SampleAnswers.metrics();
  private static final ProbeLimits PATIENT =
      new ProbeLimits(4, 4, Duration.ofMinutes(1), Duration.ofMinutes(1), 100_000);
  /** For nodes that are to run into their timeout. */
  private static final ProbeLimits HASTY =
      new ProbeLimits(4, 4, Duration.ofMillis(200), Duration.ofMillis(400), 100_000);

  @Test
  void aWellNodeIsAskedForBothOnOneConnection() throws Exception {
    try (OddServer server = new OddServer(OddServer.answering(METADATA, METRICS))) {
      ProbeResult.Answered answer = answered(probe(server));

      assertThat(answer.version()).contains(new Version("0.4.18-rc.1"));
      assertThat(answer.peerId()).isEqualTo("12D3KooWQ8sTestPeerOfTheWeaveNodeManagerSuite1111111");
      assertThat(answer.metrics().find(NodeMetric.UPTIME)).hasValue(86_410);
      assertThat(server.connectionCount()).isEqualTo(1);
      assertThat(server.requests()).extracting(request -> request.split("\r\n")[0])
          .containsExactly("GET /metadata HTTP/1.1", "GET /metrics HTTP/1.1");
    }
  }

  @Test
  void compressionIsNotAskedFor() throws Exception {
    try (OddServer server = new OddServer(OddServer.answering(METADATA, METRICS))) {
      answered(probe(server));

      assertThat(server.requests()).noneMatch(request -> request.toLowerCase(Locale.ROOT).contains("encoding"));
    }
  }

  @Test
  void aNodeThatClosesTheConnectionInBetweenIsAskedOnANewOne() throws Exception {
    try (OddServer server = new OddServer((self, in, out) ->
        out.write(OddServer.ok(self.readRequest(in).equals("/metadata") ? METADATA : METRICS)))) {
      assertThat(answered(probe(server)).version()).isPresent();
      assertThat(server.connectionCount()).isEqualTo(2);
    }
  }

  @Test
  void aNodeThatSpeaksHttp10IsUnderstood() throws Exception {
    try (OddServer server = new OddServer((self, in, out) -> {
      String body = self.readRequest(in).equals("/metadata") ? METADATA : METRICS;
      out.write(("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
    })) {
      ProbeResult.Answered answer = answered(probe(server));

      assertThat(answer.version()).isPresent();
      assertThat(answer.metrics().find(NodeMetric.PUTS)).hasValue(48);
    }
  }

  @Test
  void aNodeWithoutMetadataStillAnswers() throws Exception {
    try (OddServer server = new OddServer((self, in, out) -> {
      boolean metadata = self.readRequest(in).equals("/metadata");
      out.write(metadata ? "HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.US_ASCII) : OddServer.ok(METRICS));
    })) {
      ProbeResult.Answered answer = answered(probe(server));

      assertThat(answer.version()).isEmpty();
      assertThat(answer.peerId()).isEmpty();
      assertThat(answer.metrics().find(NodeMetric.RECORDS)).hasValue(1_204);
    }
  }

  @Test
  void metricsThatDripInByteByByteAreReadAsLongAsTimeAllows() throws Exception {
    try (OddServer server = new OddServer((self, in, out) -> {
      for (String path = self.readRequest(in); !path.isEmpty(); path = self.readRequest(in)) {
        for (byte next : OddServer.ok(path.equals("/metadata") ? METADATA : "ant_node_uptime 77\n# EOF\n")) {
          out.write(next);
          out.flush();
        }
      }
    })) {
      assertThat(answered(probe(server)).metrics().find(NodeMetric.UPTIME)).hasValue(77);
    }
  }

  @Test
  void aPortWhereNothingListensRefuses() throws Exception {
    int port = FreePorts.next();

    assertThat(probe(port)).isEqualTo(new ProbeResult.Refused("127.0.0.1:" + port + " refuses connections"));
  }

  @Test
  void aNodeThatNeverAnswersIsNotAnswering() throws Exception {
    try (OddServer server = new OddServer(OddServer.silent())) {
      assertThat(probeHastily(server)).isEqualTo(new ProbeResult.NoAnswer(
          "http://127.0.0.1:" + server.port() + "/metadata did not answer within 0.4 s"));
    }
  }

  @Test
  void aNodeThatNeverEndsItsAnswerIsNotAnswering() throws Exception {
    try (OddServer server = new OddServer((self, in, out) -> {
      self.readRequest(in);
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nant_node_uptime".getBytes(StandardCharsets.US_ASCII));
      while (in.read() >= 0) {
        out.write(' ');
      }
    })) {
      assertThat(probeHastily(server)).isInstanceOf(ProbeResult.NoAnswer.class);
    }
  }

  @Test
  void aNodeWhoseQueueOfConnectionsIsFullTakesNone() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      List<ProbeTarget> targets = new ArrayList<>();
      for (int id = 1; id <= 6; id++) {
        targets.add(new ProbeTarget(id, "127.0.0.1", full.getLocalPort()));
      }

      assertThat(new NodeProber(new ProbeLimits(6, 6, Duration.ofMillis(200), Duration.ofMillis(400), 100))
          .probe(targets, Duration.ZERO).values())
          .allMatch(ProbeResult.NoAnswer.class::isInstance)
          .contains(new ProbeResult.NoAnswer("127.0.0.1:" + full.getLocalPort() + " took no connection within 0.2 s"));
    }
  }

  @Test
  void aNodeThatClosesAtOnceIsNotAnswering() throws Exception {
    try (OddServer server = new OddServer((self, in, out) -> { })) {
      assertThat(probe(server)).isInstanceOf(ProbeResult.NoAnswer.class);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNotAnAnswer() throws Exception {
    try (OddServer server = new OddServer((self, in, out) -> {
      self.readRequest(in);
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nant_node_uptime 5\n".getBytes(StandardCharsets.US_ASCII));
    })) {
      assertThat(((ProbeResult.NoAnswer) probe(server)).reason())
          .isEqualTo("http://127.0.0.1:" + server.port()
              + "/metrics was not answered to the end: the connection was closed after 18 bytes of the body");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2p1\r\n", "\u0000\u0001\u0002\u00ff", "HTTP/1.1 503 Busy\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\nprocess_cpu_seconds 1",
      "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"})
  void whatIsNotANodeIsReportedAsGarbage(String answer) throws Exception {
    try (OddServer server = new OddServer(OddServer.sending(answer.getBytes(StandardCharsets.ISO_8859_1)))) {
      assertThat(probe(server)).isInstanceOf(ProbeResult.Garbage.class);
    }
  }

  @Test
  void garbageIsShownByItsBeginning() throws Exception {
    try (OddServer server = new OddServer(OddServer.answering("", "<html>\n<title>My router</title>"))) {
      assertThat(((ProbeResult.Garbage) probe(server)).reason()).isEqualTo("http://127.0.0.1:" + server.port()
          + "/metrics gave what are not a node's metrics, beginning '<html>.<title>My router</title>'");
    }
  }

  @Test
  void anAnswerOverTheLimitIsCutOffAsGarbage() throws Exception {
    try (OddServer server = new OddServer((self, in, out) -> {
      self.readRequest(in);
      out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] line = "ant_node_uptime 5\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
      while (!Thread.currentThread().isInterrupted()) {
        out.write(line);
      }
    })) {
      assertThat(probe(server)).isEqualTo(new ProbeResult.Garbage(
          "http://127.0.0.1:" + server.port() + "/metrics was answered with more than 100000 bytes"));
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    try (OddServer goal = new OddServer(OddServer.answering(METADATA, METRICS));
        OddServer server = new OddServer(OddServer.sending(("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + goal.port()
            + "/metrics\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII)))) {
      assertThat(probe(server)).isInstanceOf(ProbeResult.Garbage.class);
      assertThat(goal.connectionCount()).isZero();
    }
  }

  @Test
  void proxySettingsAreIgnored() throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    try (OddServer proxy = new OddServer(OddServer.silent());
        OddServer server = new OddServer(OddServer.answering(METADATA, METRICS))) {
      System.setProperty("http.proxyHost", "127.0.0.1");
      System.setProperty("http.proxyPort", "" + proxy.port());
      System.setProperty("http.nonProxyHosts", "");
      System.setProperty("socksProxyHost", "127.0.0.1");
      System.setProperty("socksProxyPort", "" + proxy.port());
      ProxySelector.setDefault(new NoDirectWay());

      answered(probe(server));
      assertThat(proxy.connectionCount()).isZero();
    } finally {
      ProxySelector.setDefault(before);
      List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts", "socksProxyHost", "socksProxyPort")
          .forEach(System::clearProperty);
    }
  }

  @Test
  void anUnknownHostIsNotAnswering() {
    assertThat(new NodeProber(HASTY).probe(List.of(new ProbeTarget(3, "no such host.invalid", 13_001)), Duration.ZERO))
        .isEqualTo(Map.of(3, new ProbeResult.NoAnswer("the host name 'no such host.invalid' is unknown")));
  }

  @Test
  void noNodesGiveNoResults() {
    assertThat(new NodeProber().probe(List.of(), Duration.ZERO)).isEmpty();
  }

  @Test
  void aNodeIsNotProbedTwiceInOneSurvey() {
    ProbeTarget target = new ProbeTarget(1, "127.0.0.1", 13_001);

    assertThatThrownBy(() -> new NodeProber().probe(List.of(target, target), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("node 1 is to be probed twice");
  }

  @Test
  void anInterruptEndsASurveyAndLeavesTheThreadInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (OddServer server = new OddServer((self, in, out) -> {
      self.readRequest(in);
      asked.countDown();
      in.read();
    })) {
      AtomicReference<ProbeResult> result = new AtomicReference<>();
      AtomicReference<Boolean> interrupted = new AtomicReference<>();
      Thread surveyor = new Thread(() -> {
        result.set(new NodeProber().probe(targets(server.port()), Duration.ZERO).get(1));
        interrupted.set(Thread.currentThread().isInterrupted());
      });
      surveyor.start();
      asked.await();
      surveyor.interrupt();
      surveyor.join();

      assertThat(result.get()).isInstanceOf(ProbeResult.NoAnswer.class);
      assertThat(interrupted.get()).isTrue();
    }
  }

  private static ProbeResult probe(OddServer server) {
    return probe(server.port());
  }

  private static ProbeResult probe(int port) {
    return new NodeProber(PATIENT).probe(targets(port), Duration.ZERO).get(1);
  }

  private static ProbeResult probeHastily(OddServer server) {
    return new NodeProber(HASTY).probe(targets(server.port()), Duration.ZERO).get(1);
  }

  private static List<ProbeTarget> targets(int port) {
    return List.of(new ProbeTarget(1, "127.0.0.1", port));
  }

  private static ProbeResult.Answered answered(ProbeResult result) {
    assertThat(result).isInstanceOf(ProbeResult.Answered.class);
    return (ProbeResult.Answered) result;
  }

  private static final class NoDirectWay extends ProxySelector {
    @Override
    public List<java.net.Proxy> select(URI uri) {
      throw new AssertionError("asked for a proxy for " + uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException cause) {
      throw new AssertionError("asked for a proxy for " + uri, cause);
    }
  }
}

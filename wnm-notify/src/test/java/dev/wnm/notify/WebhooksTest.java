package dev.wnm.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.wnm.core.config.NotifyTarget;
import dev.wnm.core.model.Event;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.Pace;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event reaches an address whole or it is said why not, and never more of the address than its host. */
class WebhooksTest {
  private static final Duration LIMIT = Pace.stretched(Duration.ofSeconds(10));
  private static final char[] PASSWORD = "password".toCharArray();

  private final Webhooks webhooks = new Webhooks(HttpClient.newBuilder());

  private Attempt tell(String address, Duration limit) throws InterruptedException {
    Attempt attempt = webhooks.tell(new NotifyTarget.Webhook(URI.create(address)), Samples.message(Samples.death(7)), limit);
    assertThat(attempt.why()).doesNotContain("SECRET").doesNotContain("/hook");
    return attempt;
  }

  private Attempt tell(String address) throws InterruptedException {
    return tell(address, LIMIT);
  }

  @Test
  void allOfAnEventIsInTheJsonAndTheSentenceIsWhereReceiversLookForIt() throws Exception {
    try (Receiver receiver = new Receiver()) {
      assertThat(tell(receiver.address()).isTold()).isTrue();
      JsonObject told = receiver.told().get(0);
      assertThat(told.get("id").getAsString()).isEqualTo("wnm-0badcafe-7-" + Samples.NOW.getEpochSecond());
      assertThat(told.get("kind").getAsString()).isEqualTo("died");
      assertThat(told.get("host").getAsString()).isEqualTo("host1");
      assertThat(told.get("nodes").getAsJsonArray()).hasSize(1);
      assertThat(told.get("do").getAsString()).isEqualTo("wnm --explain antnode0003");
      String sentence = "wnm on host1: antnode0003.service died (killed by signal 9). What to do: wnm --explain antnode0003.";
      for (String place : List.of("text", "content", "message")) {
        assertThat(told.get(place).getAsString()).isEqualTo(sentence);
      }
    }
  }

  @Test
  void hostileTextCallsNobodyAndStaysOneLine() {
    Event hostile = new Event(1, Event.Kind.DIED, Samples.NOW, "died", "<!channel> @everyone \u001b[31m\"}\nred" + "x".repeat(5_000), "",
        List.of("a\nb\u202e"), 1);
    Message message = Samples.message(hostile);
    assertThat(message.text()).doesNotContain("<", "@everyone", "\n", "\u001b").hasSizeLessThan(2_000);
    assertThat(message.json()).contains("\"allowed_mentions\":{\"parse\":[]}").doesNotContain("\\n");
    assertThat(message.variables().values()).noneMatch(value -> value.contains("\n"));
  }

  @Test
  void whatIsRefusedIsNotTriedAgainAndWhatIsBusyIs() throws Exception {
    try (Receiver receiver = new Receiver()) {
      receiver.answers(400, 500, 429, 404);
      assertThat(tell(receiver.address()).end()).isEqualTo(Attempt.End.REFUSED);
      for (int status : List.of(500, 429, 404)) {
        Attempt attempt = tell(receiver.address());
        assertThat(attempt.end()).isEqualTo(Attempt.End.FAILED);
        assertThat(attempt.why()).contains("HTTP status " + status);
      }
    }
  }

  @Test
  void nobodyIsFollowedToAnotherAddress() throws Exception {
    try (Receiver receiver = new Receiver(); Receiver other = new Receiver()) {
      receiver.sendOnTo(other.address());
      receiver.answers(307);
      Attempt attempt = tell(receiver.address());
      assertThat(attempt.end()).isEqualTo(Attempt.End.FAILED);
      assertThat(attempt.why()).contains("HTTP status 307", "another address");
      assertThat(other.told()).isEmpty();
    }
  }

  @Test
  void whoNeverAnswersIsLeftAtTheLimit() throws Exception {
    try (Receiver receiver = new Receiver()) {
      receiver.fallSilent();
      assertThat(tell(receiver.address(), Duration.ofMillis(300)).why()).startsWith("no answer within");
    }
    try (ServerSocket neverReads = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(tell("http://127.0.0.1:" + neverReads.getLocalPort() + "/hook/SECRET", Duration.ofMillis(300)).why()).startsWith("no answer within");
    }
  }

  @Test
  void whoIsNotThereIsSaidToBeSo() throws Exception {
    assertThat(tell("http://127.0.0.1:" + FreePorts.next() + "/hook/SECRET").why()).isEqualTo("no connection");
    assertThat(tell("https://no-such-host.invalid/hook/SECRET").why()).contains("no network");
  }

  @Test
  void anAccountInTheAddressIsSentAsOne() throws Exception {
    try (Receiver receiver = new Receiver()) {
      assertThat(tell("http://anna:SECRET@127.0.0.1:" + receiver.port() + "/hook").isTold()).isTrue();
      assertThat(receiver.accounts()).containsExactly("Basic YW5uYTpTRUNSRVQ=");
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForEndsIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("own.p12");
    Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "own",
        "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "2", "-storetype", "PKCS12", "-keystore",
        file.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
    String printed = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(printed).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    try (Receiver receiver = new Receiver(server)) {
      Attempt attempt = tell("https://localhost:" + receiver.port() + "/hook/SECRET");
      assertThat(attempt.end()).isEqualTo(Attempt.End.FAILED);
      assertThat(attempt.why()).startsWith("nobody vouches that it is localhost");
      assertThat(receiver.told()).isEmpty();
    }
  }
}

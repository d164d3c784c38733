package dev.wnm.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said when a publisher cannot be reached or answers otherwise, and that nothing is changed then. */
class NetworkTroubleTest {
  private static final Signer SIGNER = new Signer();
  private static final String BY_HAND = "; nothing was changed; by hand: get ant-node-cli-linux-x64.tar.gz and"
      + " ant-node-cli-linux-x64.tar.gz.sig from https://github.com/Weavers/ant-node/releases on another machine, and run wnm --fetch_node"
      + " PATH/ant-node-cli-linux-x64.tar.gz";
  private static final String FILE = Publisher.path("0.23.1", Publisher.ARCHIVE);

  @TempDir
  private Path folder;
  private final CountDownLatch over = new CountDownLatch(1);
  private byte[] archive;
  private Publisher publisher;
  private Site site;

  @BeforeEach
  void aPublisherIsThere() throws IOException, GeneralSecurityException {
    publisher = new Publisher();
    site = new Site(folder, SIGNER.source());
    archive = Archives.release("0.23.1");
    publisher.publish("0.23.1", archive, SIGNER.sign(archive));
  }

  @AfterEach
  void nothingWasChanged() {
    over.countDown();
    publisher.close();
  }

  private void refused(NodeFetch fetch, String why) {
    assertThatThrownBy(() -> fetch.fetch(site.order(Site.NEWEST))).isInstanceOf(FetchException.class)
        .hasMessageStartingWith("ant-node is not fetched: https://localhost:").hasMessageContaining(why).hasMessageEndingWith(BY_HAND);
    assertThat(site.bin).doesNotExist();
  }

  private void refused(String why) {
    refused(site.from(publisher), why);
  }

  private NodeFetch hurried(Duration answer, Duration silence) {
    return site.from(publisher.address(), publisher.connections(), Map.of(), new Downloads.Limits(answer, silence));
  }

  @Test
  void nobodyListens() {
    URI address = publisher.address();
    publisher.close();
    refused(site.from(address, HttpClient.newBuilder(), Map.of(), Site.PATIENT), "cannot be read: no connection");
  }

  @Test
  void aNameThatNobodyKnows() {
    NodeFetch fetch = site.from(URI.create("https://api.publisher.invalid/"), HttpClient.newBuilder(), Map.of(), Site.PATIENT);
    assertThatThrownBy(() -> fetch.fetch(site.order(Site.NEWEST))).hasMessage("ant-node is not fetched:"
        + " https://api.publisher.invalid/repos/Weavers/ant-node/releases?per_page=100 cannot be read: there is no network, or nobody who"
        + " knows where api.publisher.invalid is" + BY_HAND);
  }

  @Test
  void aCertificateThatNobodyVouchesFor() {
    refused(site.from(publisher.address(), HttpClient.newBuilder(), Map.of(), Site.PATIENT), "nobody vouches that it is localhost: ");
  }

  @Test
  void aServerThatNeverAnswers() {
    publisher.answerReleases(exchange -> hang());
    refused(hurried(Duration.ofMillis(300), Duration.ofMinutes(2)), "no answer within ");
  }

  @Test
  void aServerThatStopsInTheMiddle() {
    publisher.answer(FILE, partOf(archive));
    refused(hurried(Duration.ofMinutes(2), Duration.ofMillis(300)), "it has sent nothing for ");
  }

  private HttpHandler partOf(byte[] whole) {
    return exchange -> {
      exchange.sendResponseHeaders(200, whole.length);
      exchange.getResponseBody().write(whole, 0, whole.length / 2);
      exchange.getResponseBody().flush();
      hang();
    };
  }

  private void hang() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anArchiveThatEndsTooEarly() {
    publisher.answer(FILE, exchange -> {
      exchange.sendResponseHeaders(200, archive.length);
      exchange.getResponseBody().write(archive, 0, archive.length / 2);
      exchange.getResponseBody().flush();
      // Closing it is refused, which cuts the connection.
      exchange.close();
    });
    refused("cannot be read: ");
  }

  @Test
  void aServerThatSendsOnToWhatIsNotSafe() {
    publisher.answer(FILE, Publisher.status(302, "Location", "http://localhost:1/" + Publisher.ARCHIVE));
    refused("sends on to http://localhost:1/ant-node-cli-linux-x64.tar.gz, which wnm does not follow");
  }

  @Test
  void aServerThatSendsOnToAnotherSafeAddressIsFollowed() throws IOException {
    publisher.answer(FILE, Publisher.status(302, "Location", publisher.address().resolve("/store/7").toString()));
    publisher.answer("/store/7", exchange -> Publisher.send(exchange, archive));
    site.from(publisher).fetch(site.order(Site.NEWEST));
    assertThat(site.program()).hasContent(Archives.program("0.23.1"));
  }

  @Test
  void aListThatNamesAnAddressWithoutSafety() {
    publisher.answerReleases(exchange -> Publisher.send(exchange, ("[{\"tag_name\":\"v0.23.1\",\"assets\":[{\"name\":\"" + Publisher.ARCHIVE
        + "\",\"browser_download_url\":\"http://localhost:1/a\"},{\"name\":\"" + Publisher.ARCHIVE
        + ".sig\",\"browser_download_url\":\"http://localhost:1/b\"}]}]").getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> site.from(publisher).fetch(site.order(Site.NEWEST)))
        .hasMessage("ant-node is not fetched: http://localhost:1/a is no address of HTTPS; nothing was changed");
  }

  @Test
  void anAnswerThatIsNoList() {
    for (String answer : new String[] {"<html>", "[{", "{}", "[1, null, {\"assets\": 3}]", ""}) {
      publisher.answerReleases(exchange -> Publisher.send(exchange, answer.getBytes(StandardCharsets.UTF_8)));
      assertThatThrownBy(() -> site.from(publisher).fetch(site.order(Site.NEWEST))).as(answer).isInstanceOf(FetchException.class)
          .hasMessageMatching("ant-node is not fetched: https://localhost:\\d+/repos/Weavers/ant-node/releases\\?per_page=100"
              + " (answers with something that is no list of releases|names no release that has .*); nothing was changed");
    }
  }

  @Test
  void tooManyQuestions() {
    publisher.answerReleases(Publisher.status(403, "x-ratelimit-remaining", "0", "x-ratelimit-reset",
        Long.toString(Site.NOW.plusSeconds(600).getEpochSecond())));
    assertThatThrownBy(() -> site.from(publisher).fetch(site.order(Site.NEWEST))).hasMessage("ant-node is not fetched: localhost answers"
        + " only so many questions from one address, and no more of them now (again in 10 min)" + BY_HAND);
  }

  @Test
  void aRefusalThatIsNoneOfTooManyQuestions() {
    publisher.answerReleases(Publisher.status(403));
    refused("answers with HTTP status 403");
  }

  @Test
  void aReleaseThatIsNotThere() {
    assertThatThrownBy(() -> site.from(publisher).fetch(site.order(Site.version("0.4.17")))).hasMessage("ant-node is not fetched:"
        + " Weavers/ant-node has no release 0.4.17 (https://github.com/Weavers/ant-node/releases lists them); nothing was changed");
  }

  @Test
  void aFileThatIsNotThere() {
    publisher.answer(FILE, Publisher.status(404));
    refused("answers with HTTP status 404");
  }

  @Test
  void aSignatureThatIsTooLarge() {
    publisher.answer(FILE + ".sig", exchange -> Publisher.send(exchange, new byte[100_000]));
    refused("it is larger than 3.3 kB");
  }

  @Test
  void aDiskThatIsFullIsNotTheNetworksFault() {
    Downloads downloads = new Downloads(publisher.connections(), Proxies.of(Map.of()), Site.PATIENT, Clock.systemUTC());
    assertThatThrownBy(() -> downloads.take(publisher.address().resolve(FILE), new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        throw new IOException("No space left on device");
      }
    }, 1_000_000)).isInstanceOf(FetchException.class).isNotInstanceOf(DownloadException.class)
        .hasMessageEndingWith("cannot be written: No space left on device");
  }

  @Test
  void aFileIsNotTakenBeyondItsLimitThoughTheServerGoesOn() throws IOException {
    publisher.answer("/endless", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] step = new byte[10_000];
      while (true) {
        exchange.getResponseBody().write(step);
      }
    });
    Downloads downloads = new Downloads(publisher.connections(), Proxies.of(Map.of()), Site.PATIENT, Clock.systemUTC());
    Path file = folder.resolve("endless");
    assertThatThrownBy(() -> downloads.save(publisher.address().resolve("/endless"), file, 50_000))
        .isInstanceOf(DownloadException.class).hasMessageEndingWith("cannot be read: it is larger than 50.0 kB");
    assertThat(Files.size(file)).isLessThanOrEqualTo(50_000);
  }
}

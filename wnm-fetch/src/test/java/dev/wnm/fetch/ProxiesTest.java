package dev.wnm.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through which proxy a publisher is reached, with a real one. */
class ProxiesTest {
  private static final Signer SIGNER = new Signer();

  @TempDir
  private Path folder;

  /** Passes connections on, and remembers for whom. */
  private static final class Tunnel implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<String> orders = new CopyOnWriteArrayList<>();

    Tunnel() throws IOException {
      inBackground(() -> {
        while (true) {
          pass(server.accept());
        }
      });
    }

    String address() {
      return "127.0.0.1:" + server.getLocalPort();
    }

    private void pass(Socket client) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) client.getInputStream().read());
      }
      String order = head.substring(0, head.indexOf("\r\n"));
      orders.add(order);
      Socket target = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(order.replaceAll(".*:(\\d+) .*", "$1")));
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream up = client.getInputStream();
      OutputStream upTo = target.getOutputStream();
      inBackground(() -> up.transferTo(upTo));
      inBackground(() -> target.getInputStream().transferTo(client.getOutputStream()));
    }

    private interface Work {
      void run() throws IOException;
    }

    private static void inBackground(Work work) {
      Thread thread = new Thread(() -> {
        try {
          work.run();
        } catch (IOException e) {
          // It is over.
        }
      });
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  private List<String> fetchedBy(Map<String, String> more) throws IOException, GeneralSecurityException {
    Site site = new Site(folder, SIGNER.source());
    try (Publisher publisher = new Publisher(); Tunnel proxy = new Tunnel()) {
      byte[] archive = Archives.release("0.23.1");
      publisher.publish("0.23.1", archive, SIGNER.sign(archive));
      Map<String, String> environment = new java.util.HashMap<>(more);
      environment.replaceAll((name, value) -> value.replace("PROXY", proxy.address()));
      site.from(publisher.address(), publisher.connections(), environment, Site.PATIENT).fetch(site.order(Site.NEWEST));
      assertThat(site.program()).hasContent(Archives.program("0.23.1"));
      return proxy.orders;
    }
  }

  @Test
  void theProxyOfTheEnvironmentIsUsedForAllConnections() throws IOException, GeneralSecurityException {
    assertThat(fetchedBy(Map.of("https_proxy", "http://PROXY/"))).isNotEmpty().allMatch(order -> order.startsWith("CONNECT localhost:"));
  }

  @Test
  void capitalsAndAValueWithoutASchemeWillDo() throws IOException, GeneralSecurityException {
    assertThat(fetchedBy(Map.of("HTTPS_PROXY", "PROXY"))).isNotEmpty();
  }

  @Test
  void hostsThatAreToBeReachedWithoutItAre() throws IOException, GeneralSecurityException {
    assertThat(fetchedBy(Map.of("https_proxy", "PROXY", "NO_PROXY", "example.org, localhost"))).isEmpty();
  }

  @Test
  void aDomainIsAllHostsInIt() {
    Proxies proxies = Proxies.of(Map.of("https_proxy", "http://proxy.example:3128", "no_proxy", ".example.org,*.example.net:443"));
    assertThat(proxies.hostFor(URI.create("https://api.example.org/"))).isEqualTo("api.example.org");
    assertThat(proxies.hostFor(URI.create("https://api.example.net/"))).isEqualTo("api.example.net");
    assertThat(proxies.hostFor(URI.create("https://notexample.org/"))).isEqualTo("proxy.example");
  }

  @Test
  void whatIsNoProxyThatWnmCanUseIsRefusedWithoutItsPassword() {
    assertThatThrownBy(() -> Proxies.of(Map.of("https_proxy", "socks5://proxy:1080"))).isInstanceOf(BadInputException.class)
        .hasMessage("https_proxy must be http://HOST:PORT, but the environment says 'socks5://proxy:1080'");
    for (String secret : List.of("http://me:secret@proxy:3128", "me:secret@proxy", "socks5://me:secret@proxy", "http://me:sec ret@proxy")) {
      assertThatThrownBy(() -> Proxies.of(Map.of("https_proxy", secret))).as(secret).isInstanceOf(BadInputException.class)
          .hasMessageNotContaining("ret").hasMessageNotContaining("me:");
    }
  }
}

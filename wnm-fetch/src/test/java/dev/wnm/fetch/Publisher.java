package dev.wnm.fetch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A real HTTPS server that answers as GitHub does, with a certificate that only {@link #connections} trusts. */
final class Publisher implements AutoCloseable {
  static final String ARCHIVE = "ant-node-cli-linux-x64.tar.gz";
  private static final String CERTIFICATE = "publisher.p12";
  private static final char[] PASSWORD = "only for tests".toCharArray();
  private static final String RELEASES = "/repos/Weavers/ant-node/releases";

  private final HttpsServer server;
  private final SSLContext tls;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
  private final JsonArray releases = new JsonArray();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Made once: it takes a program of its own. */
  private static final class Certificate {
    static final KeyStore STORE = make();

    private static KeyStore make() {
      try {
        Path folder = Files.createTempDirectory("wnm-publisher-");
        KeyStore made = certificate(folder);
        Files.delete(folder.resolve(CERTIFICATE));
        Files.delete(folder);
        return made;
      } catch (IOException | GeneralSecurityException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  Publisher() throws IOException, GeneralSecurityException {
    KeyStore own = Certificate.STORE;
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("publisher", own.getCertificate("publisher"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(threads);
    server.createContext("/", exchange -> {
      asked.add(exchange.getRequestURI().getPath());
      answers.getOrDefault(exchange.getRequestURI().getPath(), status(404)).handle(exchange);
    });
    answers.put(RELEASES, exchange -> send(exchange, releases.toString().getBytes(StandardCharsets.UTF_8)));
    server.start();
  }

  private static KeyStore certificate(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
    Path file = folder.resolve(CERTIFICATE);
    Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
        "publisher", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "2", "-storetype", "PKCS12",
        "-keystore", file.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
    String printed = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new AssertionError(printed);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  URI address() {
    return URI.create("https://localhost:" + server.getAddress().getPort() + "/");
  }

  /** Connections of one who trusts its certificate. */
  HttpClient.Builder connections() {
    return HttpClient.newBuilder().sslContext(tls);
  }

  /** The paths that it was asked for. */
  List<String> asked() {
    return asked;
  }

  /** Publishes a release with an archive and its signature. */
  void publish(String version, byte[] archive, byte[] signature) {
    publish(version, Map.of(ARCHIVE, archive, ARCHIVE + ".sig", signature), Map.of());
  }

  void publish(String version, Map<String, byte[]> files, Map<String, String> digests) {
    JsonObject release = new JsonObject();
    release.addProperty("tag_name", "v" + version);
    release.addProperty("body", "what is new");
    JsonArray assets = new JsonArray();
    new HashMap<>(files).forEach((name, content) -> {
      JsonObject asset = new JsonObject();
      asset.addProperty("name", name);
      asset.addProperty("browser_download_url", address().resolve(path(version, name)).toString());
      asset.addProperty("digest", digests.get(name));
      assets.add(asset);
      answer(path(version, name), exchange -> send(exchange, content));
    });
    release.add("assets", assets);
    releases.add(release);
    answer(RELEASES + "/tags/v" + version, exchange -> send(exchange, release.toString().getBytes(StandardCharsets.UTF_8)));
  }

  static String path(String version, String name) {
    return "/download/v" + version + "/" + name;
  }

  /** Answers otherwise from now on. */
  void answer(String path, HttpHandler handler) {
    answers.put(path, handler);
  }

  void answerReleases(HttpHandler handler) {
    answers.put(RELEASES, handler);
  }

  static HttpHandler status(int status, String... head) {
    return exchange -> {
      for (int i = 0; i < head.length; i += 2) {
        exchange.getResponseHeaders().add(head[i], head[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    };
  }

  static void send(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package dev.wnm.cli.packaged;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithContext;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * The publisher of ant-node in a network of a test's: answers to the name of the real one, over HTTPS, with releases of stand-ins that a key of
 * the test's has signed. A packaged wnm believes it once {@link #beBelievedBy} has put that key in the place of the real one.
 */
public final class ReleaseSite {
  private static final String NAME = "api.github.com";
  private static final String REPOSITORY = "/repos/WithAutonomi/ant-node/releases/tags/v";
  private static final String ARCHIVE = "ant-node-cli-linux-x64.tar.gz";
  private static final String CONTEXT = "ant-node-release-v1";
  private static final String KEY_IN_THE_JAR = "dev/wnm/programs/ant-node-release-key.pub";
  private static final String STORE = "site.p12";
  private static final String TRUSTED = "trusted.p12";
  private static final String PASSWORD = "for-tests-only";
  private static final int HTTPS = 443;

  private final Path folder;
  private final AsymmetricCipherKeyPair pair;

  private ReleaseSite(Path folder, AsymmetricCipherKeyPair pair) {
    this.folder = folder;
    this.pair = pair;
  }

  /** @param folder an empty one for what it publishes */
  static ReleaseSite in(Path folder) throws IOException, InterruptedException {
    MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
    generator.init(new MLDSAKeyGenerationParameters(new SecureRandom(), MLDSAParameters.ml_dsa_65));
    ReleaseSite site = new ReleaseSite(folder, generator.generateKeyPair());
    site.keytool("-genkeypair", "-alias", "site", "-keyalg", "EC", "-dname", "CN=" + NAME, "-ext", "san=dns:" + NAME, "-startdate", "-30d", "-validity", "60",
        "-storetype", "PKCS12", "-keystore", STORE);
    site.keytool("-exportcert", "-alias", "site", "-keystore", STORE, "-file", "site.cer");
    site.keytool("-importcert", "-noprompt", "-alias", "site", "-keystore", TRUSTED, "-storetype", "PKCS12", "-file", "site.cer");
    return site;
  }

  private void keytool(String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    line.addAll(List.of(words));
    line.addAll(List.of("-storepass", PASSWORD));
    Process keytool = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new AssertionError(said);
    }
  }

  /** Puts its key into wnm's jar. */
  void beBelievedBy(Path jar) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Files.write(files.getPath(KEY_IN_THE_JAR), ((MLDSAPublicKeyParameters) pair.getPublic()).getEncoded());
    }
  }

  /** Options for the Java of whoever fetches from it. @param names the file that says where which name is */
  String javaOptions(Path names) {
    return "-Djdk.net.hosts.file=" + names + " -Djavax.net.ssl.trustStore=" + folder.resolve(TRUSTED) + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
  }

  /** A line of that file. */
  static String line(String address) {
    return address + " " + NAME + "\n";
  }

  /**
   * Publishes a release.
   *
   * @param more Perl that the program begins with
   * @return the digest of its program
   */
  String publish(Version version, String more) throws IOException, InterruptedException {
    Path release = Files.createDirectory(folder.resolve("v" + version));
    Path program = StandInAntNode2.installInto(release, version);
    Files.writeString(program, Files.readString(program).replaceFirst("(?m)^use strict;", "use strict; " + more));
    Files.writeString(release.resolve("bootstrap_peers.toml"), "peers = [\"192.0.2.1:10000\"]\n");
    new ProcessBuilder("tar", "-czf", ARCHIVE, StandInAntNode2.FILE_NAME, "bootstrap_peers.toml").directory(release.toFile()).inheritIO().start().waitFor();
    Files.write(release.resolve(ARCHIVE + ".sig"), sign(Files.readAllBytes(release.resolve(ARCHIVE))));
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(program)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] sign(byte[] archive) {
    try {
      MLDSASigner signer = new MLDSASigner();
      signer.init(true, new ParametersWithContext(pair.getPrivate(), CONTEXT.getBytes(StandardCharsets.UTF_8)));
      signer.update(archive, 0, archive.length);
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }

  /** What serves it, at the place that the words in front have it run. */
  ProcessBuilder serving(List<String> way) {
    List<String> line = new ArrayList<>(way);
    line.addAll(List.of(PackagedJar.java().toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp", System.getProperty("java.class.path"),
        ReleaseSite.class.getName(), folder.toString()));
    return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(folder.resolve("site.log").toFile());
  }

  /** Whether that is up. */
  boolean isServed() {
    return Files.exists(folder.resolve("served"));
  }

  /** @param words the folder */
  public static void main(String[] words) throws IOException, GeneralSecurityException {
    Path folder = Path.of(words[0]);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(STORE))) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(new InetSocketAddress(HTTPS), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", exchange -> {
      byte[] answer = answer(folder, exchange.getRequestURI().getPath());
      exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
    Files.createFile(folder.resolve("served"));
  }

  private static byte[] answer(Path folder, String path) throws IOException {
    if (path.startsWith(REPOSITORY) && Files.exists(folder.resolve("v" + path.substring(REPOSITORY.length())))) {
      return release(path.substring(REPOSITORY.length())).toString().getBytes(StandardCharsets.UTF_8);
    }
    Path file = folder.resolve(path.substring(1)).normalize();
    return file.startsWith(folder) && Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
  }

  private static JsonObject release(String version) {
    JsonArray assets = new JsonArray();
    for (String name : List.of(ARCHIVE, ARCHIVE + ".sig")) {
      JsonObject asset = new JsonObject();
      asset.addProperty("name", name);
      asset.addProperty("browser_download_url", URI.create("https://" + NAME + "/v" + version + "/" + name).toString());
      assets.add(asset);
    }
    JsonObject release = new JsonObject();
    release.addProperty("tag_name", "v" + version);
    release.add("assets", assets);
    return release;
  }
}

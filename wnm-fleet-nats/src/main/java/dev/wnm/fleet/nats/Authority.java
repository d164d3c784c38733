package dev.wnm.fleet.nats;

import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The fleet's own certificate authority: a key in the folder of the operator who began it. Made with Java's {@code keytool}, so that nothing
 * else has to be there.
 */
final class Authority {
  private static final String STORE = "authority.p12";
  private static final String PASSWORD = "authority.password";
  private static final String ALIAS = "authority";
  private static final String MEMBER = "me";
  private static final String DAYS = "3650";
  /** Certificates are valid since then, so that a clock that is behind keeps nobody out. */
  private static final String SINCE = "-30d";
  private static final int PASSWORD_BYTES = 24;

  private final PrivateFolder folder;
  private final CommandRunner runner;

  Authority(PrivateFolder folder, CommandRunner runner) {
    this.folder = folder;
    this.runner = runner;
  }

  boolean isThere() {
    return Files.exists(folder.file(STORE));
  }

  /** Makes it. */
  void found(String fleet) throws FleetException, IOException {
    folder.write(PASSWORD, password());
    keytool(List.of("-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=wnm fleet " + fleet, "-startdate", SINCE, "-validity", DAYS,
        "-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign,cRLSign"), folder.file(STORE), folder.file(PASSWORD));
  }

  /**
   * A member's key store, as the files that are to be put into its folder.
   *
   * @param name what its certificate says, a name of DNS
   * @param others further names and addresses by which a server is called
   */
  Map<String, String> issue(String name, List<String> others) throws FleetException, IOException {
    if (!isThere()) {
      throw new FleetException("the fleet's authority is not in " + folder.path() + ": only the operator who began the fleet can let others in");
    }
    Path work = Files.createTempDirectory(folder.path(), ".issue-");
    try {
      Path store = Files.copy(folder.file(STORE), work.resolve(STORE));
      List<String> names = new ArrayList<>(List.of("dns:" + name));
      others.forEach(other -> names.add((isAddress(other) ? "ip:" : "dns:") + other));
      // Who signs has to be in the same store, so a copy of it gets the new key: one run of keytool, which is most of what this takes.
      keytool(List.of("-genkeypair", "-alias", MEMBER, "-signer", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name, "-startdate", SINCE,
          "-validity", DAYS, "-ext", "SAN=" + String.join(",", names), "-ext", "EKU=clientAuth,serverAuth"), store, folder.file(PASSWORD));
      String password = password();
      return new TreeMap<>(Map.of(Identity.STORE, Base64.getEncoder().encodeToString(alone(store, password.toCharArray())), Identity.PASSWORD, password));
    } finally {
      delete(work);
    }
  }

  /** A key store that has the member's key alone, with the certificates for it. */
  private byte[] alone(Path store, char[] secret) throws FleetException, IOException {
    char[] ours = folder.read(PASSWORD).orElse("").toCharArray();
    try {
      KeyStore both = load(Files.readAllBytes(store), ours);
      KeyStore member = KeyStore.getInstance("PKCS12");
      member.load(null, null);
      member.setKeyEntry(MEMBER, both.getKey(MEMBER, ours), secret, both.getCertificateChain(MEMBER));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      member.store(out, secret);
      return out.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new FleetException("a certificate cannot be made: " + Reason.of(e), e);
    }
  }

  private static KeyStore load(byte[] bytes, char[] password) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(bytes), password);
    return store;
  }

  /** Puts a member's files into its folder. */
  static void put(Map<String, String> files, PrivateFolder target) throws FleetException, IOException {
    try {
      target.write(Identity.STORE, Base64.getDecoder().decode(files.getOrDefault(Identity.STORE, "")));
      target.write(Identity.PASSWORD, files.getOrDefault(Identity.PASSWORD, ""));
    } catch (IllegalArgumentException wrong) {
      throw new FleetException("the key of the invitation cannot be read", wrong);
    }
  }

  /** The same for a server that reads PEM files: its certificate, its key, and who signs members. */
  static void putAsPem(Map<String, String> files, PrivateFolder target) throws FleetException, IOException {
    char[] password = files.getOrDefault(Identity.PASSWORD, "").toCharArray();
    try {
      KeyStore store = load(Base64.getDecoder().decode(files.getOrDefault(Identity.STORE, "")), password);
      Certificate[] chain = store.getCertificateChain(MEMBER);
      target.write("server.pem", pem("CERTIFICATE", chain[0].getEncoded()));
      target.write("server.key", pem("PRIVATE KEY", store.getKey(MEMBER, password).getEncoded()));
      target.write("authority.pem", pem("CERTIFICATE", chain[chain.length - 1].getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new FleetException("the server's key cannot be written: " + e.getMessage(), e);
    }
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes) + "\n-----END " + kind
        + "-----\n";
  }

  private static boolean isAddress(String text) {
    return text.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  }

  private static String password() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** @param password the file that has it: it stands in no argument */
  private void keytool(List<String> words, Path store, Path password) throws FleetException {
    List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    line.addAll(words);
    line.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass:file", password.toString()));
    try {
      CommandResult result = runner.run(Command.of(line));
      if (!result.succeeded()) {
        throw new FleetException("a certificate cannot be made: " + result.describe());
      }
    } catch (CommandFailedException e) {
      throw new FleetException("a certificate cannot be made: " + e.getMessage(), e);
    }
  }

  private static void delete(Path work) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    Files.delete(work);
  }
}

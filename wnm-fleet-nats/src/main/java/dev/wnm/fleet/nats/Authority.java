package dev.wnm.fleet.nats;

import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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
   * Who a new member is.
   *
   * @param name what its certificate says, a name of DNS
   * @param others further names and addresses by which a server is called
   */
  Identity issue(String name, List<String> others) throws FleetException, IOException {
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
      return member(store);
    } finally {
      delete(work);
    }
  }

  private Identity member(Path file) throws FleetException, IOException {
    char[] password = folder.read(PASSWORD).orElse("").toCharArray();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return new Identity((PrivateKey) store.getKey(MEMBER, password), List.of(store.getCertificateChain(MEMBER)));
    } catch (GeneralSecurityException e) {
      throw new FleetException("a certificate cannot be made: " + Reason.of(e), e);
    }
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

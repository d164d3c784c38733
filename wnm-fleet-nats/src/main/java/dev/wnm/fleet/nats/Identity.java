package dev.wnm.fleet.nats;

import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.spi.internal.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who one is: a key, its certificate, and that of the fleet's authority, which signed it and signs the server's. Kept as PEM files that are
 * their owner's alone: a password in the same folder would protect nothing, and to unlock a key store with it takes longer than to connect.
 *
 * @param certificates its own first, the authority's last
 */
record Identity(PrivateKey key, List<Certificate> certificates) {
  private static final String KEY = "me.key";
  private static final String CERTIFICATES = "me.pem";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final int LINE = 64;

  Identity {
    certificates = List.copyOf(certificates);
  }

  /** By what an invitation has. */
  static Identity of(Map<String, String> parts) throws FleetException {
    try {
      return read(decoded(parts.getOrDefault(PRIVATE_KEY, "")), decoded(parts.getOrDefault(CERTIFICATE, "")));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new FleetException("the key of the invitation cannot be used: " + Reason.of(e), e);
    }
  }

  private static List<byte[]> decoded(String words) {
    return Stream.of(words.split(" ")).filter(word -> !word.isEmpty()).map(Base64.getDecoder()::decode).toList();
  }

  /** By a member's folder. */
  static Identity in(PrivateFolder folder) throws FleetException, IOException {
    String key = text(folder, KEY);
    String certificates = text(folder, CERTIFICATES);
    try {
      return read(blocks(PRIVATE_KEY, key), blocks(CERTIFICATE, certificates));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new FleetException(folder.file(KEY) + " and " + folder.file(CERTIFICATES) + " cannot be used: " + Reason.of(e), e);
    }
  }

  private static String text(PrivateFolder folder, String name) throws FleetException, IOException {
    return folder.read(name).orElseThrow(() -> new FleetException(folder.file(name) + " is missing: this is no folder of a fleet member"));
  }

  private static List<byte[]> blocks(String kind, String pem) {
    return Pattern.compile("-----BEGIN " + kind + "-----([^-]*)-----END " + kind + "-----").matcher(pem).results()
        .map(block -> Base64.getMimeDecoder().decode(block.group(1))).toList();
  }

  private static Identity read(List<byte[]> keys, List<byte[]> certificates) throws GeneralSecurityException {
    if (keys.size() != 1 || certificates.size() < 2) {
      throw new GeneralSecurityException("it takes one key, its certificate and the authority's; there are " + keys.size() + " and " + certificates.size());
    }
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> chain = new ArrayList<>();
    for (byte[] certificate : certificates) {
      chain.add(factory.generateCertificate(new ByteArrayInputStream(certificate)));
    }
    return new Identity(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(keys.get(0))), chain);
  }

  /** What an invitation has. */
  Map<String, String> parts() throws FleetException {
    Base64.Encoder base64 = Base64.getEncoder();
    return Map.of(PRIVATE_KEY, base64.encodeToString(key.getEncoded()),
        CERTIFICATE, encoded().stream().map(base64::encodeToString).collect(Collectors.joining(" ")));
  }

  /** Puts it into a member's folder. */
  void keep(PrivateFolder folder) throws FleetException, IOException {
    folder.write(KEY, pem(PRIVATE_KEY, List.of(key.getEncoded())));
    folder.write(CERTIFICATES, pem(CERTIFICATE, encoded()));
  }

  /** The same for a server: its certificate, its key, and who signs members. */
  void keepForServer(PrivateFolder folder) throws FleetException, IOException {
    List<byte[]> encoded = encoded();
    folder.write("server.key", pem(PRIVATE_KEY, List.of(key.getEncoded())));
    folder.write("server.pem", pem(CERTIFICATE, encoded.subList(0, 1)));
    folder.write("authority.pem", pem(CERTIFICATE, encoded.subList(encoded.size() - 1, encoded.size())));
  }

  private List<byte[]> encoded() throws FleetException {
    try {
      List<byte[]> encoded = new ArrayList<>();
      for (Certificate certificate : certificates) {
        encoded.add(certificate.getEncoded());
      }
      return encoded;
    } catch (CertificateEncodingException e) {
      throw new FleetException("a certificate cannot be written: " + Reason.of(e), e);
    }
  }

  private static String pem(String kind, List<byte[]> blocks) {
    Base64.Encoder base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    return blocks.stream().map(block -> "-----BEGIN " + kind + "-----\n" + base64.encodeToString(block) + "\n-----END " + kind + "-----\n")
        .collect(Collectors.joining());
  }

  /** What to speak to the fleet's server with, and to no other. */
  SSLContext context() throws FleetException {
    try {
      // In memory alone, so without the thousands of rounds by which a PKCS12 store makes keys from a password.
      char[] none = new char[0];
      KeyStore own = KeyStore.getInstance("JKS");
      own.load(null, none);
      own.setKeyEntry("me", key, none, certificates.toArray(Certificate[]::new));
      KeyStore trusted = KeyStore.getInstance("JKS");
      trusted.load(null, none);
      trusted.setCertificateEntry("authority", certificates.get(certificates.size() - 1));
      KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, none);
      TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new FleetException("this member's key cannot be used: " + Reason.of(e), e);
    }
  }
}

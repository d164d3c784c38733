package dev.wnm.web.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Certificates and keys as PEM, as other servers have them. */
public final class Pem {
  private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

  private Pem() {}

  /**
   * What HTTPS is served with.
   *
   * @throws IOException when one of the files cannot be used; the message is a sentence
   */
  public static SSLContext context(Path certificate, Path key) throws IOException {
    try {
      Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(bytes(certificate)));
      if (chain.isEmpty()) {
        throw new IOException(certificate + " has no certificate in it");
      }
      char[] passphrase = new char[0];
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, passphrase);
      store.setKeyEntry("wnm", key(key), passphrase, chain.toArray(Certificate[]::new));
      KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, passphrase);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(certificate + " and " + key + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher text = KEY.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
    if (!text.find()) {
      throw new IOException(file + " has no 'BEGIN PRIVATE KEY' (PKCS 8, without a passphrase) in it");
    }
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text.group(1)));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (GeneralSecurityException other) {
        // It may be one of the next.
      }
    }
    throw new IOException(file + " is a key of none of the kinds " + String.join(", ", ALGORITHMS));
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e, e);
    }
  }
}

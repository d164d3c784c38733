package dev.wnm.fleet.nats;

import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.spi.internal.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Who one is, as a key store in a folder: a key, its certificate, and that of the fleet's authority, which signed it and signs the server's. */
final class Identity {
  static final String STORE = "me.p12";
  static final String PASSWORD = "me.password";

  private Identity() {}

  /** What to speak to the fleet's server with, and to no other. */
  static SSLContext context(PrivateFolder folder) throws FleetException, IOException {
    byte[] store = folder.readBytes(STORE).orElseThrow(() -> new FleetException(folder.file(STORE) + " is missing: this is no folder of a fleet member"));
    char[] password = folder.read(PASSWORD).orElseThrow(() -> new FleetException(folder.file(PASSWORD) + " is missing")).strip().toCharArray();
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(new ByteArrayInputStream(store), password);
      String alias = Collections.list(own.aliases()).stream().filter(name -> isKey(own, name)).findFirst()
          .orElseThrow(() -> new FleetException(folder.file(STORE) + " has no key in it"));
      Certificate[] chain = own.getCertificateChain(alias);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", chain[chain.length - 1]);
      KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, password);
      TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new FleetException(folder.file(STORE) + " cannot be used: " + Reason.of(e), e);
    }
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}

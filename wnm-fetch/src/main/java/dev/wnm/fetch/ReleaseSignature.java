package dev.wnm.fetch;

import dev.wnm.spi.program.ReleaseKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithContext;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** Whether an archive is what its publisher has signed. */
final class ReleaseSignature {
  private static final int STEP_BYTES = 1 << 16;
  private static final String SHA_256 = "sha256:";

  private ReleaseSignature() {}

  /** @throws FetchException when the signature is none of this key over this archive */
  static void check(ReleaseKey key, Path archive, byte[] signature) throws IOException {
    if (signature.length != ReleaseKey.SIGNATURE_LENGTH) {
      throw new FetchException("its signature has " + signature.length + " bytes and not " + ReleaseKey.SIGNATURE_LENGTH);
    }
    MLDSASigner signer = new MLDSASigner();
    signer.init(false, new ParametersWithContext(new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, key.bytes()), key.context()));
    read(archive, signer::update);
    if (!signer.verifySignature(signature)) {
      throw new FetchException("its signature does not match: it is not what the publisher has signed, or not whole");
    }
  }

  /**
   * @param digest {@code sha256:} and the checksum; others are not known, and not checked
   * @throws FetchException when the archive has another checksum
   */
  static void checkDigest(String digest, Path archive) throws IOException {
    if (!digest.startsWith(SHA_256)) {
      return;
    }
    if (!digestOf(archive).equals(digest.substring(SHA_256.length()).toLowerCase(Locale.ROOT))) {
      throw new FetchException("it has not the checksum that GitHub publishes for it, so it was changed or is not whole");
    }
  }

  /** The SHA-256 of a file, as small hexadecimal digits. */
  static String digestOf(Path file) throws IOException {
    MessageDigest sha = sha256();
    read(file, sha::update);
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private interface Taker {
    void take(byte[] bytes, int from, int count);
  }

  private static void read(Path file, Taker taker) throws IOException {
    byte[] step = new byte[STEP_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(step); count >= 0; count = in.read(step)) {
        taker.take(step, 0, count);
      }
    }
  }
}

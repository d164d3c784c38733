package dev.wnm.fetch;

import dev.wnm.spi.program.ReleaseKey;
import dev.wnm.spi.program.ReleaseSource;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Set;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithContext;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** A publisher's key of the tests' own. */
final class Signer {
  static final String CONTEXT = "ant-node-release-v1";
  private final AsymmetricCipherKeyPair pair;

  Signer() {
    MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
    generator.init(new MLDSAKeyGenerationParameters(new SecureRandom(), MLDSAParameters.ml_dsa_65));
    pair = generator.generateKeyPair();
  }

  byte[] sign(byte[] archive) {
    return sign(archive, CONTEXT);
  }

  byte[] sign(byte[] archive, String context) {
    try {
      MLDSASigner signer = new MLDSASigner();
      signer.init(true, new ParametersWithContext(pair.getPrivate(), context.getBytes(StandardCharsets.UTF_8)));
      signer.update(archive, 0, archive.length);
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }

  ReleaseKey key() {
    return new ReleaseKey(((MLDSAPublicKeyParameters) pair.getPublic()).getEncoded(), CONTEXT);
  }

  ReleaseSource source() {
    return new ReleaseSource("Weavers/ant-node", "ant-node-cli-%s.tar.gz", Set.of("linux-x64"), key());
  }
}

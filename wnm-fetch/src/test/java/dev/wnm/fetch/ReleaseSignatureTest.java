package dev.wnm.fetch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.program.ReleaseKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a signature that the publisher's own tool has made: ant-keygen 0.1.0, with a key that it made for this test. */
class ReleaseSignatureTest {
  @TempDir
  private Path folder;

  private static byte[] bytes(String name) throws IOException {
    return ReleaseSignatureTest.class.getResourceAsStream("ant-keygen/" + name).readAllBytes();
  }

  private Path archive() throws IOException {
    return Files.write(folder.resolve("archive"), bytes("archive.tar.gz"));
  }

  @Test
  void aSignatureOfAntKeygenMatches() throws IOException {
    ReleaseKey key = new ReleaseKey(bytes("key.pub"), "ant-node-release-v1");
    Path archive = archive();
    assertThatCode(() -> ReleaseSignature.check(key, archive, bytes("archive.tar.gz.sig"))).doesNotThrowAnyException();
  }

  @Test
  void itMatchesNeitherInAnotherContextNorWithABitChangedAnywhere() throws IOException {
    ReleaseKey key = new ReleaseKey(bytes("key.pub"), "ant-node-release-v1");
    Path archive = archive();
    assertThatThrownBy(() -> ReleaseSignature.check(new ReleaseKey(bytes("key.pub"), ""), archive, bytes("archive.tar.gz.sig")))
        .isInstanceOf(FetchException.class).hasMessageStartingWith("its signature does not match");
    byte[] signature = bytes("archive.tar.gz.sig");
    signature[1_000] ^= 1;
    assertThatThrownBy(() -> ReleaseSignature.check(key, archive, signature)).isInstanceOf(FetchException.class);
    byte[] changed = bytes("archive.tar.gz");
    changed[changed.length - 1] ^= 1;
    Files.write(archive, changed);
    assertThatThrownBy(() -> ReleaseSignature.check(key, archive, bytes("archive.tar.gz.sig"))).isInstanceOf(FetchException.class);
  }

  @Test
  void aSignatureOfAnotherLengthIsNone() throws IOException {
    ReleaseKey key = new ReleaseKey(bytes("key.pub"), "ant-node-release-v1");
    Path archive = archive();
    assertThatThrownBy(() -> ReleaseSignature.check(key, archive, new byte[0])).hasMessage("its signature has 0 bytes and not 3309");
  }
}

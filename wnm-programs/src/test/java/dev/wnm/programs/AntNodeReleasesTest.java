package dev.wnm.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.program.ReleaseSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AntNodeReleasesTest {
  private final ReleaseSource source = new AntNode2().releases().orElseThrow();

  /** The same is said in SECURITY.md; computed from the source of ant-node 0.23.1. */
  @Test
  void theKeyIsTheOneThatIsBuiltIntoAntNode() throws GeneralSecurityException {
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(source.key().bytes())))
        .isEqualTo("163f903d7b56cede4a049fe3eb871d8ac434b124059d992932f07f4ce1606643");
    assertThat(new String(source.key().context(), StandardCharsets.UTF_8)).isEqualTo("ant-node-release-v1");
  }

  @Test
  void archivesAreThoseThatAreFoundByTheProgramItself() {
    assertThat(source.repository()).isEqualTo("WithAutonomi/ant-node");
    assertThat(source.archiveFor("linux-x64")).contains("ant-node-cli-linux-x64.tar.gz");
    assertThat(source.archiveFor("macos-arm64")).contains("ant-node-cli-macos-arm64.tar.gz");
    assertThat(source.archiveFor("linux-riscv64")).isEmpty();
  }

  @Test
  void theProgramOfTheOldNetworkIsNotFetched() {
    assertThat(new Antnode().releases()).isEmpty();
  }
}

package dev.wnm.spi.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParentFolderTest {
  @Test
  void isTheFolderThatAPathLiesIn() {
    assertThat(ParentFolder.of(Path.of("/var/lib/wnm/colony.db"))).isEqualTo(Path.of("/var/lib/wnm"));
    assertThat(ParentFolder.of(Path.of("/colony.db"))).isEqualTo(Path.of("/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "colony.db"})
  void aPathWithoutOneIsNamed(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> ParentFolder.of(Path.of(path)))
        .withMessage("the path %s names no folder that it lies in", path);
  }
}

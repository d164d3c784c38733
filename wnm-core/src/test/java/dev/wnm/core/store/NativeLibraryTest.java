package dev.wnm.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  @TempDir
  Path cache;

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void theLibraryIsUnpackedOnceAndForItsOwnerOnly() throws Exception {
    Path folder = new NativeLibrary(cache).unpacked();
    assertThat(files(folder)).hasSize(1);
    Path library = files(folder).get(0);
    assertThat(Files.size(library)).isGreaterThan(100_000);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library))).isEqualTo("rw-------");

    Files.setLastModifiedTime(library, FileTime.from(Instant.EPOCH));
    assertThat(new NativeLibrary(cache).unpacked()).isEqualTo(folder);
    assertThat(Files.getLastModifiedTime(library).toInstant()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void aLibraryThatOthersCouldHaveWrittenIsNotLoaded() throws Exception {
    Path library = files(new NativeLibrary(cache).unpacked()).get(0);
    Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThatThrownBy(() -> new NativeLibrary(cache).unpacked()).isInstanceOf(IOException.class).hasMessageContaining("everyone");
  }

  @Test
  void whatAKilledProcessLeftOfItsUnpackingGoesWithTheNextUnpacking() throws Exception {
    Path folder = new NativeLibrary(cache).unpacked();
    Files.delete(files(folder).get(0));
    Path old = Files.createFile(folder.resolve("library1.part"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3_600)));
    Path young = Files.createFile(folder.resolve("library2.part"));
    new NativeLibrary(cache).unpacked();

    assertThat(files(folder)).hasSize(2).contains(young).doesNotContain(old);
  }

  @Test
  void aCacheThatTakesNoFilesIsNoHindrance() {
    assertThatThrownBy(() -> new NativeLibrary(Path.of("/proc")).unpacked()).isInstanceOf(IOException.class);
  }
}

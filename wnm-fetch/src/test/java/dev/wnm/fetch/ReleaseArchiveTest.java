package dev.wnm.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed or not, an archive gets no say in where something is written. */
class ReleaseArchiveTest {
  private static final Set<String> NAMES = Set.of("ant-node", "bootstrap_peers.toml");

  @TempDir
  private Path folder;

  private void refused(Archives archive, String why) throws IOException {
    assertThatThrownBy(() -> unpack(archive.bytes())).isInstanceOf(FetchException.class).hasMessage(why);
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  private Path unpack(byte[] archive) throws IOException {
    Path file = Files.write(folder.resolve("archive.tar.gz"), archive);
    Path inside = Files.createDirectories(folder.resolve("inside"));
    ReleaseArchive.unpack(file, inside, NAMES);
    return inside;
  }

  @Test
  void onlyTheWantedFilesAreWritten() throws IOException {
    assertThat(unpack(Archives.release("1.0")).toFile().list()).containsExactlyInAnyOrder("ant-node", "bootstrap_peers.toml");
  }

  @Test
  void aNameThatLeadsOut() throws IOException {
    refused(new Archives().file("../outside", "x"), "it holds '../outside', which does not lie directly in it");
  }

  @Test
  void aNameFromTheTop() throws IOException {
    Path outside = folder.resolve("outside");
    refused(new Archives().file(outside.toString(), "x"), "it holds '" + outside + "', which does not lie directly in it");
  }

  @Test
  void aLink() throws IOException {
    refused(new Archives().entry("ant-node", TarConstants.LF_SYMLINK, "/bin/sh"), "it holds 'ant-node', which is no ordinary file");
    refused(new Archives().entry("ant-node", TarConstants.LF_LINK, "../outside"), "it holds 'ant-node', which is no ordinary file");
  }

  @Test
  void aDevice() throws IOException {
    refused(new Archives().entry("x", TarConstants.LF_CHR, ""), "it holds 'x', which is no ordinary file");
  }

  @Test
  void aFolder() throws IOException {
    refused(new Archives().entry("ant-node/", TarConstants.LF_DIR, ""), "it holds 'ant-node/', which is no ordinary file");
  }

  @Test
  void aNameThatComesTwice() throws IOException {
    refused(new Archives().file("ant-node", "1").file("ant-node", "2"), "it holds ant-node twice");
  }

  @Test
  void aFileThatIsMissing() throws IOException {
    refused(new Archives().file("ant-node", "1"), "it holds no bootstrap_peers.toml");
  }

  @Test
  void whatIsNoArchiveOrEndsTooEarly() {
    byte[] whole = Archives.release("1.0");
    assertThatThrownBy(() -> unpack("not an archive".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isInstanceOf(FetchException.class).hasMessageStartingWith("it cannot be unpacked: ");
    assertThatThrownBy(() -> unpack(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(FetchException.class).hasMessageStartingWith("it cannot be unpacked: ");
  }
}

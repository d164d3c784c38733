package dev.wnm.managers.setsid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A next binary that cannot be had costs a running node nothing, and one that was cut off on its way loses none. */
class StagedBinaryTest {
  @TempDir
  private Path folder;
  private Bench bench;
  private SetsidManager manager;
  private NodeSpec node;

  @BeforeEach
  void runANodeOnASmallDisk() throws Exception {
    bench = new Bench(folder);
    run("mount", "-t", "tmpfs", "-o", "size=" + (Files.size(bench.antnode) * 3 / 2 + 512 * 1024), "wnm-test",
        bench.storage.toString());
    manager = bench.manager();
    node = bench.ask(1);
    Bench.up(manager, node);
  }

  @AfterEach
  void end() throws Exception {
    bench.close();
    run("umount", "--lazy", bench.storage.toString());
  }

  private static void run(String... words) throws Exception {
    new ProcessCommandRunner().run(Command.of(words)).orThrow();
  }

  private void assertRefused(NodeSpec next, String words) {
    byte[] before = content();
    assertThat(Bench.reason(manager.stage(next))).contains(words);
    assertThat(Bench.state(manager, node)).isInstanceOf(ProcessState.Running.class);
    assertThat(content()).isEqualTo(before);
    assertThat(node.stagedBinary()).doesNotExist();
  }

  private byte[] content() {
    try {
      return Files.readAllBytes(node.binary());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFullDisk() throws IOException {
    Path filler = bench.storage.resolve("filler");
    try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      byte[] block = new byte[4096];
      while (true) {
        channel.write(ByteBuffer.wrap(block));
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
    assertRefused(node, "No space left");
  }

  @Test
  void aBinaryThatWasCutShort() throws IOException {
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(new byte[] {0x7f, 'E', 'L', 'F'}, 1000));
    Files.setPosixFilePermissions(cut, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertRefused(node.withSource(cut), "antnode.staged");
  }

  @Test
  void aBinaryThatIsNotExecutable() throws IOException {
    Path plain = Files.write(folder.resolve("plain"), new byte[1000]);
    assertRefused(node.withSource(plain), "is not an executable file");
  }

  @Test
  void aSwapThatWasCutOffBetweenItsRenames() throws IOException {
    byte[] before = content();
    Bench.done(manager.stop(node));
    Files.move(node.binary(), node.keptBinary());

    Bench.done(manager.start(node));

    assertThat(content()).isEqualTo(before);
    assertThat(Bench.state(manager, node)).isInstanceOf(ProcessState.Running.class);
  }
}

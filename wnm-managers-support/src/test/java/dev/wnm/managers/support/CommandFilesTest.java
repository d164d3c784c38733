package dev.wnm.managers.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.testkit.HeldFile;
import dev.wnm.testkit.manager.ContractMachine;
import dev.wnm.testkit.manager.WithoutSudo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files touched by commands under sudo. Needs root, as what stands for sudo here is left away. */
class CommandFilesTest {
  @TempDir Path folder;
  private NodeFiles files;

  @BeforeEach
  void filesBySudo() {
    files = Rights.overAccounts(new WithoutSudo(), false).files();
  }

  @Test
  void whatIsThereIsToldFromWhatIsNot() throws Exception {
    Path file = Files.writeString(folder.resolve("a [b]*?\\c"), "text");
    Files.writeString(folder.resolve("a bx"), "another");
    Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));

    assertThat(files.exists(file)).isTrue();
    assertThat(files.read(file)).hasValue("text");
    assertThat(files.writtenAt(file).orElseThrow().getEpochSecond())
        .isEqualTo(Files.getLastModifiedTime(file).toInstant().getEpochSecond());
    assertThat(files.exists(folder.resolve("dangling"))).as("a link itself").isTrue();
    assertThat(files.exists(folder.resolve("a [b]"))).isFalse();
    assertThat(files.exists(folder.resolve("none/at/all"))).isFalse();
    assertThat(files.read(folder.resolve("none"))).isEmpty();
    assertThat(files.writtenAt(folder.resolve("none"))).isEmpty();
    assertThat(files.deleteFile(folder.resolve("none"))).isFalse();
  }

  @Test
  void filesThatComeAndGoBesideItKeepNoLookFromItsAnswer() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Process restless = new ProcessBuilder("sh", "-c", "while :; do for i in 1 2 3 4 5 6 7 8 9; do : >\"$1/x$i\"; done; rm -f \"$1\"/x*;"
        + " done", "sh", folder.toString()).start();
    try {
      for (int look = 0; look < 100; look++) {
        assertThat(files.exists(file)).isTrue();
        assertThat(files.exists(folder.resolve("none"))).isFalse();
        assertThat(files.list(folder)).contains("file");
      }
    } finally {
      restless.destroyForcibly().waitFor();
    }
  }

  @Test
  void sudoThatFailsIsNoAnswer() throws IOException {
    Path storage = Files.createDirectory(folder.resolve("storage"));
    StorageMarker.write(ContractMachine.COLONY, storage);
    Path node = Files.createDirectory(storage.resolve("antnode0001"));
    Path key = Files.writeString(node.resolve("secret-key"), "key");
    for (CommandResult answer : List.of(ended(1, "sudo: a password is required"), ended(127, "sudo: find: command not found"))) {
      NodeFiles refused = Rights.overAccounts(new Answering(answer), false).files();
      NodeFolder data = new NodeFolder(node, NodeFolder.Content.DATA, "antnode0001", folder, ContractMachine.COLONY);

      for (ThrowingCallable question : List.<ThrowingCallable>of(() -> refused.exists(key), () -> refused.read(key),
          () -> refused.writtenAt(key), () -> refused.readTrusted(key), () -> refused.list(node), () -> refused.deleteFile(key),
          () -> refused.delete(data), () -> refused.ownerOf(node))) {
        assertThatThrownBy(question).isInstanceOf(CommandFailedException.class).hasMessageContaining(answer.stderr().strip());
      }
    }
    assertThat(key).exists();
  }

  @Test
  void theKeyIsDeletedWhenAllElseIsGoneWhateverTheFolderIsCalled() throws Exception {
    Path storage = Files.createDirectory(folder.resolve("a [b]*?\\c"));
    StorageMarker.write(ContractMachine.COLONY, storage);
    Path node = Files.createDirectory(storage.resolve("antnode0001"));
    Path key = Files.writeString(node.resolve("secret-key"), "key");
    Path another = Files.createFile(Files.createDirectories(node.resolve("record_store")).resolve("secret-key"));
    NodeFolder data = new NodeFolder(node, NodeFolder.Content.DATA, "antnode0001", folder, ContractMachine.COLONY);
    try (HeldFile held = HeldFile.at(node, node.resolve("record_store/held"))) {
      assertThatThrownBy(() -> files.delete(data)).hasMessageContaining("record_store/held").hasMessageContaining("not permitted");
      assertThat(key).hasContent("key");
      assertThat(another).as("a file called so elsewhere is no key").doesNotExist();
    }
    assertThat(files.delete(data)).isTrue();
    assertThat(node).doesNotExist();
  }

  @Test
  void aStorageThatNodesMayChangeIsNotWorkedInByRoot() throws Exception {
    Path storage = Files.createDirectory(folder.resolve("storage"));
    Path node = Files.createDirectory(storage.resolve("antnode0001"));
    for (Path each : List.of(storage, node)) {
      Files.setAttribute(each, "unix:uid", 4242);
    }
    Path source = Files.writeString(folder.resolve("antnode"), "x");

    assertThatThrownBy(() -> files.install(source, node.resolve("antnode"))).isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("chown root " + storage);
    assertThat(node).isEmptyDirectory();
  }

  private static CommandResult ended(int code, String stderr) throws IOException {
    try {
      return new ProcessCommandRunner().run(Command.of("sh", "-c", "echo \"$1\" >&2; exit \"$2\"", "sh", stderr, Integer.toString(code)));
    } catch (CommandFailedException e) {
      throw new IOException(e);
    }
  }

  /** Answers everything in one way. */
  private record Answering(CommandResult answer) implements CommandRunner {
    @Override
    public CommandResult run(Command command) {
      return answer;
    }

    @Override
    public Process spawn(Command command, Path log) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Path> find(String program) {
      return Optional.empty();
    }
  }
}

package dev.wnm.spi.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OpenFolderTest {
  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
  @TempDir Path top;
  private Path storage;
  private Path node;
  private Path precious;

  @BeforeEach
  void aNodesFolderAndSomethingPreciousElsewhere() throws IOException {
    storage = Files.createDirectory(top.resolve("storage"));
    node = Files.createDirectory(storage.resolve("antnode0001"));
    precious = Files.writeString(Files.createDirectory(top.resolve("elsewhere")).resolve("precious"), "precious");
    Files.setPosixFilePermissions(precious, PosixFilePermissions.fromString("rw-------"));
  }

  private OpenFolder open() throws IOException {
    return OpenFolder.below(storage, node);
  }

  private static void put(OpenFolder folder, String name, String text) throws IOException {
    folder.put(name, PROGRAM, Optional.empty(), Optional.empty(), file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void assertNothingElsewhereChanged() throws IOException {
    assertThat(precious).hasContent("precious");
    assertThat(Files.getPosixFilePermissions(precious)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(precious.getParent()).isDirectoryContaining(path -> path.equals(precious));
    assertThat(Files.list(precious.getParent())).hasSize(1);
  }

  @Test
  void aFileIsPutInItsPlaceWholeWithModeAndAgeAndNothingIsLeftBeside() throws IOException {
    FileTime age = FileTime.from(Instant.parse("2024-05-06T07:08:09Z"));
    try (OpenFolder folder = open()) {
      folder.put("antnode", PROGRAM, Optional.of(FileOwner.me()), Optional.of(age), file -> file.write('x'));
      assertThat(folder.names()).containsExactly("antnode");
    }

    assertThat(node.resolve("antnode")).hasContent("x").isExecutable();
    assertThat(Files.getLastModifiedTime(node.resolve("antnode"))).isEqualTo(age);
    assertThat(storage).isDirectoryContaining(path -> path.equals(node));
    assertThat(Files.list(storage)).hasSize(1);
  }

  @Test
  void aFileThatCannotBeWrittenWholeLeavesTheOldOne() throws IOException {
    Files.writeString(node.resolve("antnode"), "old");
    try (OpenFolder folder = open()) {
      assertThatThrownBy(() -> folder.put("antnode", PROGRAM, Optional.empty(), Optional.empty(), file -> {
        file.write('x');
        throw new IOException("No space left on device");
      })).hasMessageContaining("No space left");
    }

    assertThat(node.resolve("antnode")).hasContent("old");
    assertThat(Files.list(storage)).hasSize(1);
  }

  @Test
  void linksInThePlaceOfFilesAreReplacedRenamedAndDeletedThemselves() throws IOException {
    for (String name : Set.of("antnode", "antnode.previous", "secret-key")) {
      Files.createSymbolicLink(node.resolve(name), precious);
    }
    try (OpenFolder folder = open()) {
      assertThat(folder.entry("secret-key").orElseThrow().kind()).isEqualTo(FileEntry.Kind.LINK);
      assertThat(folder.delete("secret-key")).isTrue();
      folder.rename("antnode", "antnode.previous");
      put(folder, "antnode", "new");
      put(folder, "antnode.previous", "newer");
    }

    assertThat(Files.isRegularFile(node.resolve("antnode.previous"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(node.resolve("antnode")).hasContent("new");
    assertNothingElsewhereChanged();
  }

  @Test
  void aLinkInThePlaceOfAFolderIsRefusedWithWords() throws IOException {
    Files.createSymbolicLink(node.resolve("logs"), precious.getParent());
    try (OpenFolder folder = open()) {
      assertThatThrownBy(() -> folder.makeFolder("logs", OWN, Optional.empty())).isInstanceOf(IOException.class)
          .hasMessageContaining("logs").hasMessageContaining("link");
      assertThatThrownBy(() -> folder.child("logs")).hasMessageContaining("it is a link, which is not followed here");
    }
    assertThatThrownBy(() -> OpenFolder.below(storage, node.resolve("logs"))).hasMessageContaining("it is a link");
    assertNothingElsewhereChanged();
  }

  @Test
  void aFolderIsMadeWithItsModeAndOneThatIsThereGetsIt() throws IOException {
    try (OpenFolder folder = open()) {
      assertThat(folder.makeFolder("logs", OWN, Optional.of(FileOwner.me()))).isTrue();
      Files.setPosixFilePermissions(node.resolve("logs"), PROGRAM);
      assertThat(folder.makeFolder("logs", OWN, Optional.empty())).isFalse();
    }

    assertThat(Files.getPosixFilePermissions(node.resolve("logs"))).isEqualTo(OWN);
  }

  @Test
  void inAFolderWhosePathOthersMayChangeEverythingIsMadeOutsideAndMovedIn() throws IOException {
    Files.setPosixFilePermissions(storage, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (OpenFolder folder = open()) {
      Files.move(node, storage.resolve("moved"));
      Files.createSymbolicLink(node, precious.getParent());

      put(folder, "antnode", "new");
      folder.makeFolder("logs", OWN, Optional.empty());
    }

    assertThat(storage.resolve("moved/antnode")).hasContent("new");
    assertThat(storage.resolve("moved/logs")).isDirectory();
    assertNothingElsewhereChanged();
  }

  @Test
  void aSmallFileIsReadAndALargeOneIsRefused() throws IOException {
    Files.writeString(node.resolve("small"), "text");
    Files.write(node.resolve("large"), new byte[2_000_000]);
    Files.createSymbolicLink(node.resolve("link"), precious);
    try (OpenFolder folder = open()) {
      assertThat(folder.read("none", 100)).isEmpty();
      assertThat(folder.read("small", 100)).hasValue("text".getBytes(StandardCharsets.UTF_8));
      assertThat(folder.readEnd("small", 0, 2)).asString().isEqualTo("xt");
      assertThat(folder.readEnd("small", 3, 100)).asString().isEqualTo("t");
      assertThatThrownBy(() -> folder.read("large", 100)).hasMessageContaining("more than 100 bytes");
      assertThatThrownBy(() -> folder.read("link", 100)).hasMessageContaining("no ordinary file");
    }
  }

  @Test
  @Timeout(60)
  void aPipeInThePlaceOfAFileOrFolderIsRefusedAndNotWaitedFor() throws Exception {
    mkfifo("console.log");
    try (OpenFolder folder = open()) {
      assertThatThrownBy(() -> folder.read("console.log", 100)).hasMessageContaining("no ordinary file");
      assertThatThrownBy(() -> folder.child("console.log")).hasMessageContaining("it is not a folder");
      folder.deleteTree("console.log");
    }
    assertThat(node).isEmptyDirectory();
  }

  @Test
  @Timeout(60)
  void aPipeThatCameAfterTheLookCostsItsLimitOnly() throws Exception {
    mkfifo("late");

    assertThatThrownBy(() -> InTime.run(node.resolve("late"), () -> Files.readAllBytes(node.resolve("late")), late -> {},
        Duration.ofSeconds(1))).hasMessageContaining("does not answer within 1 s");

    assertThat(InTime.LIMIT).as("what it is unless told").isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void threeThousandNestedFoldersAreDeletedAndWhatTheirLinksPointAtIsNot() throws IOException {
    // Deeper than a path may be long: made from the inside out.
    Path deep = Files.createDirectory(node.resolve("d"));
    Files.createSymbolicLink(deep.resolve("link"), precious.getParent());
    for (int level = 0; level < 3_000; level++) {
      Path around = Files.createDirectory(node.resolve("around"));
      Files.writeString(around.resolve("file"), "x");
      Files.move(node.resolve("d"), around.resolve("d"));
      Files.move(around, node.resolve("d"));
    }
    try (OpenFolder folder = OpenFolder.at(storage)) {
      assertThat(folder.deleteTree("antnode0001")).isTrue();
      assertThat(folder.deleteTree("antnode0001")).isFalse();
    }

    assertThat(storage).isEmptyDirectory();
    assertNothingElsewhereChanged();
  }

  @Test
  void aTreeThatCannotBeDeletedWholeKeepsWhatGoesLastAndIsNamedByItsWholePath() throws Exception {
    // Which name comes first is the file system's choice: so it is tried with many.
    for (int i = 0; i < 20; i++) {
      Path tree = Files.createDirectory(storage.resolve("tree" + i));
      Path held = Files.createFile(Files.createDirectories(tree.resolve("stored" + i + "/deep")).resolve("x"));
      Path key = Files.writeString(tree.resolve("secret-key"), "key");
      try (OpenFolder folder = OpenFolder.at(storage)) {
        holdUp(held);
        assertThatThrownBy(() -> folder.deleteTree(tree.getFileName().toString(), Set.of("secret-key")))
            .isInstanceOfSatisfying(FileSystemException.class, e -> assertThat(e.getFile()).startsWith(tree + "/").endsWith("/x"));
        assertThat(key).hasContent("key");
        letGo(tree);
        assertThat(folder.deleteTree(tree.getFileName().toString(), Set.of("secret-key"))).isTrue();
      }
      assertThat(tree).doesNotExist();
    }
  }

  /** Nobody can delete it then. Only root can see to that. */
  private static void holdUp(Path file) throws Exception {
    Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root makes files that cannot be deleted");
    assertThat(new ProcessBuilder("chattr", "+i", file.toString()).inheritIO().start().waitFor()).isZero();
  }

  private static void letGo(Path tree) throws Exception {
    assertThat(new ProcessBuilder("chattr", "-R", "-i", tree.toString()).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void aFolderByItsPathDoesTheSameWhereThereAreNoOpenFolders() throws IOException {
    Files.createSymbolicLink(node.resolve("link"), precious);
    Files.createDirectories(node.resolve("a/b/c"));
    try (PathFolder plain = new PathFolder(storage, LinkOption.NOFOLLOW_LINKS);
        var inside = plain.newDirectoryStream(Path.of("antnode0001"), LinkOption.NOFOLLOW_LINKS)) {
      assertThat(inside).hasSize(2);
      inside.deleteFile(Path.of("link"));
      inside.move(Path.of("a"), plain, Path.of("moved"));
    }

    assertThat(storage.resolve("moved/b/c")).isDirectory();
    assertThat(node).isEmptyDirectory();
    assertNothingElsewhereChanged();
  }

  private void mkfifo(String name) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", node.resolve(name).toString()).start().waitFor()).isZero();
  }
}

package dev.wnm.spi.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.model.ColonyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFolderTest {
  @TempDir Path top;
  private static final ColonyId COLONY = new ColonyId("wnm-0123abcd");

  private Path home;
  private Path storage;

  @BeforeEach
  void aHomeWithAStorage() throws IOException {
    home = Files.createDirectories(top.resolve("op"));
    storage = Files.createDirectories(home.resolve(".local/share/autonomi/node"));
    StorageMarker.write(COLONY, storage);
  }

  @Test
  void aNodesFolderIsDeletedWithAllInIt() throws IOException {
    Path node = nodeAt(storage.resolve("antnode0001"));
    Path other = nodeAt(storage.resolve("antnode0002"));
    Files.createDirectories(node.resolve("record_store/a/b"));
    Files.writeString(node.resolve("record_store/a/b/c"), "x");

    assertThat(folder(node).delete()).isTrue();

    assertThat(node).doesNotExist();
    assertThat(other.resolve("secret-key")).exists();
  }

  @Test
  void aFolderThatIsGoneFromAStorageThatIsThereNeedsNoDeleting() throws IOException {
    assertThat(folder(storage.resolve("antnode0001")).delete()).isFalse();
  }

  @Test
  void aFolderIsNotSaidToBeGoneWhileItsStorageIsNotKnown() throws IOException {
    StorageMarker.erase(COLONY, storage);
    assertRefused(storage.resolve("antnode0001"), "antnode0001", "its disk may not be mounted");

    Files.delete(storage);
    assertRefused(storage.resolve("antnode0001"), "antnode0001", "is not in a storage of this colony");
  }

  @Test
  void theStorageOfAnotherColonyIsLeftAlone() throws IOException {
    Path node = nodeAt(storage.resolve("antnode0001"));
    StorageMarker.write(new ColonyId("wnm-00000001"), storage);

    assertRefused(node, "antnode0001", "the storage of another colony (wnm-00000001)");
    assertThat(node.resolve("secret-key")).exists();
  }

  @Test
  void aFolderOfLogsNeedsNoMarkerButIsKeptWhenItHoldsAKey() throws IOException {
    Path logs = Files.createDirectories(top.resolve("log/antnode/antnode0001"));
    Files.writeString(logs.resolve("antnode.log"), "x");
    NodeFolder folder = new NodeFolder(logs, NodeFolder.Content.LOGS, "antnode0001", home, COLONY);
    Files.writeString(logs.resolve("secret-key"), "0");
    assertThatThrownBy(folder::delete).hasMessageContaining("is for logs and holds a key");

    Files.delete(logs.resolve("secret-key"));
    assertThat(folder.delete()).isTrue();
  }

  @Test
  void anUnfinishedCopyIsDeletedWhateverIsInItButOnlyByItsNameAndInAStorage() throws IOException {
    Path copy = NodeFolder.copyOf(storage.resolve("antnode0001"));
    nodeAt(copy);
    Files.writeString(copy.resolve("dear.txt"), "copied");
    assertThat(copy).isEqualTo(storage.resolve(".antnode0001.wnm-moving"));

    assertThat(copyAt(copy).delete()).isTrue();

    assertThat(copy).doesNotExist();
    Path node = nodeAt(storage.resolve("antnode0001"));
    assertThatThrownBy(() -> copyAt(node).delete()).hasMessageContaining("is not called as an unfinished copy");
    StorageMarker.erase(COLONY, storage);
    nodeAt(copy);
    assertThatThrownBy(() -> copyAt(copy).delete()).hasMessageContaining("its disk may not be mounted");
    assertThat(node).isDirectory();
  }

  private NodeFolder copyAt(Path path) {
    return new NodeFolder(path, NodeFolder.Content.COPY, path.getFileName().toString(), home, COLONY);
  }

  @Test
  void aFolderWithANameOfItsOwnIsItsNodesByTheRecord() throws IOException {
    Path node = nodeAt(storage.resolve("my-first"));

    assertThat(new NodeFolder(node, NodeFolder.Content.DATA, "antnode0001", home, COLONY).delete()).isTrue();
  }

  @Test
  void linksInAFolderAreRemovedAndNotFollowed() throws IOException {
    Path precious = Files.writeString(Files.createDirectory(top.resolve("precious")).resolve("file"), "x");
    Path node = nodeAt(storage.resolve("antnode0001"));
    Files.createSymbolicLink(node.resolve("record_store"), precious.getParent());
    Files.createSymbolicLink(node.resolve("antnode"), precious);

    folder(node).delete();

    assertThat(node).doesNotExist();
    assertThat(precious).hasContent("x");
  }

  @Test
  void aLinkInTheFoldersPlaceIsRefusedSinceWhatItLeadsToWouldStay() throws IOException {
    Path elsewhere = nodeAt(Files.createDirectory(top.resolve("disk")).resolve("antnode0001"));
    Path link = Files.createSymbolicLink(storage.resolve("antnode0001"), elsewhere);

    assertRefused(link, "antnode0001", "is a link, which is not followed, and what it leads to would stay");
    assertThat(folder(link).refusal()).as("said before the node's process is ended").isPresent();
    assertThat(link).isSymbolicLink();
    assertThat(elsewhere.resolve("secret-key")).exists();
  }

  @Test
  void aLinkToADiskThatIsNotMountedIsRefusedToo() throws IOException {
    Path link = Files.createSymbolicLink(storage.resolve("antnode0001"), top.resolve("disk/antnode0001"));

    assertRefused(link, "antnode0001", "is a link");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aLinkInTheWayOfACreateThatFailedIsTakenAway() throws IOException {
    Path link = Files.createSymbolicLink(storage.resolve("antnode0001"), nodeAt(top.resolve("disk")));

    assertThat(new NodeFolder(link, NodeFolder.Content.UNFINISHED, "antnode0001", home, COLONY).delete()).isTrue();

    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(top.resolve("disk/secret-key")).exists();
  }

  @Test
  void whatLiesOutsideTheStorageIsNeverDeleted() throws IOException {
    Path outside = nodeAt(Files.createDirectory(top.resolve("other")).resolve("antnode0001"));
    Path beside = nodeAt(top.resolve("antnode0001"));

    assertRefused(outside, "antnode0001", "is not in a storage of this colony");
    assertRefused(beside, "antnode0001", "which is a home, holds one, or is a folder of the system");
    assertRefused(storage.resolve("../antnode0001"), "antnode0001", "without detours");
    assertRefused(Path.of("antnode0001"), "antnode0001", "absolute");
    assertRefused(storage, "node", "is not in a storage of this colony");
    assertThat(outside.resolve("secret-key")).exists();
  }

  @Test
  void aLinkOnTheWayThatLeavesTheStorageIsSeenThrough() throws IOException {
    Path elsewhere = nodeAt(Files.createDirectory(top.resolve("elsewhere")).resolve("antnode0001"));
    Files.createSymbolicLink(storage.resolve("sub"), elsewhere.getParent());

    assertThatThrownBy(() -> folder(storage.resolve("sub/antnode0001")).delete()).hasMessageContaining("is not in a storage of this colony");
    assertThat(elsewhere.resolve("secret-key")).exists();
  }

  @Test
  void aStorageThatIsItselfReachedByALinkIsFine() throws IOException {
    nodeAt(storage.resolve("antnode0001"));
    Path link = Files.createSymbolicLink(top.resolve("link"), storage);

    assertThat(folder(link.resolve("antnode0001")).delete()).isTrue();
  }

  @Test
  void homesAndTheirParentsAndTheRootAreNeverDeletedWhateverTheStorageIs() throws IOException {
    for (Path path : List.of(
        Path.of("/"), home, home.getParent(), Path.of("/root"), Path.of("/home/antnode0001"), Path.of("/var"))) {
      assertThat(folder(path).refusal())
          .as(path.toString()).isPresent().get().asString().contains("home");
    }
  }

  @Test
  void aFolderThatIsNotCalledAsItsNodeIsNotDeleted() throws IOException {
    Path node = nodeAt(storage.resolve("antnode0001"));

    assertRefused(node, "antnode0002", "is not called antnode0002");
  }

  @Test
  void aFolderWithoutAFileOfANodeIsNotDeleted() throws IOException {
    Path photos = Files.createDirectory(storage.resolve("antnode0001"));
    Files.writeString(photos.resolve("beach.jpg"), "x");

    assertRefused(photos, "antnode0001", "holds no file of a node");
    assertRefused(Files.writeString(storage.resolve("antnode0002"), "a file"), "antnode0002", "holds no file of a node");
    assertThat(photos.resolve("beach.jpg")).exists();
  }

  @Test
  void anEmptyFolderAndALogFolderAreOnesOfANode() throws IOException {
    assertThat(folder(Files.createDirectory(storage.resolve("antnode0001"))).delete()).isTrue();
    assertThat(NodeFolder.looksLikeOne(List.of("antnode.log.20261121T010101.gz", "x"))).isTrue();
    assertThat(NodeFolder.looksLikeOne(List.of("console.log"))).isTrue();
    assertThat(NodeFolder.looksLikeOne(List.of("catalog", "antnodes"))).isFalse();
    assertThat(NodeFolder.looksLikeOne(List.of("logs"))).isTrue();
    assertThat(NodeFolder.looksLikeOne(List.of("logs", ".antnode.wnm-new"))).as("a wnm was killed as it made the node").isTrue();
    assertThat(NodeFolder.looksLikeOne(List.of("logs", "photos"))).as("logs say nothing of what else is there").isFalse();
  }

  private void assertRefused(Path path, String name, String why) {
    assertThatThrownBy(() -> {
      NodeFolder folder = new NodeFolder(path, NodeFolder.Content.DATA, name, home, COLONY);
      if (!folder.delete()) {
        throw new IOException(folder.refusal().orElse("allowed"));
      }
    }).isInstanceOf(IOException.class).hasMessageStartingWith("will not delete " + path).hasMessageContaining(why);
  }

  private NodeFolder folder(Path path) {
    return new NodeFolder(path, NodeFolder.Content.DATA, String.valueOf(path.getFileName()), home, COLONY);
  }

  private static Path nodeAt(Path folder) throws IOException {
    Files.createDirectory(folder);
    Files.writeString(folder.resolve("secret-key"), "0");
    return folder;
  }
}

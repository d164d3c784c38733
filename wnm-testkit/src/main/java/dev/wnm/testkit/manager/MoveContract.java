package dev.wnm.testkit.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.MovesNodes;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessState.Running;
import dev.wnm.spi.manager.ProcessState.Stopped;
import dev.wnm.spi.model.NodePlacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The conformance suite's tests of nodes that are moved to another storage. */
abstract class MoveContract extends PrivilegeContract {
  private MovesNodes mover() {
    Optional<MovesNodes> offered = manager.capability(MovesNodes.class);
    Assumptions.assumeTrue(offered.isPresent(), "SKIPPED: it does not move nodes");
    return offered.orElseThrow();
  }

  private Path otherStorage() {
    Path storage = machine.nodeStorage().resolveSibling("other-storage");
    assertThat(KeepsStorages.of(manager).claim(machine.colony(), new NodeStorage(storage, Optional.empty()))).isEmpty();
    return storage;
  }

  /** A node that was up once, so that it has a key and data. */
  private NodeSpec stoppedNode() {
    NodeSpec node = up(create(ask(1)));
    done(manager.stop(node));
    return node;
  }

  private NodeSpec at(NodeSpec node, NodePlacement placement) {
    return remember(node.toBuilder().placement(placement).build());
  }

  /** All in a folder, with kind, mode, owner, and time and size of files. */
  private static Map<String, String> whole(Path folder) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Map<String, Object> facts = Files.readAttributes(file, "unix:mode,uid,gid,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        boolean isFile = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        entries.put(folder.relativize(file).toString(), facts.get("mode") + " " + facts.get("uid") + " " + facts.get("gid")
            + (isFile ? " " + facts.get("size") + " " + ((FileTime) facts.get("lastModifiedTime")).toMillis() : ""));
      }
    }
    return entries;
  }

  @Test
  void aStoppedNodeIsMovedWholeAndStartsThereAsTheSame() throws IOException {
    MovesNodes mover = mover();
    NodeSpec node = up(create(ask(1)));
    Optional<String> peerId = standIn().peerId(node);
    done(manager.stop(node));
    byte[] key = Files.readAllBytes(node.rootDir().resolve(node.program().keyFile()));
    Files.createSymbolicLink(node.rootDir().resolve(standIn().dataFolder()).resolve("a link"), Path.of("nowhere"));
    Map<String, String> before = whole(node.rootDir());
    NodePlacement target = node.placement().in(otherStorage());

    assertThat(mover.moveObstacle(node, target)).isEmpty();
    NodeSpec moved = remember(recorded(node, done(mover.move(node, target)).facts()));

    assertThat(moved.placement()).isEqualTo(target);
    assertThat(whole(moved.rootDir())).isEqualTo(before);
    assertThat(node.rootDir()).doesNotExist();
    assertThat(NodeFolder.copyOf(target.rootDir())).doesNotExist();
    assertThat(state(moved)).isInstanceOf(Stopped.class);
    NodeSpec again = up(moved);
    assertThat(again.rootDir().resolve(again.program().keyFile())).hasBinaryContent(key);
    assertThat(standIn().peerId(again)).isEqualTo(peerId);
    assertThat(node.rootDir()).as("nothing is made anew where it was").doesNotExist();
    done(manager.remove(again));
    assertThat(again.rootDir()).doesNotExist();
    assertThat(machine.stored()).as("what is left where it was").noneMatch(file -> file.toString().contains("antnode0001"));
  }

  @Test
  void aRunningNodeIsEndedBeforeItIsMoved() {
    MovesNodes mover = mover();
    NodeSpec node = up(create(ask(1)));

    NodeSpec moved = remember(recorded(node, done(mover.move(node, node.placement().in(otherStorage()))).facts()));

    assertGone(node);
    assertThat(state(moved)).isInstanceOf(Stopped.class);
    assertThat(state(up(moved))).isInstanceOf(Running.class);
  }

  @Test
  void aNodeIsNotMovedToWhereSomethingIs() throws IOException {
    MovesNodes mover = mover();
    NodeSpec node = up(create(ask(1)));
    NodePlacement target = node.placement().in(otherStorage());
    ContractMachine.folderLikeANode(target.rootDir());
    Map<String, String> before = whole(target.rootDir());

    assertThat(mover.moveObstacle(node, target)).hasValueSatisfying(why -> assertThat(why).contains(target.rootDir().toString(), "already"));
    assertSentence(failed(mover.move(node, target)));

    assertThat(whole(target.rootDir())).isEqualTo(before);
    assertThat(state(node)).as("it was refused before anything").isInstanceOf(Running.class);
  }

  @Test
  void aNodeIsNotMovedToADiskWithoutRoom() throws Exception {
    MovesNodes mover = mover();
    NodeSpec node = up(create(ask(1)));
    Path disk = Files.createDirectories(machine.nodeStorage().resolveSibling("other-storage"));
    Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=2m,mode=755", "wnm-test", disk.toString()), "only root mounts disks");
    try {
      NodePlacement target = node.placement().in(otherStorage());

      assertThat(mover.moveObstacle(node, target)).hasValueSatisfying(why -> assertThat(why).contains(disk + " has ", "free"));
      assertSentence(failed(mover.move(node, target)));

      assertThat(target.rootDir()).doesNotExist();
      assertThat(NodeFolder.copyOf(target.rootDir())).doesNotExist();
      assertThat(state(node)).isInstanceOf(Running.class);
    } finally {
      run("umount", disk.toString());
    }
  }

  private static boolean run(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
  }

  @Test
  void aNodeIsNotMovedOutOfTheStoragesOfItsColony() throws IOException {
    MovesNodes mover = mover();
    NodeSpec node = stoppedNode();
    NodePlacement target = node.placement().in(Files.createDirectories(machine.home().resolve("no storage")));

    assertSentence(failed(mover.move(node, target)));

    assertThat(target.rootDir()).doesNotExist();
    assertThat(state(node)).isInstanceOf(Stopped.class);
  }

  @Test
  void aMoveThatWasCutOffAfterTheCopyIsTakenBack() throws IOException {
    MovesNodes mover = mover();
    NodeSpec node = stoppedNode();
    NodePlacement target = node.placement().in(otherStorage());
    Map<String, String> before = whole(node.rootDir());
    // As a wnm leaves it that is killed right before the service is switched.
    NodeFiles.copy(node.rootDir(), target.rootDir());
    Files.createDirectory(NodeFolder.copyOf(target.rootDir()));
    Files.writeString(NodeFolder.copyOf(target.rootDir()).resolve("a part of something"), "");

    NodePlacement placed = done(mover.settleMove(node, target)).facts().placement();
    assertThat(placed).isEqualTo(node.placement());
    assertThat(done(mover.settleMove(node, target)).facts().placement()).isEqualTo(node.placement());

    assertThat(target.rootDir()).doesNotExist();
    assertThat(NodeFolder.copyOf(target.rootDir())).doesNotExist();
    assertThat(whole(node.rootDir())).isEqualTo(before);
    up(node);
  }

  @Test
  void aMoveThatWasCutOffAfterTheSwitchIsFinished() throws IOException {
    MovesNodes mover = mover();
    NodeSpec node = stoppedNode();
    byte[] key = Files.readAllBytes(node.rootDir().resolve(node.program().keyFile()));
    NodePlacement target = node.placement().in(otherStorage());
    NodeSpec moved = recorded(node, done(mover.move(node, target)).facts());
    // As a wnm leaves it that is killed before the old folder is gone.
    NodeFiles.copy(moved.rootDir(), node.rootDir());

    NodePlacement placed = done(mover.settleMove(node, target)).facts().placement();

    assertThat(placed).isEqualTo(target);
    assertThat(node.rootDir()).doesNotExist();
    NodeSpec again = up(at(node, placed));
    assertThat(again.rootDir().resolve(again.program().keyFile())).hasBinaryContent(key);
  }

  @Test
  void aMoveThatIsCutOffAnywhereLeavesOneWholeNode() throws Exception {
    mover();
    NodeSpec node = stoppedNode();
    byte[] key = Files.readAllBytes(node.rootDir().resolve(node.program().keyFile()));
    Path other = otherStorage();
    AtomicInteger left = new AtomicInteger();
    // From here on no command runs, as of a wnm that is killed. The gaps grow, since each look at a file may be a command.
    Outage killed = failing("wnm is killed", command -> {
      if (left.getAndDecrement() <= 0) {
        throw new IllegalStateException("killed by the suite");
      }
      return false;
    }, 1, "");
    boolean wasCutOff = true;
    for (int commands = 0; wasCutOff; commands += 1 + commands / 4) {
      NodeSpec before = node;
      NodePlacement target = before.placement().in(before.storage().equals(other) ? machine.nodeStorage() : other);
      left.set(commands);
      killed.during(() -> {
        try {
          mover().move(before, target);
        } catch (IllegalStateException cutOff) {
          // As was wanted.
        }
      });
      wasCutOff = left.get() < 0;

      MovesNodes later = newManager().capability(MovesNodes.class).orElseThrow();
      NodePlacement placed = done(later.settleMove(before, target)).facts().placement();

      node = at(before, placed);
      assertThat(node.rootDir().resolve(node.program().keyFile())).as("cut off after %s commands", commands).hasBinaryContent(key);
      assertThat(placed.rootDir().equals(target.rootDir()) ? before.rootDir() : target.rootDir()).doesNotExist();
      assertThat(NodeFolder.copyOf(target.rootDir())).doesNotExist();
      assertThat(state(node)).isInstanceOf(Stopped.class);
    }
    up(node);
  }

  @Test
  void theOnlyCopyIsNeverDeleted() throws IOException {
    MovesNodes mover = mover();
    NodeSpec node = stoppedNode();
    NodePlacement target = node.placement().in(otherStorage());
    Path aside = machine.home().resolve("aside");
    // Somebody moved the folder away while a move was cut off after its copy.
    NodeFiles.copy(node.rootDir(), target.rootDir());
    Files.move(node.rootDir(), aside);

    OperationResult settled = mover.settleMove(node, target);

    assertSentence(failed(settled));
    assertThat(target.rootDir().resolve(node.program().keyFile())).exists();
    Files.move(aside, node.rootDir());
    done(mover.settleMove(node, target));
    assertThat(target.rootDir()).doesNotExist();
  }
}

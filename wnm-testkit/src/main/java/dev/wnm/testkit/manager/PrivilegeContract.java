package dev.wnm.testkit.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.testkit.hostile.HostileOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The conformance suite's tests of folders that belong to another account than wnm's, and of keys. */
abstract class PrivilegeContract extends LifeContract {
  /** The account of nodes where they have one of their own. */
  private static final String ACCOUNT = "ant";

  /** A node as core asks for it where nodes have an account; the folders above must let that account through. */
  private NodeSpec askOfTheAccount() throws IOException {
    for (Path folder = machine.nodeStorage(); folder.getNameCount() > 1; folder = folder.getParent()) {
      if (Files.isWritable(folder) && Files.getOwner(folder).getName().equals(System.getProperty("user.name"))) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    NodeSpec asked = ask(1);
    return isRoot() ? asked.toBuilder().user(ACCOUNT).build() : asked;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** For the rest of a test, nothing is to be said of a node whose back end starts it as wnm's own account. */
  private static boolean isForeign(Path folder) throws IOException {
    return isRoot() && !Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(0);
  }

  @Test
  void theOwnerOfANodesFolderLeadsNobodyAstray() throws Exception {
    if (upgradesByItself()) {
      return; // its own tool works in the folder
    }
    NodeSpec node = create(askOfTheAccount());
    if (!isForeign(node.rootDir())) {
      return;
    }
    NodeSpec newer = node.toBuilder().source(machine.newAntnode()).build();
    List<Supplier<OperationResult>> steps = List.of(() -> binaries().stage(newer), () -> binaries().swap(newer),
        () -> binaries().restore(newer), () -> manager.create(node), () -> binaries().stage(newer), () -> binaries().forgetKept(newer));
    try (HostileOwner owner = HostileOwner.in(node.rootDir(), Files.createDirectory(machine.home().resolve("precious")))) {
      for (int round = 0; owner.goesOn(round); round++) {
        steps.forEach(step -> assertSentenceIfFailed(step.get()));
        if (round % 10 == 0) {
          assertSentenceIfFailed(manager.start(node));
          assertThat(manager.status(List.of(node))).containsOnlyKeys(node.id());
          survey(manager);
          assertSentenceIfFailed(manager.discard(node));
        }
        assertSentenceIfFailed(manager.stop(node));
        assertSentenceIfFailed(manager.remove(node));
        assertSentenceIfFailed(manager.create(node));
      }
      owner.assertNothingElseWasTouched();
    }
    Path aFileOfANode = node.rootDir().resolve("antnode.pid"); // the owner may have left nothing but what is no node's
    if (Files.isDirectory(node.rootDir(), LinkOption.NOFOLLOW_LINKS) && !Files.exists(aFileOfANode, LinkOption.NOFOLLOW_LINKS)) {
      Files.createFile(aFileOfANode);
    }
    done(manager.remove(node));
    assertThat(Files.exists(node.rootDir(), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  private static void assertSentenceIfFailed(OperationResult result) {
    result.failure().ifPresent(failure -> assertThat(failure.reason()).contains(" ").doesNotContain("NullPointerException"));
  }

  @Test
  void aFolderThatHoldsAKeyIsNotMadeANodeUnlessItIsKnownToBeOne() throws IOException {
    if (upgradesByItself()) {
      return;
    }
    NodeSpec asked = ask(1);
    NodeSpec placed = create(asked);
    done(manager.remove(placed));
    Files.createDirectories(placed.rootDir());
    Path key = Files.writeString(placed.rootDir().resolve(placed.program().keyFile()), "whose?");

    String reason = failed(manager.create(asked)).reason();

    assertThat(reason).contains(placed.rootDir().toString(), "holds the key", "--import");
    assertThat(failed(manager.discard(placed)).reason()).contains(placed.rootDir().toString(), "holds the key");
    assertThat(key).hasContent("whose?");
    assertThat(placed.rootDir()).isDirectoryContaining(path -> path.equals(key));
    Files.delete(key);
  }

  @Test
  void aNodeWithAKeyThatIsKnownIsCompleted() throws IOException {
    if (upgradesByItself()) {
      return;
    }
    NodeSpec node = create(ask(1));
    Path key = Files.writeString(node.rootDir().resolve(node.program().keyFile()), "its own");
    Files.delete(node.binary());

    assertThat(done(manager.create(node)).changed()).isTrue();

    assertThat(key).hasContent("its own");
    assertThat(node.binary()).isExecutable();
  }

  @Test
  void aNodeWithoutAKeyIsTakenBackWhole() throws IOException {
    if (upgradesByItself()) {
      return;
    }
    NodeSpec node = create(ask(1));

    done(manager.discard(node));

    assertThat(node.rootDir()).doesNotExist();
    assertThat(state(node)).isInstanceOf(ProcessState.Missing.class);
    assertThat(survey(manager)).isEmpty();
  }
}

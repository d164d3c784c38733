package dev.wnm.spi.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files of this account, seen by this account, by root and by others. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class TrustedTest {
  private static final ProcessAccount ROOT = new ProcessAccount(0, 0, "root");
  private static final int STRANGER = 40_999;

  @TempDir
  Path temp;
  private Path folder;
  private Path file;
  private ProcessAccount owner;
  private ProcessAccount stranger;

  @BeforeEach
  void aFileOfThisAccount() throws IOException {
    folder = Files.createDirectory(temp.toRealPath().resolve("folder"));
    file = Files.createFile(folder.resolve("file"));
    mode(folder, "rwxr-xr-x");
    mode(file, "rw-r--r--");
    FileFacts facts = FileFacts.of(file);
    owner = new ProcessAccount(facts.uid(), facts.gid(), facts.owner());
    stranger = new ProcessAccount(STRANGER, STRANGER, "stranger");
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /** Needs root. */
  private static void give(Path path) throws IOException {
    Assumptions.assumeTrue(ProcessAccount.current().isRoot(), "only root gives files away");
    Files.setAttribute(path, "unix:uid", STRANGER, LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void oneOwnFileInOneOwnFolderIsBelieved() {
    assertThat(Trusted.problem(file)).isEmpty();
    assertThat(Trusted.problem(folder.resolve("missing/file"))).isEmpty();
    assertThat(Trusted.problem(Path.of("/dev/null"))).isEmpty();
  }

  @Test
  void whatEveryoneCanChangeIsNot() throws IOException {
    mode(file, "rw-rw-rw-");
    assertThat(Trusted.problem(file)).contains("the file " + file + " can be changed by everyone (mode 0666); if it is to be"
        + " trusted: chmod go-w " + file);
    mode(file, "rw-r--r--");
    mode(folder, "rwxrwxrwx");
    assertThat(Trusted.problem(file)).get().asString().contains("the folder " + folder, "chmod go-w " + folder);
  }

  @Test
  void theRemedyIsQuotedForAShell() throws IOException {
    Path odd = Files.createFile(folder.resolve("my file; it's"));
    mode(odd, "rw-rw-rw-");
    assertThat(Trusted.problem(odd)).get().asString().endsWith("chmod go-w \"" + odd + "\"");
  }

  @Test
  void theOwnGroupMayWriteUnlessTheAccountIsRoot() throws IOException {
    mode(file, "rw-rw-r--");
    FileFacts facts = FileFacts.of(file);
    ProcessAccount inItsGroup = new ProcessAccount(facts.uid() == 0 ? 4 : facts.uid(), facts.gid(), facts.owner());
    if (facts.uid() != 0) {
      assertThat(Trusted.problem(file, inItsGroup)).isEmpty();
    }
    assertThat(Trusted.problem(file, new ProcessAccount(facts.uid(), facts.gid() + 1, facts.owner()))).get().asString()
        .contains("can be changed by its group");
    if (facts.uid() == 0) {
      assertThat(Trusted.problem(file, ROOT)).get().asString().contains("its group", "chmod g-w");
    }
  }

  @Test
  void whatBelongsToAnotherAccountIsNot() throws IOException {
    give(file);
    assertThat(Trusted.problem(file, ROOT)).contains("the file " + file + " belongs to " + STRANGER
        + ", not to root, whom wnm runs as; if it is to be trusted: chown root " + file);
    assertThat(Trusted.problem(file, new ProcessAccount(77, 77, "operator"))).get().asString()
        .contains("not to operator or root").endsWith("chown operator " + file);
    assertThat(Trusted.problem(file, stranger)).isEmpty();
  }

  @Test
  void aFolderOfAnotherAccountAboveIsEnoughToDoubt() throws IOException {
    Path below = Files.createFile(Files.createDirectory(folder.resolve("mine")).resolve("file"));
    give(folder);
    assertThat(Trusted.problem(below, ROOT)).get().asString().contains("the folder " + folder + " belongs to");
    assertThat(Trusted.problem(below, stranger)).isEmpty();
  }

  @Test
  void aLinkIsFollowedOnlyWhenItsOwnerIsBelievedAndSoIsWhereItLeads() throws IOException {
    Path other = Files.createDirectory(folder.resolveSibling("other"));
    Path link = Files.createSymbolicLink(other.resolve("link"), Path.of("../folder"));
    assertThat(Trusted.problem(link.resolve("file"))).isEmpty();

    mode(folder, "rwxrwxrwx");
    assertThat(Trusted.problem(link.resolve("file"))).get().asString().contains("the folder " + folder);
    mode(folder, "rwxr-xr-x");

    give(link);
    assertThat(Trusted.problem(link.resolve("file"), ROOT)).get().asString()
        .contains("the link " + link + " belongs to").endsWith("chown -h root " + link);
  }

  @Test
  void linksInACircleEnd() throws IOException {
    Path one = folder.resolve("one");
    Files.createSymbolicLink(one, Files.createSymbolicLink(folder.resolve("two"), one));
    assertThat(Trusted.problem(one)).get().asString().contains("too many links");
  }

  /** What lies in it stays its owner's. */
  @Test
  void aStickyFolderMayLieOnTheWay() throws Exception {
    Files.setAttribute(folder, "unix:mode", 01777);
    assertThat(FileFacts.of(folder).isSticky()).isTrue();
    assertThat(Trusted.problem(file)).isEmpty();
    mode(file, "rw-rw-rw-");
    assertThat(Trusted.problem(file)).isPresent();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatTheCallerHasOpenedIsHisToHandOver() {
    assertThat(Trusted.problem(Path.of("/dev/stdin"))).isEqualTo(Optional.empty());
  }

  @Test
  void theAccountOfThisProcessOwnsWhatItMakes() throws IOException {
    assertThat(ProcessAccount.current().owns(FileFacts.of(file))).isTrue();
    assertThat(owner.uid()).isEqualTo(ProcessAccount.current().uid() < 0 ? owner.uid() : ProcessAccount.current().uid());
  }
}

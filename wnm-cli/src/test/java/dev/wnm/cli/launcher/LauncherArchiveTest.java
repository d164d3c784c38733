package dev.wnm.cli.launcher;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.cli.launcher.Distribution.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of loaded classes that the launcher has Java make and use. */
class LauncherArchiveTest {
  @TempDir
  private Path root;
  private Distribution wnm;
  private Path java;
  private Path cache;

  @BeforeEach
  void unpack() throws IOException {
    wnm = new Distribution(root.toRealPath(), "wnm");
    java = wnm.java("jdk", "17.0.15");
    wnm.putOnPath(java);
    cache = wnm.home.resolve(".cache/wnm");
  }

  @Test
  void theFirstRunMakesItAndLaterRunsUseIt() throws Exception {
    assertThat(archiveUsedBy(run())).isEmpty();
    List<Path> made = waitForArchive();
    assertThat(archiveUsedBy(run())).containsExactly("-XX:SharedArchiveFile=" + made.get(0));
    assertThat(Files.getPosixFilePermissions(cache)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(dumps()).isEqualTo(1);
  }

  @Test
  void anotherBuildOfWnmOrJavaGetsItsOwn() throws Exception {
    run();
    Path first = waitForArchive().get(0);
    Files.writeString(wnm.jar(), "another jar");
    assertThat(archiveUsedBy(run())).isEmpty();
    awaitDumps(2);
    assertThat(waitForArchive()).hasSize(2).contains(first);
  }

  @Test
  void theFleetGetsItsOwnFromBothJars() throws Exception {
    Files.writeString(wnm.folder.resolve("lib/wnm-fleet.jar"), "fleet");
    run();
    Path first = waitForArchive().get(0);
    Run fleet = wnm.run(Map.of("HOME", wnm.home.toString()), "fleet", "status");
    assertThat(archiveUsedBy(fleet)).isEmpty();
    awaitDumps(2);
    assertThat(waitForArchive()).hasSize(2).contains(first);
    assertThat(archiveUsedBy(wnm.run(Map.of("HOME", wnm.home.toString()), "fleet", "status"))).hasSize(1).doesNotContain("-XX:SharedArchiveFile=" + first);
    assertThat(archiveUsedBy(run())).containsExactly("-XX:SharedArchiveFile=" + first);
    Files.writeString(wnm.folder.resolve("lib/wnm-fleet.jar"), "another");
    assertThat(archiveUsedBy(wnm.run(Map.of("HOME", wnm.home.toString()), "fleet", "status"))).as("of another build").isEmpty();
    awaitDumps(3);
    assertThat(Files.readAllLines(java.getParent().resolveSibling("dumped"))).containsExactly("wnm.classes wnm-cli.jar", "wnm-fleet.classes wnm-cli.jar wnm-fleet.jar",
        "wnm-fleet.classes wnm-cli.jar wnm-fleet.jar");
  }

  @Test
  void theFourMadeLastAreKept() throws Exception {
    List<Path> made = List.of();
    for (int build = 1; build <= 6; build++) {
      Files.writeString(wnm.jar(), "a".repeat(build));
      run();
      awaitDumps(build);
      made = waitForArchive();
    }
    assertThat(made).hasSize(4);
    assertThat(files()).as("with their seals").hasSize(8);
    assertThat(archiveUsedBy(run())).as("the one of the last build").hasSize(1);
  }

  @Test
  void whileOneRunMakesItOthersGoWithoutIt() throws Exception {
    Files.createDirectories(cache);
    run();
    Path archive = waitForArchive().get(0);
    Files.delete(archive);
    Files.createDirectory(attempt(archive));
    assertThat(archiveUsedBy(run())).isEmpty();
    assertThat(dumps()).isEqualTo(1);
  }

  @Test
  void anAttemptThatWasKilledIsRepeatedAnHourLater() throws Exception {
    run();
    Path archive = waitForArchive().get(0);
    Files.delete(archive);
    Files.createDirectory(attempt(archive));
    Files.setLastModifiedTime(attempt(archive), FileTime.from(Instant.now().minus(Duration.ofMinutes(70))));
    run();
    awaitDumps(2);
    assertThat(waitForArchive()).containsExactly(archive);
  }

  /** Java would die of a file that ends too early, with SIGBUS and at every start. */
  @Test
  void anArchiveThatWasCutShortOrDamagedIsThrownAwayAndMadeAnew() throws Exception {
    run();
    Path archive = waitForArchive().get(0);
    byte[] whole = Files.readAllBytes(archive);
    FileTime made = Files.getLastModifiedTime(archive);
    int dumps = 1;
    for (int length : new int[] {0, 1, 4_096, whole.length / 2, whole.length - 1}) {
      Files.write(archive, Arrays.copyOf(whole, length));
      dumps = assertRemade(archive, Optional.of(made), dumps, "cut to " + length);
    }
    for (int zeros : new int[] {1, 4_096, whole.length}) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, whole.length - zeros, whole.length, (byte) 0);
      Files.write(archive, damaged);
      dumps = assertRemade(archive, Optional.of(made), dumps, zeros + " zeros at its end");
    }
    Files.write(archive, whole);
    Files.setLastModifiedTime(archive, FileTime.from(made.toInstant().plusSeconds(60)));
    dumps = assertRemade(archive, Optional.empty(), dumps, "written to later");
    Files.delete(seal(archive));
    assertRemade(archive, Optional.empty(), dumps, "without a seal");
  }

  /** @param made what the file pretends to be from; empty leaves it */
  private int assertRemade(Path archive, Optional<FileTime> made, int dumps, String what) throws Exception {
    if (made.isPresent()) {
      Files.setLastModifiedTime(archive, made.get());
    }
    assertThat(archiveUsedBy(run())).as(what).isEmpty();
    awaitDumps(dumps + 1);
    assertThat(waitForArchive()).containsExactly(archive);
    assertThat(archiveUsedBy(run())).as("after it was " + what).hasSize(1);
    return dumps + 1;
  }

  @Test
  void anArchiveThatIsALinkIsNotUsed() throws Exception {
    run();
    Path archive = waitForArchive().get(0);
    Path elsewhere = Files.move(archive, root.resolve("elsewhere"));
    Files.createSymbolicLink(archive, elsewhere);
    assertThat(archiveUsedBy(run())).isEmpty();
    assertThat(elsewhere).exists();
  }

  @Test
  void aFolderThatOthersCanWriteIsNoPlaceForIt() throws Exception {
    run();
    Path archive = waitForArchive().get(0);
    for (Path shared : List.of(cache, cache.getParent())) {
      Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
      assertThat(archiveUsedBy(run())).isEmpty();
      Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwx------"));
    }
    assertThat(archiveUsedBy(run())).containsExactly("-XX:SharedArchiveFile=" + archive);
    assertThat(dumps()).isEqualTo(1);
  }

  @Test
  void aFolderThatCannotBeMadeIsNoReasonToFail() throws Exception {
    Files.writeString(wnm.home.resolve(".cache"), "a file in the way");
    Run run = run();
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(archiveUsedBy(run)).isEmpty();
  }

  @Test
  void withoutHomeThereIsNone() throws Exception {
    Run run = wnm.run(Map.of());
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(archiveUsedBy(run)).isEmpty();
  }

  @Test
  void theOperatorCanDoWithoutIt() throws Exception {
    Run run = wnm.run(Map.of("HOME", wnm.home.toString(), "WNM_NO_ARCHIVE", "1"));
    assertThat(run.exitCode()).isZero();
    assertThat(wnm.home).isEmptyDirectory();
  }

  private Run run() throws IOException, InterruptedException {
    return wnm.run(Map.of("HOME", wnm.home.toString()));
  }

  private static List<String> archiveUsedBy(Run run) {
    return run.lines().stream().filter(line -> line.startsWith("-XX:SharedArchiveFile")).toList();
  }

  private static Path seal(Path archive) {
    return archive.resolveSibling(archive.getFileName() + ".seal");
  }

  private static Path attempt(Path archive) {
    return archive.resolveSibling(archive.getFileName() + ".attempt");
  }

  /** The archives, once there is one and no attempt goes on. */
  private List<Path> waitForArchive() {
    return eventually("an archive is made", () -> Optional.of(files())
        .filter(files -> !files.isEmpty() && files.stream().noneMatch(file -> file.toString().endsWith(".attempt")))
        .map(files -> files.stream().filter(file -> file.toString().endsWith(".jsa")).toList())
        .filter(archives -> !archives.isEmpty()));
  }

  private void awaitDumps(int count) {
    eventually("dump " + count + " is made", () -> dumps() == count);
  }

  private int dumps() {
    File log = java.getParent().resolveSibling("dumps").toFile();
    return (int) log.length() / "dump\n".length();
  }

  private List<Path> files() {
    String[] names = cache.toFile().list();
    return names == null ? List.of() : Stream.of(names).map(cache::resolve).toList();
  }
}

package dev.wnm.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The owner of a node's folder, who swaps what is in it for links to a file and a folder that only root may touch, for hard
 * links, pipes and folders, and back, thousands of times a second, while root works in it. Afterwards
 * {@link #assertNothingElseWasTouched} tells whether root was led astray. Needs root and util-linux's setpriv.
 */
public final class HostileOwner implements AutoCloseable {
  /** How often tests repeat what they do under attack: a few seconds long, or {@code -Dwnm.hostile.rounds=N} times. */
  private static final int ROUNDS = Integer.getInteger("wnm.hostile.rounds", 0);
  private static final long NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int FEWEST_ROUNDS = 3;

  private static final String SECRET = "what only root may know";
  private static final long END_SECONDS = 20;

  private final Path storage;
  private final Path bait;
  private final Map<Path, String> before;
  private final Process process;
  private final long began = System.nanoTime();

  private HostileOwner(Path storage, Path bait, Process process) throws IOException {
    this.storage = storage;
    this.bait = bait;
    this.process = process;
    before = state(bait);
  }

  /**
   * Begins.
   *
   * @param folder a node's folder that exists; the attack goes on when it is deleted and made again
   * @param surroundings an empty folder for what must not be touched
   */
  public static HostileOwner in(Path folder, Path surroundings) throws IOException {
    Path file = surroundings.resolve("precious");
    Path elsewhere = Files.createDirectory(surroundings.resolve("elsewhere"));
    Files.createDirectory(elsewhere.resolve("inside"));
    for (Path secret : List.of(file, elsewhere.resolve("secret-key"), elsewhere.resolve("antnode"),
        elsewhere.resolve("inside/console.log"))) {
      Files.writeString(secret, SECRET);
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }
    Object uid = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    Object gid = Files.getAttribute(folder, "unix:gid", LinkOption.NOFOLLOW_LINKS);
    assertThat(uid).as("the owner of %s", folder).isNotEqualTo(0);
    ProcessBuilder attack = new ProcessBuilder("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "perl", "-",
        folder.toString(), file.toString(), elsewhere.toString());
    attack.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = attack.start();
    try (var script = process.getOutputStream(); InputStream text = HostileOwner.class.getResourceAsStream("hostile-owner.pl")) {
      Objects.requireNonNull(text, "hostile-owner.pl").transferTo(script);
    }
    return new HostileOwner(folder.getParent(), surroundings, process);
  }

  /** Whether a test that has repeated what it does so often is to do it once more. */
  public boolean goesOn(int rounds) {
    return ROUNDS > 0 ? rounds < ROUNDS : rounds < FEWEST_ROUNDS || System.nanoTime() - began < NANOS;
  }

  /**
   * Ends the attack and checks what came of it: what only root may touch has its content, owner, mode and age, nothing was made
   * beside it, and nothing of it was copied into the node's folder or the storage.
   */
  public void assertNothingElseWasTouched() throws IOException, InterruptedException {
    process.toHandle().destroy(); // which leaves its output to be read
    assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).as("the attack ends").isTrue();
    String swaps = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(swaps).as("how often the owner swapped something").matches("[0-9]+");
    assertThat(Integer.parseInt(swaps)).as("how often the owner swapped something").isGreaterThan(100);
    assertThat(state(bait)).as("what only root may touch").isEqualTo(before);
    assertNoCopyBelow(storage);
  }

  private void assertNoCopyBelow(Path top) throws IOException {
    Object original = Files.readAttributes(bait.resolve("precious"), BasicFileAttributes.class).fileKey();
    Files.walkFileTree(top, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile() && !original.equals(attributes.fileKey()) && attributes.size() < 1_000_000) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as("content of %s", file).doesNotContain(SECRET);
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
          return FileVisitResult.CONTINUE;
        }
        throw failure;
      }
    });
  }

  /** Everything in a folder, with all that root could have changed of it. */
  private static Map<Path, String> state(Path top) throws IOException {
    Map<Path, String> state = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(top)) {
      paths.forEach(path -> state.put(path, describe(path)));
    }
    return state;
  }

  private static String describe(Path path) {
    try {
      Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
      return new TreeMap<>(attributes) + (Files.isRegularFile(path) ? " " + Arrays.hashCode(Files.readAllBytes(path)) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }
}

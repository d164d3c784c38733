package dev.wnm.testkit.docker;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Images made on this machine: {@code debootstrap} unpacks the distribution's packages from the mirror that apt uses, and
 * {@code docker import} takes the result. No registry of images is asked. An image is made once for each recipe and kept;
 * when the recipe changes, a new one is made.
 */
public final class TestImages {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
  private static final Duration STEP_LIMIT = Duration.ofMinutes(2);
  private static final Path OS_RELEASE = Path.of("/etc/os-release");

  private final DockerEngine engine = DockerEngine.running();
  private final ProcessCommandRunner runner = new ProcessCommandRunner();

  private TestImages() {}

  /** The image of {@link ImageRecipe#systemdHost()}. */
  public static String systemdHost() {
    return of(ImageRecipe.systemdHost());
  }

  /** The image of {@link ImageRecipe#s6Base()}. */
  public static String s6Base() {
    return of(ImageRecipe.s6Base());
  }

  /** The image of {@link ImageRecipe#nodeHost()}. */
  public static String nodeHost() {
    return of(ImageRecipe.nodeHost());
  }

  /**
   * The image of a recipe; made when there is none yet, which takes about a minute and ten at most. While one JVM makes
   * it, others wait.
   *
   * @return its name and tag
   * @throws IllegalStateException when it cannot be made, with the command that failed
   */
  public static String of(ImageRecipe recipe) {
    return new TestImages().ensure(recipe);
  }

  private String ensure(ImageRecipe recipe) {
    String suite = suite();
    String image = recipe.tag(suite);
    return exists(image) ? image : MachineLock.holding("images", () -> {
      if (!exists(image)) {
        build(recipe, suite, image);
      }
      return image;
    });
  }

  private boolean exists(String image) {
    return engine.docker(STEP_LIMIT, List.of("image", "inspect", image)).succeeded();
  }

  private void build(ImageRecipe recipe, String suite, String image) {
    long begin = System.nanoTime();
    String mirror = mirror(suite);
    say("making the image " + image + " from " + mirror + ", about a minute, and only this once");
    Path work = folder();
    try {
      Path root = work.resolve("root");
      Path archive = work.resolve("image.tar");
      run(Command.of("debootstrap", "--variant=minbase", "--include=" + String.join(",", recipe.packages()),
          suite, root.toString(), mirror).within(BUILD_LIMIT));
      say("the packages are there after " + secondsSince(begin) + " s; setting up");
      run(Command.of("chroot", root.toString(), "/bin/sh", "-eu").reading(recipe.setup()));
      run(Command.of("tar", "-C", root.toString(), "--exclude=./var/cache/apt/*", "--exclude=./var/lib/apt/lists/*",
          "-cf", archive.toString(), ".").within(STEP_LIMIT));
      engine.must(STEP_LIMIT, "import", "--change", "CMD " + json(recipe.command()), archive.toString(), image);
      say("made " + image + " in " + secondsSince(begin) + " s");
    } finally {
      // Never through Java: an unpacked system has links and devices that only rm knows to leave alone.
      DockerEngine.run(runner, Command.of("rm", "-rf", "--one-file-system", work.toString()).within(STEP_LIMIT));
    }
  }

  private void run(Command command) {
    DockerEngine.orThrow(DockerEngine.run(runner, command));
  }

  /** The release's own word for itself, such as {@code bookworm}. */
  private static String suite() {
    try {
      return Files.readAllLines(OS_RELEASE).stream().filter(line -> line.startsWith("VERSION_CODENAME="))
          .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", "")).findFirst()
          .orElseThrow(() -> new IllegalStateException(OS_RELEASE + " names no VERSION_CODENAME to make an image of"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell which system this is", e);
    }
  }

  /**
   * Asks apt itself: its sources come in two formats and many files. Without release info it tells of sources as well whose
   * lists were never fetched, or deleted, as images of build machines do to save room.
   */
  private String mirror(String suite) {
    Command ask = Command.of("apt-get", "indextargets", "--no-release-info", "--format", "$(REPO_URI)",
        "Created-By: Packages", "Release: " + suite);
    List<String> mirrors = DockerEngine.orThrow(DockerEngine.run(runner, ask)).stdout().lines().toList();
    return mirrors.stream().flatMap(TestImages::addresses).filter(uri -> uri.matches("(https?|file):.*")).findFirst()
        .orElseThrow(() -> new IllegalStateException(
            "apt has no http, https or file source of " + suite + " to make an image from, only " + mirrors));
  }

  /** Cloud images name a file with a list of mirrors, which apt understands and debootstrap does not. */
  static Stream<String> addresses(String uri) {
    if (!uri.startsWith("mirror+file:")) {
      return Stream.of(uri);
    }
    Path list = Path.of(uri.replaceFirst("^mirror[+]file:/+", "/").replaceFirst("/+$", ""));
    try {
      return Files.readAllLines(list).stream().map(line -> line.strip().split("\\s+")[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the mirrors that apt uses", e);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("wnm-test-image");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for the image", e);
    }
  }

  /** Words as a JSON array; recipes have no control characters in their commands. */
  private static String json(List<String> words) {
    List<String> quoted = new ArrayList<>();
    words.forEach(word -> quoted.add('"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"'));
    return quoted.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  private static long secondsSince(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
  }

  private static void say(String what) {
    System.err.println("wnm-testkit: " + what);
  }
}

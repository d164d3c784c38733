package dev.wnm.testkit.docker;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Images made on this machine: {@code debootstrap} unpacks the distribution's packages from the mirror that apt uses, and
 * {@code docker import} takes the result. No registry of images is asked. An image is made once for each recipe and kept;
 * when the recipe changes, a new one is made. Where {@code prepare-machine} has unpacked the packages already, only the import
 * is left.
 */
public final class TestImages {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
  private static final Duration STEP_LIMIT = Duration.ofMinutes(2);
  /** Where prepare-machine puts the archives. */
  private static final Path PREPARED = Path.of("/var/cache/wnm-test-images");
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

  /** The image of {@link ImageRecipe#debHost()}. */
  public static String debHost() {
    return of(ImageRecipe.debHost());
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
        build(recipe, image);
      }
      return image;
    });
  }

  private boolean exists(String image) {
    return engine.docker(STEP_LIMIT, List.of("image", "inspect", image)).succeeded();
  }

  private void build(ImageRecipe recipe, String image) {
    long begin = System.nanoTime();
    Path prepared = PREPARED.resolve(image.replaceAll("[/:]", "-") + ".tar");
    if (Files.isReadable(prepared)) {
      take(recipe, prepared, image);
      say("made " + image + " from " + prepared + " in " + secondsSince(begin) + " s");
      return;
    }
    say("making the image " + image + ", about a minute, and only this once");
    Path work = folder();
    try {
      Path archive = work.resolve("image.tar");
      script(runner, "", "make", recipe.writeInto(work).toString(), archive.toString());
      take(recipe, archive, image);
      say("made " + image + " in " + secondsSince(begin) + " s");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the recipe of " + image + " into " + work, e);
    } finally {
      DockerEngine.run(runner, Command.of("rm", "-rf", "--one-file-system", work.toString()).within(STEP_LIMIT));
    }
  }

  private void take(ImageRecipe recipe, Path archive, String image) {
    engine.must(STEP_LIMIT, "import", "--change", "CMD " + json(recipe.command()), archive.toString(), image);
  }

  /** Runs the script {@code image-archive} of this package and returns what it printed. */
  static String script(CommandRunner runner, String input, String... words) {
    List<String> argv = new ArrayList<>(List.of("sh", "-c", ImageRecipe.resource("image-archive"), "image-archive"));
    argv.addAll(List.of(words));
    return DockerEngine.orThrow(DockerEngine.run(runner, Command.of(argv).reading(input).within(BUILD_LIMIT))).stdout();
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

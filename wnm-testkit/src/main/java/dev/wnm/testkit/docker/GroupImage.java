package dev.wnm.testkit.docker;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.testkit.Pace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The image of container groups for tests: what {@code wnm --dockerfile --output_dir} writes, as far as that can be had
 * without a network, on top of Debian's s6. {@code WNM_S6_IMAGE} names one with real s6-overlay to take instead of that, such
 * as one made by the whole recipe. The files of the test's own recipe come into it either way, and with s6-overlay a tree of
 * companions is compiled as the recipe has it. An image so named needs the packages, too, that are in the recipe
 * {@code s6-base}: none is fetched here.
 */
public final class GroupImage {
  private static final Duration LIMIT = Pace.stretched(Duration.ofMinutes(3));

  private GroupImage() {}

  /**
   * The image's name or id; built in a second or two where Docker has its layers.
   *
   * @param context the folder with the recipe and its files; its recipe is replaced
   */
  public static String build(Path context) {
    try {
      Path file = context.resolve("Dockerfile");
      StringBuilder offline = new StringBuilder("FROM " + (hasRealOverlay() ? named() : TestImages.s6Base()) + "\n"
          + "RUN install -d -o ant -g ant /var/antctl /var/antctl/services\n");
      Recipe.read(Files.readString(file)).instructions().stream()
          .filter(each -> List.of("ENV", "HEALTHCHECK", "ENTRYPOINT", "CMD").contains(each.name())
              || each.words().matches("(--chown=root:root )?(rootfs|companions)/.*")
              || hasRealOverlay() && each.words().contains("/command/s6-rc-compile "))
          .forEach(each -> offline.append(each.name()).append(' ').append(hasty(each.words())).append('\n'));
      Files.writeString(file, offline);
      String id = DockerEngine.orThrow(DockerEngine.run(new ProcessCommandRunner(), Command.of(
          "docker", "build", "--quiet", "--file", file.toString(), context.toString()).within(LIMIT))).stdout().strip();
      return id.lines().filter(line -> line.startsWith("sha256:")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("the recipe in " + context + " cannot be made one without a network", e);
    }
  }

  /** Debian's s6 with the stand-in, which knows no {@code s6-rc-compile}, is what is there without one named. */
  private static boolean hasRealOverlay() {
    return !named().isBlank();
  }

  private static String named() {
    return Objects.requireNonNullElse(System.getenv("WNM_S6_IMAGE"), "");
  }

  /** A roll-out waits for as long as the image's own check needs for a verdict: three minutes for each group with the real times. */
  private static String hasty(String words) {
    return words.replaceFirst("--interval=\\S+", "--interval=3s").replaceFirst("--timeout=\\S+", "--timeout=5s")
        .replaceFirst("--start-period=\\S+", "--start-period=5s").replaceFirst("--retries=\\S+", "--retries=2");
  }
}

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

/**
 * The image of container groups for tests: what {@code wnm --dockerfile --output_dir} writes, as far as that can be had
 * without a network, on top of Debian's s6. {@code WNM_S6_IMAGE} names one made by the whole recipe instead.
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
    String named = System.getenv("WNM_S6_IMAGE");
    if (named != null && !named.isBlank()) {
      return named;
    }
    try {
      Path file = context.resolve("Dockerfile");
      StringBuilder offline = new StringBuilder("FROM " + TestImages.s6Base() + "\n"
          + "RUN install -d -o ant -g ant /var/antctl /var/antctl/services\n");
      Recipe.read(Files.readString(file)).instructions().stream()
          .filter(each -> List.of("ENV", "HEALTHCHECK", "ENTRYPOINT", "CMD").contains(each.name())
              || each.words().matches("(--chown=root:root )?(rootfs|companions)/.*"))
          .forEach(each -> offline.append(each.name()).append(' ').append(hasty(each.words())).append('\n'));
      Files.writeString(file, offline);
      String id = DockerEngine.orThrow(DockerEngine.run(new ProcessCommandRunner(), Command.of(
          "docker", "build", "--quiet", "--file", file.toString(), context.toString()).within(LIMIT))).stdout().strip();
      return id.lines().filter(line -> line.startsWith("sha256:")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("the recipe in " + context + " cannot be made one without a network", e);
    }
  }

  /** A roll-out waits for as long as the image's own check needs for a verdict: three minutes for each group with the real times. */
  private static String hasty(String words) {
    return words.replaceFirst("--interval=\\S+", "--interval=3s").replaceFirst("--timeout=\\S+", "--timeout=5s")
        .replaceFirst("--start-period=\\S+", "--start-period=5s").replaceFirst("--retries=\\S+", "--retries=2");
  }
}

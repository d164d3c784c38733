package dev.wnm.managers.s6overlay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.config.BadInputException;
import dev.wnm.testkit.docker.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourceTest {
  private static final Path RESOURCES = Path.of("src/main/resources/dev/wnm/managers/s6overlay/image/rootfs");
  private static final Pattern PUT = Pattern.compile("put (\\d+) (/\\S+) '([A-Za-z0-9+/=]*)'; \\\\");

  private final ImageSource source = new ImageSource();

  @TempDir
  private Path folder;

  @Test
  void eachFileThatIsCopiedIsInTheFolder() throws IOException {
    source.writeTo(folder.resolve("image"));

    Recipe recipe = Recipe.read(Files.readString(folder.resolve("image/Dockerfile")));

    assertThat(recipe.copied()).containsExactlyInAnyOrder("no-antnode", "rootfs/")
        .allSatisfy(path -> assertThat(folder.resolve("image").resolve(path)).exists());
  }

  @Test
  void thePrintedRecipeNeedsNoOtherFileAndPutsTheSameOnesIn() throws IOException {
    Recipe printed = Recipe.read(source.dockerfile());
    List<String> put = new ArrayList<>();
    Matcher matcher = PUT.matcher(source.dockerfile());
    while (matcher.find()) {
      put.add(matcher.group(1) + " " + matcher.group(2).substring(1));
    }

    assertThat(printed.copied()).isEmpty();
    assertThat(put).containsExactlyElementsOf(RootFile.all().stream().map(file -> file.mode() + " " + file.path()).toList());
  }

  @Test
  void runLinesAndScriptsAreShell() throws Exception {
    source.writeTo(folder.resolve("image"));
    List<String> scripts = new ArrayList<>();
    scripts.addAll(Recipe.read(source.dockerfile()).of("RUN"));
    scripts.addAll(Recipe.read(Files.readString(folder.resolve("image/Dockerfile"))).of("RUN"));
    for (RootFile file : RootFile.all()) {
      if (file.isExecutable() || file.path().endsWith("functions")) {
        scripts.add(file.text());
      }
    }

    assertThat(scripts).hasSizeGreaterThan(10).allSatisfy(script -> {
      Path path = Files.writeString(folder.resolve("script"), script);
      boolean isPerl = script.startsWith("#!/usr/bin/perl\n");
      Process sh = new ProcessBuilder(isPerl ? "perl" : "sh", isPerl ? "-c" : "-n", path.toString()).redirectErrorStream(true).start();
      assertThat(new String(sh.getInputStream().readAllBytes())).isIn("", path + " syntax OK\n");
      assertThat(sh.waitFor()).isZero();
    });
  }

  @Test
  void theListOfFilesNamesEachResource() throws IOException {
    try (Stream<Path> all = Files.walk(RESOURCES)) {
      assertThat(RootFile.all()).extracting(RootFile::path)
          .containsExactlyInAnyOrderElementsOf(all.filter(Files::isRegularFile)
              .map(path -> RESOURCES.relativize(path).toString()).toList());
    }
    assertThat(RootFile.all()).allSatisfy(
        file -> assertThat(file.isExecutable()).isEqualTo(file.text().startsWith("#!")));
  }

  @Test
  void filesHaveTheModesThatTheImageNeedsWhateverTheUmask() throws IOException {
    source.writeTo(folder.resolve("image"));

    assertThat(Files.isExecutable(folder.resolve("image/rootfs/usr/local/bin/wnm-nodes"))).isTrue();
    assertThat(Files.getPosixFilePermissions(folder.resolve("image/rootfs/etc"))).hasSize(7);
    assertThat(Files.getPosixFilePermissions(folder.resolve("image/rootfs/usr/local/lib/wnm/functions"))).hasSize(4);
  }

  @Test
  void theRecipePinsAndChecksWhatItFetchesAndLeavesNoCacheOfApt() {
    Recipe recipe = Recipe.read(source.dockerfile());
    String run = recipe.of("RUN").get(0);

    assertThat(recipe.of("FROM")).containsExactly("docker.io/library/debian:bookworm-slim");
    assertThat(recipe.of("ARG")).contains("S6_OVERLAY_VERSION=3.2.3.2");
    assertThat(run).contains("sha256sum -c \"$file.sha256\"", "amd64) arch=x86_64", "arm64) arch=aarch64",
        "rm -rf /var/lib/apt/lists/*", "curl haproxy iproute2 iputils-ping libcap2-bin procps",
        "curl -sSL https://raw.githubusercontent.com/maidsafe/antup/main/install.sh | bash", "antup node");
    assertThat(recipe.of("USER")).isEmpty();
    assertThat(recipe.of("HEALTHCHECK")).hasSize(1);
    assertThat(source.dockerfile()).doesNotContain("sudo");
  }

  @Test
  void aFolderThatIsNotEmptyIsRefusedAndLeftAsItWas() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("image"));
    Files.writeString(taken.resolve("mine"), "precious");

    assertThatThrownBy(() -> source.writeTo(taken)).isInstanceOf(BadInputException.class)
        .hasMessage("--output_dir " + taken + " is not empty");
    assertThat(taken).isDirectoryContaining("glob:**/mine");
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries).containsExactly(taken);
    }
  }

  @Test
  void anEmptyFolderIsFilled() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("image"));

    source.writeTo(empty);

    assertThat(empty.resolve("Dockerfile")).isNotEmptyFile();
  }

  @Test
  void aFolderInAMissingOneIsRefused() {
    Path lost = folder.resolve("missing/image");

    assertThatThrownBy(() -> source.writeTo(lost)).isInstanceOf(BadInputException.class)
        .hasMessageContaining("does not exist");
  }
}

package dev.wnm.testkit.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestImagesTest {
  @TempDir
  Path folder;

  @Test
  void anImageIsMadeOnceAndThenReused() {
    String image = TestImages.systemdHost();
    String id = id(image);

    assertThat(TestImages.systemdHost()).isEqualTo(image);
    assertThat(id(image)).isEqualTo(id);
  }

  @Test
  void aListOfMirrorsAsCloudImagesHaveGivesItsAddresses() throws IOException {
    Path list = folder.resolve("debian.list");
    Files.writeString(list, "https://one.example/debian\tpriority:1\nhttps://two.example/debian\n");

    assertThat(addresses("mirror+file:" + list + "/"))
        .containsExactly("https://one.example/debian", "https://two.example/debian");
    assertThat(addresses("mirror+file://" + list + "/")).hasSize(2);
    assertThat(addresses("http://one.example/debian/")).containsExactly("http://one.example/debian/");
  }

  @Test
  void thePreparationOfTheMachineCallsImagesWhatTheTestsCallThem() throws IOException {
    for (ImageRecipe recipe : List.of(ImageRecipe.systemdHost(), ImageRecipe.s6Base(), ImageRecipe.nodeHost(), ImageRecipe.debHost())) {
      String tag = TestImages.script(new ProcessCommandRunner(), "", "tag", recipe.writeInto(folder).toString()).strip();
      assertThat(tag).isEqualTo(TestImages.of(recipe));
    }
  }

  private static List<String> addresses(String uri) {
    return TestImages.script(new ProcessCommandRunner(), uri + "\n", "addresses").lines().toList();
  }

  private static String id(String image) {
    return DockerEngine.running().must(Duration.ofSeconds(30), "image", "inspect", "--format", "{{.Id}}", image);
  }
}

package dev.wnm.testkit.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageRecipeTest {
  private final ImageRecipe recipe = new ImageRecipe("some-host", List.of("procps"), "true\n", List.of("sleep", "1"));

  @Test
  void theTagStaysTheSameAsLongAsTheRecipeDoes() {
    var same = new ImageRecipe("some-host", List.of("procps"), "true\n", List.of("sleep", "1"));

    assertThat(same.tag("bookworm")).isEqualTo(recipe.tag("bookworm")).matches("wnm-test/some-host:bookworm-[0-9a-f]{12}");
  }

  @Test
  void anyChangeOfTheRecipeOrOfTheReleaseGivesAnotherTag() {
    assertThat(List.of(
        recipe.tag("bookworm"),
        recipe.tag("trixie"),
        new ImageRecipe("some-host", List.of("procps", "sudo"), "true\n", List.of("sleep", "1")).tag("bookworm"),
        new ImageRecipe("some-host", List.of("procps"), "false\n", List.of("sleep", "1")).tag("bookworm"),
        new ImageRecipe("some-host", List.of("procps"), "true\n", List.of("sleep", "2")).tag("bookworm")))
        .doesNotHaveDuplicates();
  }
}

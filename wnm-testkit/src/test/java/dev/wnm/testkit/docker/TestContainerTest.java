package dev.wnm.testkit.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestContainerTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final DockerEngine engine = DockerEngine.running();
  private final ContainerOptions idle = ContainerOptions.idle(TestImages.systemdHost());

  @TempDir
  Path shared;

  @Test
  void aContainerSeesAMountAtTheSamePathAndEndsWithClose() throws IOException {
    Files.writeString(shared.resolve("from-host"), "hello");
    String name;
    try (TestContainer container = TestContainer.start(idle.withMount(shared))) {
      name = container.name();
      assertThat(container.exec("cat", shared + "/from-host").stdout()).isEqualTo("hello");
      assertThat(container.exec("touch", shared + "/from container").succeeded()).isTrue();
    }

    assertThat(shared.resolve("from container")).exists();
    assertThat(exists(name)).isFalse();
  }

  @Test
  void whatAProgramSaysAndHowItEndsIsHandedBack() {
    try (TestContainer container = TestContainer.start(idle)) {
      var ended = container.exec("sh", "-c", "echo \"$1\"; echo oh >&2; exit 7", "sh", "two  words; $HOME");

      assertThat(ended.exitCode()).isEqualTo(7);
      assertThat(ended.stdout()).isEqualTo("two  words; $HOME\n");
      assertThat(ended.stderr()).isEqualTo("oh\n");
    }
  }

  @Test
  void aUserRunsProgramsInItsHomeFolderWithoutRights() {
    try (TestContainer container = TestContainer.start(idle)) {
      assertThat(container.execAs(ImageRecipe.OPERATOR, "id", "-un").stdout()).isEqualTo("operator\n");
      assertThat(container.execAs(ImageRecipe.OPERATOR, "pwd").stdout()).isEqualTo("/home/operator\n");
      assertThat(container.execAs(ImageRecipe.OPERATOR, "touch", "/etc/mine").succeeded()).isFalse();
      assertThat(container.exec("getent", "passwd", "ant").succeeded()).isTrue();
    }
  }

  @Test
  void aStoppedContainerStartsAgainWithItsFiles() {
    try (TestContainer container = TestContainer.start(idle)) {
      container.exec("touch", "/kept");
      container.stop();
      assertThat(container.exec("true").succeeded()).isFalse();

      container.start();

      assertThat(container.exec("ls", "/kept").succeeded()).isTrue();
      container.kill();
      assertThat(container.exec("true").succeeded()).isFalse();
    }
  }

  @Test
  void eachContainerHasAnAddressOfItsOwn() {
    try (TestContainer one = TestContainer.start(idle); TestContainer other = TestContainer.start(idle)) {
      assertThat(one.address()).matches("\\d+\\.\\d+\\.\\d+\\.\\d+").isNotEqualTo(other.address());
      assertThat(one.name()).isNotEqualTo(other.name());
    }
  }

  @Test
  void aContainerThatCannotStartLeavesNothingBehind() {
    String prefix = "wnm-test-broken";

    assertThatThrownBy(() -> TestContainer.start(idle.withPrefix(prefix).withMount(Path.of("/no/such/folder"))))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("/no/such/folder");

    assertThat(engine.must(LIMIT, "ps", "--all", "--quiet", "--filter", "name=" + prefix)).isEmpty();
  }

  @Test
  void aMachineThatEndsInsteadOfBootingIsReportedAtOnceWithItsLastWords() {
    var dying = new ContainerOptions(idle.image(), "wnm-test-dying", false, List.of(), List.of(),
        List.of("sh", "-c", "echo no init here >&2; exit 3"), true);

    assertThatThrownBy(() -> TestContainer.start(dying))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("no init here");

    assertThat(engine.must(LIMIT, "ps", "--all", "--quiet", "--filter", "name=wnm-test-dying")).isEmpty();
  }

  @Test
  void leftoversOfAJvmThatDiedAreRemovedAndThoseOfOthersStay() {
    try (TestContainer ours = TestContainer.start(idle)) {
      String orphan = engine.must(LIMIT, "create", "--label", "wnm-test=1", "--label", "wnm-test.owner=999999999@1",
          TestImages.systemdHost(), "true");

      Leftovers.sweep(engine);

      assertThat(exists(orphan)).isFalse();
      assertThat(ours.exec("true").succeeded()).isTrue();
    }
  }

  private boolean exists(String name) {
    return engine.docker(LIMIT, List.of("inspect", name)).succeeded();
  }
}

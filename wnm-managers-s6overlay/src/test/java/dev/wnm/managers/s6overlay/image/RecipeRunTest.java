package dev.wnm.managers.s6overlay.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.Recipe;
import dev.wnm.testkit.docker.TestContainer;
import dev.wnm.testkit.docker.TestImages;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** The RUN lines, run: the network is played by a curl that makes what it is asked for. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
class RecipeRunTest {
  /** Tarballs hold one file each; checksums are right unless /stub/wrong is there; antup's installer installs an antup. */
  private static final String STUBS = """
      set -e
      userdel -r ant 2>/dev/null
      mkdir -p /stub
      printf '#!/bin/sh\\nexit 0\\n' >/stub/apt-get
      cat >/stub/install.sh <<'END'
      cat >~/.local/bin/antup <<'ANTUP'
      #!/bin/sh
      [ "$1" = node ] && printf '#!/bin/sh\\necho fetched\\n' >~/.local/bin/antnode
      ANTUP
      chmod 755 ~/.local/bin/antup
      END
      cat >/stub/curl <<'END'
      #!/bin/sh
      for url; do :; done
      echo "$url" >>/stub/asked
      if [ "$url" = https://raw.githubusercontent.com/maidsafe/antup/main/install.sh ]; then
        cat /stub/install.sh
        exit
      fi
      while [ "$1" != -o ]; do shift; done
      case $url in
        *ant-node*) cp /stub/ant-node.tar.gz "$2" ;;
        *.sha256)
          [ ! -e /stub/wrong ] || echo changed >>"${2%.sha256}"
          sha256sum "${2%.sha256}" >"$2"
          [ ! -e /stub/wrong ] || echo changed >>"${2%.sha256}"
          ;;
        *)
          mkdir -p /stub/tree
          : >"/stub/tree/from-${url##*/}"
          tar -C /stub/tree -cJf "$2" .
          ;;
      esac
      END
      chmod 755 /stub/*
      : >/stub/asked
      chmod 666 /stub/asked
      """;

  private static final String ARCHIVE = """
      mkdir -p /stub/release/ant-node-0.23.1
      printf '#!/bin/sh\\necho ant-node 0.23.1\\n' >/stub/release/ant-node-0.23.1/ant-node
      chmod 755 /stub/release/ant-node-0.23.1/ant-node
      echo 'peers = []' >/stub/release/ant-node-0.23.1/bootstrap_peers.toml
      tar -C /stub/release -czf /stub/ant-node.tar.gz .
      export ANT_NODE_URL=https://example.org/ant-node-cli-linux-x64.tar.gz
      """;

  private final Recipe recipe = Recipe.read(new ImageSource().dockerfile());
  private TestContainer container;

  @BeforeEach
  void start() {
    container = TestContainer.start(ContainerOptions.idle(TestImages.s6Base()));
  }

  @AfterEach
  void end() {
    container.close();
  }

  @Test
  void theFirstLineUnpacksWhatItCheckedAndHasAntupFetchTheNodesProgram() {
    CommandResult result = build("");

    assertThat(result.describe()).contains("exit 0");
    assertThat(result.stdout()).endsWith("fetched\n");
    assertThat(container.exec("ls", "/").stdout())
        .contains("from-s6-overlay-noarch.tar.xz", "from-s6-overlay-x86_64.tar.xz");
    assertThat(container.exec("cat", "/stub/asked").stdout().lines()).hasSize(5).allMatch(url -> url.contains("v3.2.3.2")
        || url.contains("antup"));
    assertThat(container.exec("stat", "-c", "%U %a", "/home/ant/.local/bin/antnode").stdout().strip()).isEqualTo("ant 755");
    assertThat(container.exec("stat", "-c", "%U", "/home/ant", "/home/ant/.profile", GroupContainer.VOLUME).stdout().lines())
        .hasSize(3).containsOnly("ant");
    assertThat(container.exec("ls", "/tmp", "/var/lib/apt/lists").stdout()).doesNotContain("s6-overlay");
  }

  @Test
  void aTarballThatDiffersFromItsChecksumEndsTheBuild() {
    CommandResult result = build("touch /stub/wrong");

    assertThat(result.succeeded()).isFalse();
    assertThat(container.exec("ls", "/").stdout()).doesNotContain("from-s6-overlay");
  }

  @Test
  void aTarballThatDiffersFromTheBuildersOwnChecksumEndsTheBuild() {
    CommandResult result = build("export S6_OVERLAY_NOARCH_SHA256=" + "0".repeat(64));

    assertThat(result.succeeded()).isFalse();
    assertThat(container.exec("ls", "/").stdout()).doesNotContain("from-s6-overlay");
  }

  @Test
  void aNodesProgramThatIsThereIsTaken() {
    CommandResult result = build("mkdir -p /home/ant/.local/bin;"
        + " printf '#!/bin/sh\\necho mine\\n' >/home/ant/.local/bin/antnode;"
        + " chown 1000:1000 /home/ant/.local/bin/antnode");

    assertThat(result.stdout()).endsWith("mine\n");
    assertThat(container.exec("cat", "/stub/asked").stdout()).doesNotContain("antup");
  }

  @Test
  void theProgramOfThePresentNetworkIsTakenFromAnArchiveWithTheRightChecksum() {
    CommandResult result = build(ARCHIVE + "export ANT_NODE_SHA256=$(sha256sum /stub/ant-node.tar.gz | cut -d ' ' -f 1)");

    assertThat(result.describe()).contains("exit 0");
    assertThat(result.stdout()).endsWith("ant-node 0.23.1\n");
    assertThat(container.exec("cat", "/stub/asked").stdout()).doesNotContain("antup");
    assertThat(container.exec("ls", "/home/ant/.local/bin").stdout().lines()).containsExactlyInAnyOrder("ant-node", "bootstrap_peers.toml");
    assertThat(container.exec("stat", "-c", "%U %a", "/home/ant/.local/bin/ant-node").stdout().strip()).isEqualTo("ant 755");
  }

  @Test
  void anArchiveOfTheProgramThatDiffersFromItsChecksumEndsTheBuild() {
    CommandResult result = build(ARCHIVE + "export ANT_NODE_SHA256=" + "0".repeat(64));

    assertThat(result.succeeded()).isFalse();
    assertThat(container.exec("ls", "/home/ant/.local/bin").stdout()).isEmpty();
  }

  @Test
  void theLineWithTheFilesPutsThemInWhole() throws Exception {
    assertThat(container.exec("/bin/sh", "-c", recipe.of("RUN").get(1)).describe()).contains("exit 0");

    List<String> hashes = new ArrayList<>();
    List<String> modes = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (RootFile file : RootFile.all()) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.text().getBytes(StandardCharsets.UTF_8));
      paths.add("/" + file.path());
      hashes.add(HexFormat.of().formatHex(hash) + "  /" + file.path());
      modes.add(file.mode() + " 0 /" + file.path());
    }
    assertThat(container.exec(words(List.of("sha256sum"), paths)).stdout().lines()).containsExactlyElementsOf(hashes);
    assertThat(container.exec(words(List.of("stat", "-c", "%a %u %n"), paths)).stdout().lines()).containsExactlyElementsOf(modes);
  }

  private static String[] words(List<String> program, List<String> arguments) {
    return Stream.concat(program.stream(), arguments.stream()).toArray(String[]::new);
  }

  private CommandResult build(String before) {
    assertThat(container.exec("/bin/sh", "-c", STUBS).describe()).contains("exit 0");
    String arguments = String.join("\n", List.of(
        "export S6_OVERLAY_VERSION=3.2.3.2 S6_OVERLAY_NOARCH_SHA256= S6_OVERLAY_ARCH_SHA256= ANT_NODE_URL= ANT_NODE_SHA256=",
        "PATH=/stub:$PATH", "cd /tmp", before));
    return container.exec("/bin/sh", "-c", arguments + "\n" + recipe.of("RUN").get(0));
  }
}

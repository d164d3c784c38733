package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.BY_THE_MINUTE;
import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.Pace;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.ImageRecipe;
import dev.wnm.testkit.docker.TestContainer;
import dev.wnm.testkit.docker.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the build leaves for a download: the archive, the Debian package, the image recipe, checksums and the bill of materials. */
@Order(4)
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ)
class PackageIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Duration LIMIT = Pace.stretched(Duration.ofMinutes(3));
  /** What has nothing of the package in it, or is the business of dpkg, apt, cron and the kernel. */
  private static final String FILES = "find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /tmp -o -path /run -o -path \"$0\""
      + " -o -path /var/log -o -path /var/cache -o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/spool/cron \\) -prune -o -print";

  /** The licences in the bill of materials may have to be fetched: its plug-in does nothing in a build without a network. */
  private static final boolean OFFLINE = System.getProperty("wnm.build", "").equals("offline=true");

  @TempDir
  private Path folder;

  private static Path release(String ending) throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files.filter(file -> file.getFileName().toString().matches("wnm-[0-9].*" + ending.replace(".", "\\."))).findFirst()
          .orElseThrow(() -> new AssertionError("the build left no " + ending + " in " + TARGET));
    }
  }

  @Test
  void aFreshDebianRunsTheQuickStartByCronAndLosesThePackageWithoutATrace() throws Exception {
    Path shared = Files.setAttribute(folder.toRealPath(), "unix:mode", 01777);
    Path deb = Files.copy(release(".deb"), shared.resolve("wnm.deb"), StandardCopyOption.REPLACE_EXISTING);
    StandInAntnode.installInto(shared, TestHost.VERSION);
    try (TestContainer machine = TestContainer.start(ContainerOptions.idle(TestImages.debHost()).withPrefix("deb").withMount(shared)
        .withEngineArguments("--network", "none"))) {
      Set<String> before = files(machine, shared);
      root(machine, "apt-get", "install", "--yes", deb.toString());
      assertThat(root(machine, "stat", "-c", "%U:%G %a", "/usr/share/wnm/bin/wnm", "/usr/share/wnm/lib/wnm-cli.jar", "/usr/share/wnm"))
          .isEqualTo("root:root 755\nroot:root 644\nroot:root 755");
      assertThat(root(machine, "sh", "-c", "zcat /usr/share/man/man1/wnm.1.gz")).contains(".TH WNM 1");
      assertThat(root(machine, "bash", "-c", ". /usr/share/bash-completion/completions/wnm && complete -p wnm")).contains("_wnm wnm");
      assertThat(root(machine, "cat", "/usr/lib/systemd/system/wnm@.service")).contains("User=%i", "ExecStart=/usr/bin/wnm --watch 60");
      assertThat(root(machine, "ls", "/usr/share/doc/wnm")).contains("copyright", "changelog.gz", "docs");

      assertThat(operator(machine, "wnm", "--version")).startsWith("wnm ");
      operator(machine, "mkdir", "-p", ".local/bin");
      operator(machine, "cp", shared.resolve(StandInAntnode.FILE_NAME).toString(), ".local/bin/");
      List<String> init = new ArrayList<>(List.of("wnm", "--init", "--rewards_address", TestHost.WALLET, "--node_cap", "1", "--no_upnp"));
      init.addAll(TestHost.WIDE_LIMITS);
      init.addAll(TestHost.NO_DELAYS);
      assertThat(operator(machine, init.toArray(String[]::new))).contains("initialized ", "up to 1 node with setsid+user");
      assertThat(operator(machine, "wnm", "--dry_run")).contains("0 nodes");
      assertThat(operator(machine, "wnm", "--doctor")).contains("0 trouble").contains("wnm --install_service");

      root(machine, "cron");
      operator(machine, "sh", "-c", "echo '0 5 1 1 * true' | crontab -");
      assertThat(operator(machine, "wnm", "--install_service")).contains("wnm is run by crontab");
      String table = operator(machine, "crontab", "-l");
      assertThat(table).contains("0 5 1 1 * true\n* * * * * /usr/bin/wnm --log_file ");
      operator(machine, "wnm", "--install_service");
      assertThat(operator(machine, "crontab", "-l")).isEqualTo(table);
      eventually("cron has grown a node", BY_THE_MINUTE, () -> operator(machine, "wnm", "--report", "node-status").contains("RUNNING"));
      assertThat(operator(machine, "cat", ".local/share/autonomi/wnm.log")).containsPattern("(?m)^\\d{4}-.*T.* INFO \\[")
          .containsPattern("(?m)^\\d{4}-.*T\\S+ 1 node \\(");
      assertThat(operator(machine, "wnm", "--doctor", "--json")).contains("started by crontab");

      assertThat(operator(machine, "wnm", "--uninstall_service")).contains("removed wnm from crontab");
      assertThat(operator(machine, "crontab", "-l")).isEqualTo("0 5 1 1 * true");
      eventually("no cycle of cron's is under way", () -> machine.execAs(ImageRecipe.OPERATOR, "wnm", "--force_action", "teardown", "--confirm")
          .succeeded());
      // Whatever was begun beside a run has ended before the package goes.
      eventually("no archive is being made", () -> !machine.exec("pgrep", "-f", "Xshare:dump").succeeded());
      root(machine, "apt-get", "purge", "--yes", "wnm");
      assertThat(operator(machine, "ls", ".local/share/autonomi")).as("what is the operator's stays").contains("colony.db");
      operator(machine, "rm", "-r", ".local", ".cache");
      assertThat(files(machine, shared)).isEqualTo(before);
    }
  }

  @Test
  void anImageOfWnmIsBuiltFromTheArchiveAndRunsANode() throws Exception {
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    must(Command.of("tar", "-xzf", release(".tar.gz").toString(), "-C", unpacked.toString(), "--strip-components=1"));
    Path bin = Files.createDirectories(folder.resolve("data/.local/bin"));
    StandInAntnode.installInto(bin, TestHost.VERSION);
    String image = "wnm-test/own:" + ProcessHandle.current().pid();
    try {
      docker("build", "-t", image, "-f", unpacked.resolve("share/oci/Dockerfile").toString(), "--build-arg", "BASE=" + TestImages.debHost(),
          unpacked.toString());
      assertThat(docker("run", "--rm", "--network", "none", image, "--version")).startsWith("wnm ");
      String wide = String.join(" ", TestHost.WIDE_LIMITS);
      assertThat(docker("run", "--rm", "--init", "--network", "none", "--volume", bin + ":/opt/nodes:ro", "--entrypoint", "sh", image, "-c",
          "set -e; wnm --init --antnode_path /opt/nodes/antnode --rewards_address " + TestHost.WALLET + " --node_cap 1 " + wide
              + "; wnm --force_action add; id -un; ls /data/.local/share/autonomi/node"))
          .contains("up to 1 node with setsid+user", "added antnode0001", "wnm", "antnode0001");
    } finally {
      DockerEngine.running().docker(LIMIT, List.of("rmi", "--force", image));
    }
  }

  @Test
  void theChecksumsAreThoseOfAllThatIsDownloaded() throws Exception {
    Path sums = release(".sha256");
    CommandResult checked = new ProcessCommandRunner().run(Command.of("sha256sum", "-c", sums.toString()).in(TARGET));
    assertThat(checked.succeeded()).as(checked.describe() + checked.stdout()).isTrue();
    assertThat(checked.stdout()).contains(".tar.gz: OK", ".zip: OK", ".deb: OK");
    assertThat(OFFLINE || checked.stdout().contains(".cdx.json: OK")).isTrue();
  }

  @Test
  void theBillOfMaterialsNamesWhatIsInTheJarAndNothingOfTheTests() throws Exception {
    Assumptions.assumeFalse(OFFLINE, "SKIPPED: mvn -o makes no bill of materials");
    Set<String> names = new TreeSet<>();
    for (JsonElement component : JsonParser.parseString(Files.readString(release(".cdx.json"))).getAsJsonObject().getAsJsonArray("components")) {
      names.add(component.getAsJsonObject().get("name").getAsString());
    }
    assertThat(names).contains("wnm-core", "wnm-spi", "jooq", "sqlite-jdbc", "gson").doesNotContain("junit-jupiter", "assertj-core");
  }

  @Test
  void theArchiveBringsTheManualPageAndTheCompletions() throws Exception {
    String list = must(Command.of("tar", "-tzf", release(".tar.gz").toString()));
    assertThat(list).contains("/share/man/man1/wnm.1\n", "/share/bash-completion/completions/wnm\n", "/share/zsh/site-functions/_wnm\n",
        "/share/fish/vendor_completions.d/wnm.fish\n", "/share/oci/Dockerfile\n").doesNotContain("/share/systemd");
  }

  private static Set<String> files(TestContainer machine, Path shared) {
    return root(machine, "sh", "-c", FILES, shared.toString()).lines().collect(Collectors.toCollection(TreeSet::new));
  }

  private static String root(TestContainer machine, String... words) {
    return said(machine.exec(words));
  }

  private static String operator(TestContainer machine, String... words) {
    return said(machine.execAs(LIMIT, ImageRecipe.OPERATOR, words));
  }

  private static String said(CommandResult result) {
    assertThat(result.succeeded()).as(result.describe() + result.stdout()).isTrue();
    return (result.stdout() + result.stderr()).strip();
  }

  private static String docker(String... words) {
    return said(DockerEngine.running().docker(LIMIT, List.of(words)));
  }

  private static String must(Command command) throws CommandFailedException {
    return new ProcessCommandRunner().run(command).orThrow().stdout();
  }
}

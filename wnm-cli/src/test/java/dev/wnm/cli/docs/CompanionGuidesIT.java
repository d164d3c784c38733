package dev.wnm.cli.docs;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.cli.docs.DocPage.Example;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.testkit.companion.FiveDaemons;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the guides on services beside nodes, in order, in one home and with one group: examples print what the page says, and what
 * tables name as a command can be run as it stands. Consul and caddy are stand-ins, and an image is made without a network.
 */
class CompanionGuidesIT {
  /** The operator's guide comes first: it makes the group. */
  static final List<String> PAGES =
      List.of("docs/companions.md", "docs/companions-developing.md", "docs/companions-security.md");

  private static final Pattern BUILD = Pattern.compile("docker build -t (\\S+) (\\S+)");
  /** What only looks can be asked again until it is as the page says: services take a while to come up. */
  private static final Pattern LOOKS = Pattern.compile(".*(--report|--explain|--logs|companions (status|explain)|docker logs| cat | tail | stat | ps ).*",
      Pattern.DOTALL);

  /** Names of the pages that other tests on this machine must not meet. */
  private final String image = "wnm-test-guide-" + ProcessHandle.current().pid();
  private final String trial = "wnm-test-trial-" + ProcessHandle.current().pid();

  @Test
  void everyCommandOfTheGuidesWorksOnOneGroup(@TempDir Path folder) throws IOException {
    DockerEngine.running();
    Path home = Files.createDirectory(folder.resolve("home")).toRealPath();
    Path daemons = Files.createDirectory(folder.resolve("daemons"));
    FiveDaemons.installInto(daemons);
    Files.createDirectories(home.resolve("bin"));
    for (String name : List.of("consul", "caddy")) {
      Files.move(daemons.resolve("usr/local/bin").resolve(name), home.resolve("bin").resolve(name));
    }
    try (DocShell shell = new DocShell(home, Map.of("ANT_UID", "4242", "ANT_GID", "4343", "NODE_CAP", "5", "MAX_NODE_PER_CONTAINER", "5",
        "DELAY_REMOVE", "0"))) {
      try {
        for (DocPage page : DocPage.all().stream().filter(each -> PAGES.contains(each.toString())).sorted(
            (one, other) -> Integer.compare(PAGES.indexOf(one.toString()), PAGES.indexOf(other.toString()))).toList()) {
          DocPage here = new DocPage(page.path(), page.text().replace("wnm-s6", image).replace("wnm-try", trial));
          for (Example step : here.steps()) {
            run(shell, home, here, step);
          }
          for (String command : here.commandsInTables()) {
            // What goes on until Ctrl-C gets that.
            String limited = command.contains("--follow") ? "timeout --signal INT 5 " + command + "; [ $? = 124 ]" : command;
            assertThat(shell.run(inContainer(limited) + " && echo done")).as("%s: %s", page, command).endsWith("done\n");
          }
        }
      } finally {
        shell.run("if [ -e \"$DBPATH\" ]; then wnm --force_action teardown --confirm; fi");
        shell.run("docker rm --force " + trial + " $(docker ps --all --quiet --filter ancestor=" + image + ")");
        shell.run("docker rmi --force " + image + " " + trial);
      }
    }
  }

  private void run(DocShell shell, Path home, DocPage page, Example step) throws IOException {
    Matcher build = BUILD.matcher(step.command());
    if (build.matches()) {
      docker("tag", GroupImage.build(home.resolve(build.group(2))), build.group(1));
      return;
    }
    Pattern expected = step.expected();
    String command = inContainer(step.command());
    String[] said = {shell.run(command)};
    if (LOOKS.matcher(command).matches() && !expected.matcher(said[0]).matches()) {
      try {
        eventually(command, () -> {
          try {
            said[0] = shell.run(command);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          return expected.matcher(said[0]).matches();
        });
      } catch (AssertionError late) {
        assertThat(said[0]).as("%s: $ %s", page, command).matches(expected);
      }
    }
    assertThat(said[0]).as("%s: $ %s", page, command).matches(expected);
  }

  private String inContainer(String command) {
    return command.replace("CONTAINER", "$(docker ps -qf ancestor=" + image + ")");
  }

  private static void docker(String... words) {
    List<String> all = new ArrayList<>(List.of("docker"));
    all.addAll(List.of(words));
    try {
      assertThat(new ProcessCommandRunner().run(Command.of(all).within(Duration.ofMinutes(2))).succeeded()).as(all.toString()).isTrue();
    } catch (CommandFailedException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}

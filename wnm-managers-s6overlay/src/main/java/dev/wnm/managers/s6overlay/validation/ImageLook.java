package dev.wnm.managers.s6overlay.validation;

import dev.wnm.managers.s6overlay.validation.ServiceTree.Entry;
import dev.wnm.managers.s6overlay.validation.ServiceTree.Kind;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Looks into an image: one container of it, without a network, with nothing that it could write to but its own memory, running one
 * script of ours that reads all its questions. Nothing of the image is started but its shell, what that calls, and s6-rc-compile.
 */
final class ImageLook {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration END_LIMIT = Duration.ofSeconds(30);
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._/:@-]{0,300}";
  /** Files of a source that hold names, numbers or execline; what else it holds s6-rc-compile does not read. */
  private static final Set<String> READ = Set.of("type", "up", "down", "dependencies", "contents", "producer-for", "consumer-for",
      "pipeline-name", "notification-fd", "lock-fd", "timeout-up", "timeout-down", "timeout-kill", "timeout-finish", "max-death-tally");

  private final CommandRunner runner;

  ImageLook(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * What an image is like.
   *
   * @param lacking what it has not of what was asked for
   * @param services that it has
   * @param isCompiled whether it has an s6-rc-compile that was asked
   * @param refusal what that said when it refused the tree; empty when it took it
   */
  record Facts(List<Use> lacking, Set<String> services, boolean isCompiled, List<String> refusal) {}

  /** @throws BadInputException when the image cannot be looked into */
  Facts look(String image, ServiceTree tree, List<Use> uses) {
    if (!image.matches(NAME)) {
      throw new BadInputException("--image '" + image + "' is no name of an image");
    }
    StringBuilder input = new StringBuilder();
    List<Use> asked = new ArrayList<>();
    for (Use use : uses) {
      for (String name : use.names()) {
        input.append("ask ").append(use.kind()).append('\n').append(name).append('\n');
        asked.add(use);
      }
    }
    sources(tree, input);
    String container = "wnm-validate-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
    Command command = Command.of("docker", "run", "--rm", "--interactive", "--pull", "never", "--name", container, "--network", "none",
        "--read-only", "--tmpfs", "/tmp:rw,nosuid,nodev,size=64m", "--user", "0:0", "--cap-drop", "ALL", "--cap-add", "DAC_OVERRIDE",
        "--security-opt", "no-new-privileges", "--pids-limit", "64", "--entrypoint", "/bin/sh", image, "-c", script())
        .reading(input.append("compile\n").toString()).within(LIMIT);
    try {
      CommandResult result = runner.run(command);
      if (result.timedOut()) {
        runner.run(Command.of("docker", "rm", "--force", container).within(END_LIMIT));
      }
      List<String> lines = result.stdout().lines().toList();
      if (!result.succeeded() || lines.isEmpty() || !lines.get(lines.size() - 1).equals("end")) {
        throw new BadInputException("--image " + image + " cannot be looked into: " + why(result));
      }
      return facts(lines, asked, uses);
    } catch (CommandFailedException e) {
      throw new BadInputException("--image " + image + " cannot be looked into: " + e.getMessage());
    }
  }

  private static String why(CommandResult result) {
    String stderr = result.stderr().strip();
    return result.timedOut() ? "it did not answer within " + LIMIT.toSeconds() + " s"
        : stderr.contains("No such image") ? "Docker has no image of this name here; build it, or fetch it with docker pull"
        : stderr.isEmpty() ? "docker run ended with " + result.exitCode() : stderr.lines().limit(3).collect(Collectors.joining(" "));
  }

  /** What is said in an image counts only where it answers a question. */
  private static Facts facts(List<String> lines, List<Use> asked, List<Use> uses) {
    List<Integer> no = new ArrayList<>();
    Set<String> services = new TreeSet<>();
    List<String> said = new ArrayList<>();
    Optional<String> code = Optional.empty();
    for (String line : lines) {
      if (line.matches("no [0-9]{1,6}")) {
        no.add(Integer.parseInt(line.substring("no ".length())) - 1);
      } else if (line.startsWith("service ") && ServiceNames.isPlain(line.substring("service ".length()))) {
        services.add(line.substring("service ".length()));
      } else if (line.matches("compiled ([0-9]{1,3}|none)")) {
        code = Optional.of(line.substring("compiled ".length()));
      } else if (line.startsWith("said ") && said.size() < 20) {
        said.add(line.substring("said ".length()).replaceAll("\\p{Cntrl}", " "));
      }
    }
    List<Use> lacking = uses.stream().filter(use -> {
      boolean any = false;
      for (int i = 0; i < asked.size(); i++) {
        any |= asked.get(i) == use && !no.contains(i);
      }
      return !any;
    }).toList();
    boolean isCompiled = code.filter(each -> !each.equals("none")).isPresent();
    return new Facts(lacking, services, isCompiled,
        !isCompiled || code.get().equals("0") ? List.of() : said.isEmpty() ? List.of("exit code " + code.get()) : said);
  }

  /** The sources without what s6-rc-compile does not read: run scripts stay empty, and no data goes along. */
  private static void sources(ServiceTree tree, StringBuilder input) {
    for (Entry entry : tree.entries()) {
      String[] parts = entry.path().split("/");
      if (parts.length < 2 || entry.path().chars().anyMatch(Character::isISOControl)) {
        continue;
      }
      // One folder for both parts, as names are in one room, too.
      String path = entry.path().substring(entry.path().indexOf('/') + 1);
      if (entry.kind() == Kind.FOLDER && (parts.length == 2 || parts.length == 3)) {
        input.append("folder\n").append(path).append('\n');
      } else if (entry.kind() == Kind.FILE && parts.length >= 3 && !(parts.length > 3 && !parts[2].endsWith(".d"))) {
        input.append("file\n").append(path).append('\n');
        if (parts.length == 3 && READ.contains(parts[2])) {
          entry.text().lines().forEach(line -> input.append('|').append(line).append('\n'));
        }
      }
    }
    ServiceNames.AT_BOOT.stream().filter(name -> tree.sources().stream().anyMatch(path -> path.endsWith("/" + name))).forEach(name -> {
      if (tree.sources().stream().filter(path -> path.endsWith("/" + name)).noneMatch(path -> tree.has(path + "/type"))) {
        input.append("file\n").append(name).append("/type\n|bundle\n");
      }
    });
  }

  private static String script() {
    try (InputStream in = ImageLook.class.getResourceAsStream("look")) {
      if (in == null) {
        throw new IllegalStateException("the resource look is missing in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the resource look of this build cannot be read", e);
    }
  }
}

package dev.wnm.managers.s6overlay.image;

import static dev.wnm.testkit.Eventually.eventually;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.TestContainer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A container of a group as the process manager will run it, with a volume of the host's. Its image has what the recipe
 * puts into it on top of Debian's s6, or of the image that {@code WNM_S6_IMAGE} names.
 */
final class GroupContainer implements AutoCloseable {
  static final int OWNER = 4242;
  static final int OWNERS_GROUP = 4343;
  static final String VOLUME = "/var/antctl/services";
  /** What the container is left with; the process manager gives it no more. */
  static final List<String> RIGHTS = List.of("--cap-drop", "ALL", "--cap-add", "SETUID", "--cap-add", "SETGID",
      "--cap-add", "CHOWN", "--cap-add", "KILL", "--cap-add", "DAC_OVERRIDE", "--security-opt", "no-new-privileges");

  private static final ProcessCommandRunner RUNNER = new ProcessCommandRunner();

  private final TestContainer container;
  private final Path volume;

  private GroupContainer(TestContainer container, Path volume) {
    this.container = container;
    this.volume = volume;
  }

  static GroupContainer start(Path home) throws IOException {
    return start(home, "WNM_METRICS_FIRST=13001", "WNM_METRICS_LAST=13200");
  }

  static GroupContainer start(Path home, String... variables) throws IOException {
    Path volume = Files.createDirectory(home.resolve("volume"));
    StandInAntnode.installInto(volume);
    run("chown", "-R", OWNER + ":" + OWNERS_GROUP, volume.toString());
    return startOn(volume, variables);
  }

  /** One of another image. */
  static GroupContainer ofImage(Path home, String image, String... variables) throws IOException {
    return withRights(RIGHTS, home, image, variables);
  }

  /** One that is left with other rights, words of {@code docker run}. */
  static GroupContainer withRights(List<String> rights, Path home, String image, String... variables) throws IOException {
    Path volume = Files.createDirectories(home.resolve("volume"));
    StandInAntnode.installInto(volume);
    run("chown", "-R", OWNER + ":" + OWNERS_GROUP, volume.toString());
    List<String> all = new ArrayList<>(List.of("WNM_METRICS_FIRST=13001", "WNM_METRICS_LAST=13200"));
    all.addAll(List.of(variables));
    return startImage(rights, volume, image, all.toArray(String[]::new));
  }

  static GroupContainer startOn(Path volume, String... variables) throws IOException {
    return startImage(RIGHTS, volume, OfflineImage.id(), variables);
  }

  private static GroupContainer startImage(List<String> rights, Path volume, String image, String... variables) throws IOException {
    List<String> words = new ArrayList<>(rights);
    words.addAll(List.of("--mount", "type=bind,source=" + volume + ",target=" + VOLUME));
    Arrays.stream(variables).forEach(variable -> words.addAll(List.of("--env", variable)));
    ContainerOptions options = new ContainerOptions(image, "wnm-test-group", false, List.of(), words, List.of(), false);
    return new GroupContainer(TestContainer.start(options), volume);
  }

  static CommandResult run(String... words) {
    CommandResult result = attempt(Command.of(words));
    if (!result.succeeded()) {
      throw new IllegalStateException(result.describe());
    }
    return result;
  }

  private static CommandResult attempt(Command command) {
    try {
      return RUNNER.run(command.within(Duration.ofMinutes(2)));
    } catch (CommandFailedException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** One {@code docker exec}. */
  CommandResult nodes(String input, String... words) {
    List<String> all = new ArrayList<>(List.of("docker", "exec", "-i", container.name(), "wnm-nodes"));
    all.addAll(Arrays.asList(words));
    return attempt(Command.of(all).reading(input));
  }

  /** Answers of {@code wnm-nodes}: what follows each name. */
  static Map<String, String> answers(CommandResult result) {
    Map<String, String> answers = new HashMap<>();
    result.stdout().lines().map(line -> line.split("\t", 2)).forEach(words -> answers.put(words[0], words[1]));
    return answers;
  }

  Map<String, List<String>> status() {
    return nodes("", "status").stdout().lines().map(line -> List.of(line.split("\t", -1)))
        .collect(Collectors.toMap(words -> words.get(0), words -> words));
  }

  String state(String name) {
    List<String> words = status().get(name);
    return words == null ? "absent" : words.get(1);
  }

  /** A line for the stand-in as node number {@code id}. */
  static String definition(int id, String... settings) {
    String name = name(id);
    List<String> words = new ArrayList<>(List.of(name, "port=" + (13000 + id)));
    words.addAll(List.of(settings));
    words.addAll(List.of("--", "/usr/bin/perl", VOLUME + "/antnode", "--root-dir", VOLUME + "/" + name, "--port",
        String.valueOf(55000 + id), "--metrics-server-port", String.valueOf(13000 + id), "--rewards-address",
        "0x" + "a".repeat(40), "evm-arbitrum-one"));
    return String.join("\t", words) + "\n";
  }

  static String name(int id) {
    return String.format("antnode%04d", id);
  }

  /** The page of metrics at the container's address, as the host gets it. */
  String metrics(int id) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + container.address() + ":" + (13000 + id)
        + "/metrics")).timeout(Duration.ofSeconds(10)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  CommandResult exec(String... words) {
    return container.exec(words);
  }

  Path volume() {
    return volume;
  }

  /** Stops and starts, and waits until it has booted. */
  void restart() {
    container.restart();
    eventually(container.name() + " has booted", () -> nodes("", "status").succeeded());
  }

  void stop() {
    container.stop();
  }

  String inspect(String format) {
    return run("docker", "inspect", "--format", format, container.name()).stdout().strip();
  }

  String log() {
    CommandResult log = run("docker", "logs", container.name());
    return log.stdout() + log.stderr();
  }

  @Override
  public void close() {
    container.close();
  }
}

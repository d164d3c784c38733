package dev.wnm.testkit.docker;

import static dev.wnm.testkit.Eventually.eventually;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.Pace;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A running container of a test. It is removed when it is closed, whatever happened to it, and if this JVM dies before
 * that, by the next one that starts a container. Safe to use from many threads.
 */
public final class TestContainer implements AutoCloseable {
  private static final Duration LIMIT = Pace.stretched(Duration.ofSeconds(60));

  /** Its words come after it, as words; makes user services reachable, as a login would. */
  private static final String AS_USER = "XDG_RUNTIME_DIR=/run/user/$(id -u); export XDG_RUNTIME_DIR; cd; exec \"$@\"";

  /** Waits for the boot to end in either way, then for the managers of users whose services run from boot on. */
  private static final String BOOTED = """
      case $(systemctl is-system-running --wait) in
        running|degraded) ;;
        *) exit 1 ;;
      esac
      for user in $(ls /var/lib/systemd/linger 2>/dev/null); do
        systemctl is-active --quiet user@$(id -u "$user").service || exit 1
      done
      """;

  private final DockerEngine engine;
  private final ContainerOptions options;
  private final String name;

  private TestContainer(DockerEngine engine, ContainerOptions options, String name) {
    this.engine = engine;
    this.options = options;
    this.name = name;
  }

  /**
   * Makes a container and returns once it runs; with systemd, once it booted, which takes a few seconds.
   *
   * @throws IllegalStateException when Docker cannot start it, or it ends instead of booting
   * @throws AssertionError when it does not boot in time
   */
  public static TestContainer start(ContainerOptions options) {
    DockerEngine engine = DockerEngine.running();
    Leftovers.sweepOnce(engine);
    String name = options.prefix() + "-" + UUID.randomUUID().toString().substring(0, 8);
    TestContainer container = new TestContainer(engine, options, name);
    try {
      engine.must(LIMIT, container.runArguments().toArray(String[]::new));
      container.awaitBoot();
      return container;
    } catch (RuntimeException | AssertionError e) {
      container.close();
      throw e;
    }
  }

  public String name() {
    return name;
  }

  /** Runs a program in it as root and returns how that ended. */
  public CommandResult exec(String... argv) {
    return exec(List.of(), argv);
  }

  /**
   * Runs a program in it as one of its users, in that user's home folder, with the user's services in reach
   * ({@code systemctl --user}).
   */
  public CommandResult execAs(String user, String... argv) {
    return execAs(LIMIT, user, argv);
  }

  /** Where the host reaches its ports. */
  public String address() {
    return options.hostNetwork() ? InetAddress.getLoopbackAddress().getHostAddress()
        : engine.must(LIMIT, "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", name);
  }

  /** Stops it as an orderly shutdown would; a stopped one is fine. */
  public void stop() {
    engine.must(LIMIT, "stop", "-t", "20", name);
  }

  /** Starts it again with its files as they were, as a boot after a shutdown would. */
  public void start() {
    engine.must(LIMIT, "start", name);
    awaitBoot();
  }

  /** Shuts it down and starts it again, as a reboot would; only the kernel, and its boot id, stay the host's. */
  public void restart() {
    stop();
    start();
  }

  /** Ends it at once, as a power failure would. */
  public void kill() {
    engine.must(LIMIT, "kill", name);
  }

  /** Removes it with all it wrote outside its mounts. One that is gone already is fine. */
  @Override
  public void close() {
    CommandResult removed = engine.docker(LIMIT, List.of("rm", "--force", "--volumes", name));
    if (!removed.succeeded() && !removed.stderr().contains("No such container")) {
      throw new IllegalStateException(removed.describe());
    }
  }

  /** Runs a program in it as one of its users, for longer than the usual minute; see {@link #execAs(String, String...)}. */
  public CommandResult execAs(Duration limit, String user, String... argv) {
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", AS_USER, "sh"));
    words.addAll(Arrays.asList(argv));
    return exec(limit, List.of("--user", user), words.toArray(String[]::new));
  }

  private CommandResult exec(List<String> execArguments, String... argv) {
    return exec(LIMIT, execArguments, argv);
  }

  private CommandResult exec(Duration limit, List<String> execArguments, String... argv) {
    List<String> words = new ArrayList<>(List.of("exec"));
    words.addAll(execArguments);
    words.add(name);
    words.addAll(Arrays.asList(argv));
    return engine.docker(limit, words);
  }

  private List<String> runArguments() {
    List<String> words = new ArrayList<>(List.of("run", "--detach", "--name", name));
    words.addAll(Leftovers.labels());
    if (options.hostNetwork()) {
      words.addAll(List.of("--network", "host"));
    }
    options.mounts().forEach(path -> words.addAll(List.of("--mount", "type=bind,source=" + path + ",target=" + path)));
    words.addAll(options.engineArguments());
    words.add(options.image());
    words.addAll(options.command());
    return words;
  }

  private void awaitBoot() {
    if (options.boots()) {
      eventually("systemd of " + name + " has booted", this::hasBooted);
    }
  }

  private boolean hasBooted() {
    if (exec("/bin/sh", "-c", BOOTED).succeeded()) {
      return true;
    }
    if (engine.must(LIMIT, "inspect", "--format", "{{.State.Running}}", name).equals("false")) {
      CommandResult log = engine.docker(LIMIT, List.of("logs", "--tail", "5", name));
      throw new IllegalStateException(
          name + " ended instead of booting; it said: " + (log.stdout() + log.stderr()).strip());
    }
    return false;
  }
}

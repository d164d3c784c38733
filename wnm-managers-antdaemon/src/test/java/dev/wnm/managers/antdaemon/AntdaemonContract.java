package dev.wnm.managers.antdaemon;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.Pace;
import dev.wnm.testkit.manager.Outage;
import dev.wnm.testkit.manager.ProcessManagerContract;
import dev.wnm.testkit.manager.StandIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The conformance suite, with a daemon of its own for each test. */
abstract class AntdaemonContract extends ProcessManagerContract {
  private volatile boolean throwing;

  /** After all that the suite does, which may start it again. */
  @RegisterExtension
  final AfterEachCallback ending = test -> stopDaemon();

  /** The ant that is tested. */
  protected abstract Path ant(Path home) throws IOException;

  @Override
  protected String type() {
    return "antdaemon+user";
  }

  @Override
  protected StandIn standIn() {
    return StandIn.ANT_NODE_2;
  }

  @Override
  protected ProcessManagerProvider provider() {
    Loopback real = new Loopback();
    return new OnThisMachine(limits(), new Transport() {
      @Override
      public Answer send(int port, Request request, Duration connect, Duration limit) throws IOException {
        refuse(request.path());
        return real.send(port, request, connect, limit);
      }

      @Override
      public InputStream listen(int port, String path, Duration limit) throws IOException {
        refuse(path);
        return real.listen(port, path, limit);
      }

      private void refuse(String path) {
        if (throwing) {
          throw new IllegalStateException("thrown by the suite instead of calling " + path);
        }
      }
    });
  }

  private static Limits limits() {
    Limits usual = Limits.DEFAULT;
    return new Limits(usual.connect(), Pace.stretched(Duration.ofSeconds(15)), usual.change(), usual.daemonStart(), Duration.ZERO,
        usual.comeback(), usual.restart(), usual.ending());
  }

  @Override
  protected Map<String, String> settings(Path home) {
    try {
      return Map.of("ant_path", ant(home).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It watches each node for a second. */
  @Override
  protected Duration startTakes() {
    return Duration.ofSeconds(2);
  }

  @Override
  protected Outage throwing() {
    return Outage.of("what carries its calls throws", () -> throwing = true, () -> throwing = false);
  }

  @Override
  protected Outage lostList() {
    Path registry = data().resolve("node_registry.json");
    Path aside = data().resolve("aside.json");
    return Outage.of("the daemon's registry is gone", () -> {
      stopDaemon();
      Files.move(registry, aside);
    }, () -> {
      stopDaemon();
      Files.move(aside, registry, StandardCopyOption.REPLACE_EXISTING);
    });
  }

  @Override
  protected List<Outage> failingWrappers() {
    return List.of(Outage.of("the daemon is gone", this::stopDaemon, () -> {})
        .with(failing("ant fails", command -> isOf(command, "ant"), 1, "Error: Process spawn failed: out of memory\n")));
  }

  /** Where its daemon has its files. */
  protected final Path data() {
    return machine.home().resolve(".local/share/ant");
  }

  /** As an operator would; its nodes run on. */
  protected final void stopDaemon() {
    DataFolder folder = DataFolder.of(Map.of(), machine.home());
    try {
      Command stop = Command.of(ant(machine.home()).toString(), "node", "daemon", "stop");
      for (var variable : folder.variables().entrySet()) {
        stop = stop.with(variable.getKey(), variable.getValue());
      }
      new ProcessCommandRunner().run(stop); // which fails where none runs
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CommandFailedException e) {
      throw new AssertionError(e);
    }
  }
}

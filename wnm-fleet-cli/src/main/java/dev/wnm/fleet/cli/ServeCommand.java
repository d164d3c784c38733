package dev.wnm.fleet.cli;

import dev.wnm.fleet.rollout.RollOuts;
import dev.wnm.fleet.site.FleetSite;
import dev.wnm.fleet.site.Sight;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.cli.Options;

/** The fleet as a page. */
final class ServeCommand implements FleetCommand {
  private static final int USUAL_PORT = 8421;
  private static final int HIGHEST_PORT = 65_535;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String usage() {
    return "[--port 8421]";
  }

  @Override
  public String help() {
    return "Serve the fleet as a page, as JSON and as metrics for Prometheus, on 127.0.0.1; from elsewhere by ssh -L.";
  }

  @Override
  public Options options() {
    return Asked.options(Asked.value("port", "PORT", USUAL_PORT + " when not given"));
  }

  @Override
  public boolean speaksToPrograms() {
    return false;
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    if (!asked.words().isEmpty()) {
      throw new BadInputException("serve takes no " + asked.words().get(0) + "; it is on 127.0.0.1, at --port");
    }
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), asked.number("port", USUAL_PORT, 1, HIGHEST_PORT));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown, "wnm-fleet-end"));
    try (OpenFleet fleet = OpenFleet.open(context);
        FleetSite site = FleetSite.open(() -> new Sight(context.clock().instant(), fleet.rows(), new RollOuts(fleet.link(), context.clock()).current()), context.clock(), address,
            context.operatorFolder().resolve("tokens"), BETWEEN_LOOKS)) {
      context.say("the fleet is at http://127.0.0.1:" + site.address().getPort() + "/");
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}

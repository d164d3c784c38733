package dev.wnm.fleet.host;

import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetTransport;
import dev.wnm.fleet.transport.HostLink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Stays up, says how this machine stands, and takes what is wished of it. Whatever happens to it or to the fleet's server, cycles and nodes go on. */
public final class Agent {
  private final LocalHost host;
  private final Duration interval;
  private final Consumer<String> says;
  private final CountDownLatch ended = new CountDownLatch(1);
  private Thread trying = new Thread();
  private String trouble = "";

  /** @param says is told what a person should know, a sentence each */
  public Agent(LocalHost host, Duration interval, Consumer<String> says) {
    this.host = host;
    this.interval = interval;
    this.says = says;
  }

  /** Runs until {@link #end}. */
  public void run(FleetTransport transport, Path folder) throws FleetException, IOException {
    try (HostLink link = transport.serve(folder, host)) {
      do {
        tryAgain();
        tell(said(link));
      } while (!ended.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has it end soon. May be called by any thread. */
  public void end() {
    ended.countDown();
  }

  /** Beside all else: what is tried again may be to fetch a program. */
  private void tryAgain() {
    if (!trying.isAlive()) {
      trying = new Thread(host::goOn, "wnm-fleet-wish");
      trying.setDaemon(true);
      trying.start();
    }
  }

  private HostLink.Said said(HostLink link) {
    try {
      HostLink.Said said = link.say(host.state());
      return said.isOut() ? new HostLink.Said(true, said.trouble(), host.noticed(said.twin())) : said;
    } catch (FleetException e) {
      return HostLink.Said.not(String.valueOf(e.getMessage()));
    }
  }

  /** The same trouble is told once. */
  private void tell(HostLink.Said said) {
    String now = said.twin().map(boot -> "another machine speaks as this one: one is a copy of the other's disk (boot " + boot + "); join one anew")
        .orElse(said.trouble());
    if (!now.equals(trouble)) {
      says.accept(now.isEmpty() ? "the fleet hears of this machine again" : now);
      trouble = now;
    }
  }
}

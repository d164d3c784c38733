package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.fleet.Answers;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node of the machine in memory: what was asked for, where it was put, and its process while it has one. Guarded by its
 * machine.
 */
final class MemoryNode {
  private final NodeSpec spec;
  private final NodeFacts facts;
  private OptionalLong pid = OptionalLong.empty();
  private Optional<Version> version = Optional.empty();
  private Instant diesAt = Instant.MAX;
  private String ending = "";
  private boolean withoutRouter;

  MemoryNode(NodeSpec spec, NodeFacts facts) {
    this.spec = spec;
    this.facts = facts;
  }

  int id() {
    return spec.id();
  }

  NodeSpec spec() {
    return spec;
  }

  boolean runs() {
    return pid.isPresent();
  }

  boolean isDueToDie(Instant now) {
    return runs() && !now.isBefore(diesAt);
  }

  /** @param current how it is started, which may differ from how it was made */
  void started(NodeSpec current, long newPid, Version newVersion, Instant now) {
    pid = OptionalLong.of(newPid);
    version = Optional.of(newVersion);
    String seconds = setting("exit_after");
    withoutRouter = !setting("no_router").isEmpty() && current.upnp();
    diesAt = withoutRouter ? now.plusSeconds(2)
        : seconds.isEmpty() ? Instant.MAX : now.plusMillis((long) (Double.parseDouble(seconds) * 1_000));
  }

  /** How it ends when its time has come. */
  String lastWords() {
    return withoutRouter ? "exit code 1: UPnP gateway not found. Enable UPnP on your router (port " + spec.ports().node() + ")"
        : "ended by itself; it said: told to die after " + setting("exit_after") + " s";
  }

  void ended(String how) {
    pid = OptionalLong.empty();
    ending = how;
  }

  ProcessState state() {
    return runs() ? new ProcessState.Running(pid) : new ProcessState.Stopped(ending);
  }

  /** Where it is, with what its process is now. */
  NodeFacts facts() {
    return facts.withVersion(version).withPid(pid);
  }

  /** The value of one of the stand-in's settings; empty when it is not set. */
  String setting(String name) {
    return spec.environment().getOrDefault(StandInAntnode.variable(name), "");
  }

  /** What its pages say, by the names of the stand-in's sample. */
  Map<String, String> says(Version running, byte[] key) {
    Map<String, String> values = new HashMap<>();
    values.put("version", running.text());
    values.put("peer_id", peerId(key));
    values.put("uptime", "0");
    int networkId = spec.startArgs().indexOf("--network-id");
    if (networkId >= 0) {
      values.put("network_id", spec.startArgs().get(networkId + 1));
    }
    String metric = StandInAntnode.variable("metric_");
    spec.environment().forEach((name, value) -> {
      if (name.startsWith(metric)) {
        values.put(name.substring(metric.length()).toLowerCase(Locale.ROOT), value);
      }
    });
    return values;
  }

  static String peerId(byte[] key) {
    return Answers.peerId(Arrays.hashCode(key));
  }
}

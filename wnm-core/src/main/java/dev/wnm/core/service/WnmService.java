package dev.wnm.core.service;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.ServiceKind;
import dev.wnm.core.config.Settings;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.trust.Trusted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What starts wnm on this machine: installs it and takes it away. There is one for each database: a service of another kind that wnm
 * has written before gives way to the new one. What wnm has not written is never replaced or deleted.
 */
public final class WnmService {
  private final List<ServiceHost> hosts;

  public WnmService(CommandRunner runner, Platform platform) {
    // In the order in which they are preferred.
    this(List.of(new SystemdHost(runner, platform, ServiceKind.SERVICE), new LaunchdHost(runner, platform), new CronHost(runner),
        new SystemdHost(runner, platform, ServiceKind.TIMER)));
  }

  WnmService(List<ServiceHost> hosts) {
    this.hosts = List.copyOf(hosts);
  }

  /**
   * What was done.
   *
   * @param kind what starts wnm now
   * @param texts what was written
   * @param notes what an operator should know, a sentence each
   */
  public record Done(ServiceKind kind, List<ServiceText> texts, List<String> notes) {}

  /**
   * What {@link #install} would write.
   *
   * @throws BadInputException when it cannot be installed here, or would replace what wnm has not written
   */
  public Done plan(ServiceOrder order, Optional<ServiceKind> wanted) throws IOException, CommandFailedException {
    ServiceHost host = host(order, wanted);
    refuseStranger(host, order);
    return new Done(host.kind(), host.texts(order), List.of());
  }

  /**
   * Writes and starts it. Twice is as good as once.
   *
   * @param wanted which kind; when empty, the first of which there is one here
   * @throws BadInputException when it cannot be installed here, or would replace what wnm has not written; nothing is changed then
   * @throws CommandFailedException when its host refuses
   */
  public Done install(ServiceOrder order, Optional<ServiceKind> wanted) throws IOException, CommandFailedException {
    ServiceHost host = host(order, wanted);
    refuseStranger(host, order);
    List<String> notes = new ArrayList<>();
    for (ServiceHost other : hosts) {
      Optional<String> before = other == host ? Optional.empty() : other.installed(order.name());
      if (before.isPresent()) {
        other.uninstall(order.name());
        notes.add("removed " + before.get() + ", which " + other.kind().word() + " ran wnm by before");
      }
    }
    notes.addAll(host.install(order));
    return new Done(host.kind(), host.texts(order), notes);
  }

  /** What wnm has written to have itself run for the database of these settings: files, or {@code crontab}. */
  public List<String> installed(Settings settings) throws IOException, CommandFailedException {
    List<String> places = new ArrayList<>();
    for (ServiceHost host : hosts) {
      host.installed(ServiceOrder.nameFor(settings)).ifPresent(places::add);
    }
    return places;
  }

  /** Stops and deletes it. @return where it was; empty when there was none */
  public List<String> uninstall(Settings settings) throws IOException, CommandFailedException {
    List<String> places = new ArrayList<>();
    String name = ServiceOrder.nameFor(settings);
    for (ServiceHost host : hosts) {
      Optional<String> place = host.installed(name);
      if (place.isPresent()) {
        host.uninstall(name);
        places.add(place.get());
      }
    }
    return places;
  }

  private ServiceHost host(ServiceOrder order, Optional<ServiceKind> wanted) {
    ServiceHost host = working(wanted);
    if (order.interval().isPresent() && host.kind() != ServiceKind.SERVICE) {
      throw new BadInputException(Options.WATCH + " goes only with a service that stays up; " + host.kind().word()
          + " runs a cycle every minute");
    }
    if (!order.page().isEmpty() && host.kind() != ServiceKind.SERVICE) {
      throw new BadInputException(Options.SERVE + " goes only with a service that stays up; " + host.kind().word() + " runs a cycle every minute");
    }
    order.command().stream().filter(word -> word.startsWith("/")).map(Path::of).map(Trusted::problemForRoot).flatMap(Optional::stream)
        .findFirst().ifPresent(problem -> {
          throw new BadInputException(Options.INSTALL_SERVICE + ": root would run what others can change: " + problem);
        });
    return host;
  }

  private ServiceHost working(Optional<ServiceKind> wanted) {
    List<ServiceHost> candidates = hosts.stream().filter(host -> wanted.isEmpty() || host.kind() == wanted.get()).toList();
    return candidates.stream().filter(host -> host.obstacle().isEmpty()).findFirst().orElseThrow(() -> new BadInputException(
        Options.INSTALL_SERVICE + wanted.map(kind -> " " + Options.SERVICE_KIND + " " + kind.word()).orElse("") + " cannot work here: "
            + candidates.stream().flatMap(host -> host.obstacle().stream()).distinct().collect(Collectors.joining("; "))));
  }

  private static void refuseStranger(ServiceHost host, ServiceOrder order) throws IOException, CommandFailedException {
    Optional<String> stranger = host.stranger(order.name());
    if (stranger.isPresent()) {
      throw new BadInputException(stranger.get());
    }
  }
}

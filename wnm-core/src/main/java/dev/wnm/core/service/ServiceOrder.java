package dev.wnm.core.service;

import dev.wnm.core.config.FirewallMode;
import dev.wnm.core.config.NotifyTarget;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.ServiceKind;
import dev.wnm.core.config.Settings;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.model.ColonyId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How wnm is to be run for one database.
 *
 * @param name what its service is called, without an ending: {@code wnm} for the account's usual database
 * @param command wnm and its options, each a word of its own, without what depends on who starts it
 * @param environment variables that it needs, such as where Java is
 * @param interval from one cycle to the next, which only a service that stays up can keep to; a minute when empty
 * @param page what the page is served with, which only a service that stays up can do; options and their values
 * @param log where the log goes, where nobody else keeps it
 * @param account as whom it runs
 * @param isRoot whether that account may do everything
 * @param usesSudo whether it calls sudo, from which hardening would keep it
 * @param writes folders that it writes to, nodes among them
 */
public record ServiceOrder(String name, List<String> command, Map<String, String> environment, Optional<Duration> interval,
    List<String> page, Path log, String account, boolean isRoot, boolean usesSudo, List<Path> writes) {
  /** The variables that the launcher goes by, which a service or cron would not have. */
  private static final List<String> OF_THE_LAUNCHER = List.of("WNM_JAVA", "JAVA_HOME", "WNM_JAVA_OPTS");
  private static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);

  public ServiceOrder {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    page = List.copyOf(page);
    writes = List.copyOf(writes);
  }

  /**
   * What these settings ask for.
   *
   * @param self how wnm is called, such as the path of its launcher
   */
  public static ServiceOrder of(Settings settings, List<String> self) {
    Path database = settings.get(Options.DBPATH);
    Path log = settings.find(Options.LOG_FILE).orElseGet(() -> ParentFolder.of(database).resolve("wnm.log"));
    List<String> command = new ArrayList<>(self);
    if (settings.isGiven(Options.DBPATH)) {
      command.addAll(List.of(Options.DBPATH.toString(), database.toString()));
    }
    settings.find(Options.CONFIG).ifPresent(file -> command.addAll(List.of(Options.CONFIG.toString(), file.toString())));
    command.addAll(ofCommandLine(settings, Options.OF_EVENTS));
    Map<String, String> environment = new LinkedHashMap<>();
    OF_THE_LAUNCHER.forEach(variable -> {
      String value = settings.platform().environment().getOrDefault(variable, "");
      if (!value.isEmpty()) {
        environment.put(variable, value);
      }
    });
    boolean root = settings.platform().root();
    return new ServiceOrder(nameFor(settings), command, environment, settings.find(Options.WATCH), ofCommandLine(settings, Options.OF_PAGE), log,
        settings.platform().user(), root,
        !root && (settings.isForWholeSystem() || FirewallMode.of(settings) == FirewallMode.UFW),
        Stream.of(Stream.of(ParentFolder.of(database)), settings.get(Options.NODE_STORAGE).paths().stream(), Stream.of(ParentFolder.of(log)))
            .flatMap(folders -> folders).distinct().toList());
  }

  /** Those of these options that the command line has; those of files and variables count for the service as well. */
  private static List<String> ofCommandLine(Settings settings, List<Option<?>> options) {
    if (settings.isOnCommandLine(Options.NOTIFY) && settings.get(Options.NOTIFY).all().stream().anyMatch(NotifyTarget.Webhook.class::isInstance)) {
      throw new BadInputException(Options.NOTIFY + " names an address, which is often a secret, and others can read what starts a service: put"
          + " it into a config file or the file of " + Options.NOTIFY_FILE);
    }
    Map<String, String> texts = settings.asText();
    return options.stream().filter(settings::isOnCommandLine).map(option -> option + "=" + texts.get(option.name())).toList();
  }

  /** What the service is called: another database than the usual one has a service of its own. */
  static String nameFor(Settings settings) {
    return settings.isGiven(Options.DBPATH) ? ColonyId.of(settings.get(Options.DBPATH)).toString() : "wnm";
  }

  /** The command line as a kind of service has it. */
  List<String> command(ServiceKind kind) {
    return kind != ServiceKind.SERVICE ? command : Stream.of(command,
        List.of(Options.WATCH.toString(), Long.toString(interval.orElse(USUAL_INTERVAL).toSeconds())), page).flatMap(List::stream).toList();
  }

  /** The same where nobody else keeps the log. */
  List<String> loggingCommand(ServiceKind kind) {
    return Stream.concat(command(kind).stream(), Stream.of(Options.LOG_FILE.toString(), log.toString())).toList();
  }
}

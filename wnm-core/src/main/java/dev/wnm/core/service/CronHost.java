package dev.wnm.core.service;

import dev.wnm.core.config.ServiceKind;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.command.Shell;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A line in the crontab of the account that runs wnm; all other lines stay as they are. */
final class CronHost implements ServiceHost {
  private static final String EVERY_MINUTE = "* * * * * ";
  private static final String PLACE = "crontab";

  private final CommandRunner runner;

  CronHost(CommandRunner runner) {
    this.runner = runner;
  }

  @Override
  public ServiceKind kind() {
    return ServiceKind.CRON;
  }

  @Override
  public Optional<String> obstacle() {
    return runner.find("crontab").isPresent() ? Optional.empty()
        : Optional.of("there is no program 'crontab'; install cron (Debian's package cron)");
  }

  @Override
  public List<ServiceText> texts(ServiceOrder order) {
    return List.of(new ServiceText(PLACE, line(order) + "\n"));
  }

  @Override
  public Optional<String> stranger(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<String> installed(String name) throws CommandFailedException {
    return obstacle().isEmpty() && read().lines().anyMatch(line -> isOurs(line, name)) ? Optional.of(PLACE) : Optional.empty();
  }

  @Override
  public List<String> install(ServiceOrder order) throws CommandFailedException {
    String before = read();
    String after = Stream.concat(without(before, order.name()), Stream.of(line(order))).map(line -> line + "\n")
        .collect(Collectors.joining());
    if (!after.equals(before)) {
      write(after);
    }
    return List.of();
  }

  @Override
  public void uninstall(String name) throws CommandFailedException {
    write(without(read(), name).map(line -> line + "\n").collect(Collectors.joining()));
  }

  /** cron mails what is printed on standard error: what failed. */
  private static String line(ServiceOrder order) {
    Stream<String> variables = new TreeMap<>(order.environment()).entrySet().stream().map(CronHost::assignment);
    Stream<String> words = order.loggingCommand(ServiceKind.CRON).stream().map(Shell::argument);
    return EVERY_MINUTE + Stream.concat(variables, words).collect(Collectors.joining(" ")).replace("%", "\\%") + " > /dev/null # "
        + mark(order.name());
  }

  private static String assignment(Map.Entry<String, String> variable) {
    return variable.getKey() + "=" + Shell.argument(variable.getValue());
  }

  private static String mark(String name) {
    return ServiceText.MARK + ": " + name;
  }

  private static boolean isOurs(String line, String name) {
    return line.startsWith(EVERY_MINUTE) && line.endsWith("# " + mark(name));
  }

  private static Stream<String> without(String table, String name) {
    return table.lines().filter(line -> !isOurs(line, name));
  }

  /** An account without a crontab has an empty one; anything else that fails must not be taken for that. */
  private String read() throws CommandFailedException {
    CommandResult result = runner.run(Command.of("crontab", "-l"));
    return !result.succeeded() && result.stderr().contains("no crontab for") ? "" : result.orThrow().stdout();
  }

  private void write(String table) throws CommandFailedException {
    runner.run(table.isEmpty() ? Command.of("crontab", "-r") : Command.of("crontab", "-").reading(table)).orThrow();
  }
}

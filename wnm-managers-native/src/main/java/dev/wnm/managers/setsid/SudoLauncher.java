package dev.wnm.managers.setsid;

import dev.wnm.managers.support.Account;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Nodes run as an account of their own with no rights but its own; wnm has those of root, or takes them by sudo.
 *
 * <p>The account owns the log folder, so it also opens the log: root would follow a link that a node left there. That takes
 * a shell for an instant, whose text is fixed and which gets every word as a parameter.
 */
final class SudoLauncher implements Launcher {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final List<String> OPEN_LOG =
      List.of("sh", "-c", "log=$1; shift; umask 077; exec \"$@\" </dev/null >>\"$log\" 2>&1", "sh");

  private final CommandRunner runner;
  private final Rights rights;
  private final Map<String, String> locale;

  /** @param locale LANG and TZ, as far as they are set */
  SudoLauncher(CommandRunner runner, Rights rights, Map<String, String> locale) {
    this.runner = runner;
    this.rights = rights;
    this.locale = Map.copyOf(locale);
  }

  @Override
  public Map<String, String> environment(String user) throws CommandFailedException {
    Account account = rights.account(user);
    Map<String, String> variables = new TreeMap<>(locale);
    variables.putAll(Map.of("HOME", account.home().toString(), "USER", account.name(), "LOGNAME", account.name(),
        "PATH", PATH));
    return variables;
  }

  @Override
  public Optional<Process> launch(String user, List<String> words, Map<String, String> variables, Path log)
      throws CommandFailedException {
    List<String> argv = new ArrayList<>(List.of("setsid"));
    if (rights.areBySudo()) {
      argv.add("--fork");
    }
    argv.addAll(rights.asAccount(user));
    argv.addAll(List.of("env", "-i"));
    variables.forEach((name, value) -> argv.add(name + "=" + value));
    argv.addAll(OPEN_LOG);
    argv.add(log.toString());
    argv.addAll(words);
    if (!rights.areBySudo()) {
      // The node's variables are among the words, for after setpriv: in front of it they would be root's.
      Command command = new Command(argv, Map.of("PATH", PATH), "", Command.DEFAULT_LIMIT, Optional.of(WORKING_FOLDER));
      return Optional.of(runner.spawn(command, Path.of("/dev/null")));
    }
    // Forked off, so that no sudo stays behind as the node's parent, waiting in wnm's session for what hangs that up.
    runner.run(Command.of(argv).in(WORKING_FOLDER).asRoot()).orThrow();
    return Optional.empty();
  }
}

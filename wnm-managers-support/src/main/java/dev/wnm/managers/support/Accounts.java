package dev.wnm.managers.support;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Looks accounts up, each once. */
public final class Accounts {
  /** getent's exit code where the database has no such entry; others say that it could not be asked. */
  private static final int NO_SUCH_KEY = 2;

  private final CommandRunner runner;
  private final Optional<Account> only;
  private final Map<String, Account> known = new ConcurrentHashMap<>();

  public Accounts(CommandRunner runner) {
    this(runner, Optional.empty());
  }

  private Accounts(CommandRunner runner, Optional<Account> only) {
    this.runner = runner;
    this.only = only;
  }

  /** There is no other account than this one, whatever name is asked for. */
  static Accounts only(CommandRunner runner, Account account) {
    return new Accounts(runner, Optional.of(account));
  }

  /** @throws CommandFailedException when there is no such account; the message says how to make it */
  public Account of(String name) throws CommandFailedException {
    Account account = only.orElse(known.get(name));
    if (account == null) {
      account = FileTools.ofThisSystem() == FileTools.BSD ? ofDirectory(name) : ofDatabase(name);
      known.put(name, account);
    }
    return account;
  }

  private Account ofDatabase(String name) throws CommandFailedException {
    CommandResult answer = runner.run(Command.of("getent", "passwd", name));
    if (!answer.timedOut() && answer.exitCode() == NO_SUCH_KEY) {
      throw missing(name, "useradd --system --user-group --create-home --shell /usr/sbin/nologin " + name);
    }
    return Account.parse(answer.orThrow().stdout());
  }

  /** Asks macOS's directory service, which answers nothing, and no error, where there is no such account. */
  private Account ofDirectory(String name) throws CommandFailedException {
    String answer = runner.run(Command.of("dscacheutil", "-q", "user", "-a", "name", name)).orThrow().stdout();
    return Account.parseDirectory(answer).orElseThrow(() -> missing(name,
        "sysadminctl -addUser " + name + " -shell /usr/bin/false -home /var/empty"));
  }

  private static CommandFailedException missing(String name, String how) {
    return new CommandFailedException(
        "there is no account '" + name + "' for nodes to run as; make it with '" + how + "'");
  }
}

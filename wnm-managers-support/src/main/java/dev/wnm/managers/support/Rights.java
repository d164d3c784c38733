package dev.wnm.managers.support;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.command.Wrapper;
import dev.wnm.spi.internal.files.OpenFolder;
import dev.wnm.spi.internal.trust.ProcessAccount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * With which rights wnm works on nodes: as the account that owns both, or over accounts that nodes have of their own, as root
 * or by sudo. Safe to use from many threads.
 */
public final class Rights {
  /** What {@link CommandFiles} and {@link #question} run as root; as accounts of nodes, they are run by setpriv. */
  private static final List<String> FOR_FILES = List.of("cat", "cp", "du", "find", "install", "mkdir", "mv", "rm", "setpriv", "tail");

  private final CommandRunner runner;
  private final Optional<Accounts> accounts;
  private final boolean bySudo;

  private Rights(CommandRunner runner, Optional<Accounts> accounts, boolean bySudo) {
    this.runner = runner;
    this.accounts = accounts;
    this.bySudo = bySudo;
  }

  /** Nodes belong to whoever runs wnm. */
  public static Rights own(CommandRunner runner) {
    return new Rights(runner, Optional.empty(), false);
  }

  /** Nodes belong to the accounts that their specs name. @param isRoot whether wnm is root; else it uses sudo */
  public static Rights overAccounts(CommandRunner runner, boolean isRoot) {
    return new Rights(runner, Optional.of(new Accounts(runner)), !isRoot);
  }

  /** Nodes belong to this one account, whatever their specs name; wnm is root. */
  public static Rights overOne(CommandRunner runner, Account account) {
    return new Rights(runner, Optional.of(Accounts.only(runner, account)), false);
  }

  /**
   * How an operator lets wnm use sudo for what it does with the files and binaries of nodes, and for these programs, for the
   * end of a sentence. Who may run them as root is root: the list only keeps slips out.
   */
  public static String sudoers(CommandRunner runner, List<String> programs) {
    String paths = Stream.concat(programs.stream(), FOR_FILES.stream())
        .map(program -> runner.find(program).map(Path::toString).orElse("/usr/bin/" + program)).collect(Collectors.joining(", "));
    return "allow it with this line in a file that 'visudo -f /etc/sudoers.d/wnm' opens: " + System.getProperty("user.name")
        + " ALL=(root) NOPASSWD: " + paths;
  }

  /** Whether this process is root's. */
  public static boolean isRoot() {
    return ProcessAccount.current().isRoot();
  }

  /** The number of the account that this process runs as. */
  public static long uid() {
    return ProcessAccount.current().uid();
  }

  /** Whether nodes run as other accounts than wnm. */
  public boolean areOverAccounts() {
    return accounts.isPresent();
  }

  /** Whether it takes sudo to touch what belongs to nodes. */
  public boolean areBySudo() {
    return bySudo;
  }

  /** The files of nodes, touched with these rights. */
  public NodeFiles files() {
    if (accounts.isEmpty()) {
      return DirectFiles.asMyself(runner);
    }
    return bySudo || !OpenFolder.areSupported() ? new CommandFiles(runner, this) : DirectFiles.asRoot(runner, accounts.get());
  }

  /**
   * The same of nodes whose accounts own more than their folders, such as those around them: from this folder on no link is
   * followed. What is done by commands is done as the account that a folder belongs to, which follows none of another's anyway.
   */
  public NodeFiles filesBelow(Path top) {
    NodeFiles files = files();
    return files instanceof DirectFiles direct ? direct.below(top) : files;
  }

  /** A command with the rights to touch what belongs to nodes. */
  public Command privileged(String... words) {
    return privileged(List.of(words));
  }

  /** See {@link #privileged(String...)}. */
  public Command privileged(List<String> words) {
    Command command = ofWords(words);
    return bySudo ? command.asRoot() : command;
  }

  /** On macOS, what runs words as another account is sudo. */
  private static Command ofWords(List<String> words) {
    int end = words.indexOf("--") + 1;
    return words.get(0).equals("sudo")
        ? Command.of(words.subList(end, words.size())).through(Wrapper.SUDO, words.subList(0, end)) : Command.of(words);
  }

  /** A short question to a program, with no more rights than the nodes of this account have. */
  public Command question(String user, List<String> words) throws CommandFailedException {
    if (accounts.isEmpty()) {
      return Command.of(words);
    }
    List<String> argv = new ArrayList<>(asAccount(user));
    argv.addAll(words);
    return privileged(argv);
  }

  /** The words that run the words after them as an account, with its rights and no way to gain others. */
  public List<String> asAccount(String user) throws CommandFailedException {
    Account account = account(user);
    if (FileTools.ofThisSystem() == FileTools.BSD) {
      return List.of("sudo", "-n", "-u", user, "--"); // macOS has no setpriv, and always sudo
    }
    return setpriv(account.uid(), account.gid());
  }

  /** The same for an account of which only the numbers are known. */
  static List<String> asNumbers(int uid, int gid) {
    return FileTools.ofThisSystem() == FileTools.BSD ? List.of("sudo", "-n", "-u", "#" + uid, "--") : setpriv(uid, gid);
  }

  private static List<String> setpriv(int uid, int gid) {
    return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--no-new-privs", "--");
  }

  /** An account of nodes. @throws CommandFailedException when there is none of this name; the message says how to make it */
  public Account account(String user) throws CommandFailedException {
    return accounts.orElseThrow().of(user);
  }
}

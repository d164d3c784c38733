package dev.wnm.core.takeover.anm;

import dev.wnm.core.config.ForeignValue;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Utf8Text;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** anm as it is installed on a machine: what it says, whether it is at work, and the cron entry that calls it each minute. */
public final class Anm {
  private static final Pattern PORT_BASE = Pattern.compile("(?m)^\\s*ntpr=[\"']?(\\d+)");
  private static final String USUAL_PORT_BASE = "55";
  private static final long MOST_BYTES = 1 << 20;

  private final Path system;
  private final Path block;
  private final Path config;
  private final Path script;
  private final Path cron;
  private final Path backup;
  private final AnmWallet wallet;
  private final CommandRunner runner;
  private final boolean root;

  /**
   * @param top where the file system begins; {@code /} on a real machine
   * @param home the operator's home
   * @param root whether this account may write everywhere; else sudo is used
   */
  public Anm(Path top, Path home, CommandRunner runner, boolean root) {
    system = top.resolve("var/antctl/system");
    block = top.resolve("var/antctl/block");
    config = top.resolve("var/antctl/config");
    script = top.resolve("usr/bin/anms.sh");
    cron = top.resolve("etc/cron.d/anm");
    // Not beside it: some crons run whatever is in that folder.
    backup = top.resolve("var/antctl/anm-cron.backup");
    wallet = new AnmWallet(top, home);
    this.runner = runner;
    this.root = root;
  }

  /**
   * What anm says of itself.
   *
   * @param values settings of ours
   * @param notes what an operator should know, a sentence each
   */
  public record Findings(List<ForeignValue> values, List<String> notes) {}

  /**
   * What goes with every anm: its nodes are units of the system. The image is the one that the Python wnm gives such machines.
   *
   * @param options all that there are
   */
  public static List<ForeignValue> settingsOfAll(OptionRegistry options) {
    List<ForeignValue> values = new ArrayList<>(List.of(new ForeignValue(Options.PROCESS_MANAGER, "systemd+sudo", "--migrate_anm")));
    options.find("docker_image").ifPresent(image -> values.add(new ForeignValue(image, "autonomi/node:latest", "--migrate_anm")));
    return values;
  }

  /**
   * Reads all that there is to read, and changes nothing.
   *
   * @param walletIsSettled whether the operator has named the wallet, so that it does not matter which one anm would take
   * @throws BadInputException when there is no anm, when it is at work, or when its configuration cannot be used
   */
  public Findings read(boolean walletIsSettled) {
    if (!Files.exists(system)) {
      throw new BadInputException("--migrate_anm: there is no anm on this machine: " + system + " does not exist");
    }
    requireIdle();
    AnmConfig parsed = AnmConfig.parse(text(config), config.toString());
    List<ForeignValue> values = new ArrayList<>(parsed.values());
    List<String> notes = new ArrayList<>();
    if (!walletIsSettled) {
      wallet.of(List.of(cron, backup), notes).ifPresent(values::add);
    }
    parsed.missingWords().ifPresent(keys -> notes.add(config + " does not say " + keys + "; wnm's defaults hold for these"));
    Optional<String> base = portBase();
    if (base.isEmpty()) {
      notes.add("no line ntpr=… was found in " + script + ", so node ports are taken to begin at " + USUAL_PORT_BASE
          + "000, unless those of the nodes tell otherwise");
    }
    values.add(new ForeignValue(Options.PORT_START, base.orElse(USUAL_PORT_BASE), "ntpr in " + script));
    return new Findings(values, notes);
  }

  /** @throws BadInputException when anm is at work */
  public void requireIdle() {
    if (Files.exists(block)) {
      throw new BadInputException("--migrate_anm: anm is at work (" + block + " exists); try again in a minute, and if it"
          + " stays, an anm that was killed has left it: delete it");
    }
  }

  /**
   * Takes the cron entry away from cron and keeps it as a backup.
   *
   * @return whether there was one; none is left after an earlier migration that was cut off
   * @throws BadInputException when that cannot be done; then the entry is where it was
   */
  public boolean putCronAside() {
    if (!Files.exists(cron)) {
      return false;
    }
    try {
      move(cron, backup);
      return true;
    } catch (CommandFailedException e) {
      throw new BadInputException("--migrate_anm: anm's cron entry could not be put aside: " + e.getMessage());
    }
  }

  /** Undoes {@link #putCronAside}. @return what went wrong and what to do about it, if anything did */
  public Optional<String> putCronBack() {
    try {
      move(backup, cron);
      return Optional.empty();
    } catch (CommandFailedException e) {
      return Optional.of("anm's cron entry could not be put back (" + e.getMessage() + "); do it by hand: " + wayBack());
    }
  }

  /** Whether anm is called by cron. */
  public boolean isScheduled() {
    return Files.exists(cron);
  }

  /** Whether a cron entry is kept as a backup. */
  public boolean hasBackup() {
    return Files.exists(backup);
  }

  /** Where the cron entry is, or would be. */
  public Path cron() {
    return cron;
  }

  /** Where it is kept. */
  public Path backup() {
    return backup;
  }

  /** The command that gives the machine back to anm. */
  public String wayBack() {
    return Command.of("sudo", "mv", backup.toString(), cron.toString()).toString();
  }

  private void move(Path from, Path to) throws CommandFailedException {
    // A target that is a folder is an error, not a place to put it into.
    Command command = Command.of("mv", "-f", "-T", "--", from.toString(), to.toString());
    runner.run(root ? command : command.asRoot()).orThrow();
  }

  /** The script is a program of others, in whatever encoding; one that cannot be read says nothing. */
  private Optional<String> portBase() {
    try {
      Matcher line = PORT_BASE.matcher(Files.readString(script, StandardCharsets.ISO_8859_1));
      return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** @throws BadInputException when it cannot be read */
  static String text(Path file) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        throw new BadInputException("--migrate_anm: " + file + " is not a file of anm");
      }
      return Utf8Text.decode(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new BadInputException("--migrate_anm: " + file + " does not exist");
    } catch (AccessDeniedException e) {
      throw new BadInputException("--migrate_anm: " + file + " may not be read by this user");
    } catch (Utf8Text.NotUtf8Exception e) {
      throw new BadInputException("--migrate_anm: " + file + " is " + e.getMessage());
    } catch (IOException e) {
      throw new BadInputException("--migrate_anm: " + file + " cannot be read: " + Reason.of(e));
    }
  }
}

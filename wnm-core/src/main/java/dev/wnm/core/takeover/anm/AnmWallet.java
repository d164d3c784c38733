package dev.wnm.core.takeover.anm;

import dev.wnm.core.config.ForeignValue;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wallet that an operator has switched to with anm's tools: a file in the home of the account that anm runs as, which
 * counts more than anm's configuration.
 */
final class AnmWallet {
  private static final String FILE = ".local/share/anm-wallet";
  /** Five times, or one word such as {@code @reboot}; then the account. */
  private static final Pattern CRON_LINE = Pattern.compile("(?m)^[ \\t]*(?:@\\w+|(?:[-0-9*/,A-Za-z]+[ \\t]+){4}[-0-9*/,A-Za-z]+)"
      + "[ \\t]+([A-Za-z_][-.\\w]*)[ \\t]+\\S.*$");

  private final Path top;
  private final Path home;

  /**
   * @param top where the file system begins
   * @param home the operator's home: anm's, where its account cannot be told
   */
  AnmWallet(Path top, Path home) {
    this.top = top;
    this.home = home;
  }

  /**
   * The wallet, where there is such a file.
   *
   * @param cronEntries files that say which account anm runs as; those that are not there are passed over
   * @param notes is told where there is an account whose home is not known
   * @throws BadInputException when a file cannot be understood, or two say different things
   */
  Optional<ForeignValue> of(List<Path> cronEntries, List<String> notes) {
    Set<Path> homes = new LinkedHashSet<>();
    for (String account : accounts(cronEntries)) {
      Optional<Path> its = home(account);
      its.ifPresentOrElse(homes::add, () -> notes.add("the home of " + account + ", which anm runs as, is not known; an"
          + " anm-wallet in it is not read"));
    }
    if (homes.isEmpty()) {
      homes.add(home);
    }
    List<ForeignValue> found = homes.stream().map(folder -> folder.resolve(FILE)).filter(Files::exists)
        .map(file -> AnmConfig.wallet(Anm.text(file), file.toString())).toList();
    found.stream().filter(value -> !value.text().equalsIgnoreCase(found.get(0).text())).findFirst().ifPresent(other -> {
      throw new BadInputException("--migrate_anm: " + found.get(0).where() + " says " + found.get(0).text() + ", and "
          + other.where() + " says " + other.text() + "; say with --rewards_address where the rewards of new nodes go");
    });
    return found.stream().findFirst();
  }

  private static Set<String> accounts(List<Path> cronEntries) {
    Set<String> accounts = new LinkedHashSet<>();
    cronEntries.forEach(file -> {
      Matcher line = CRON_LINE.matcher(read(file));
      while (line.find()) {
        accounts.add(line.group(1));
      }
    });
    return accounts;
  }

  private Optional<Path> home(String account) {
    return read(top.resolve("etc/passwd")).lines().map(line -> line.split(":"))
        .filter(fields -> fields.length > 5 && fields[0].equals(account) && fields[5].startsWith("/"))
        .map(fields -> top.resolve(fields[5].substring(1))).findFirst();
  }

  /** Empty for a file that is not there or cannot be read. */
  private static String read(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      return "";
    }
  }
}

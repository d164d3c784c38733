package dev.wnm.core.takeover.anm;

import dev.wnm.core.config.ForeignValue;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.spi.config.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * anm's configuration: a shell file of {@code KEY=value} lines. anm writes it line by line and edits it in place, so it may
 * be met half-written; then it is refused, since every key that is missing would silently become a default of ours.
 *
 * @param values what it says, as values of our options
 * @param missing keys that anm itself always writes and that are not there
 */
public record AnmConfig(List<ForeignValue> values, List<String> missing) {
  private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_]\\w*)=(.*)");
  private static final Pattern QUOTED = Pattern.compile("([\"'])([^\"']*)\\1\\s*(?:#.*)?");
  private static final Pattern REWARDS_FLAG = Pattern.compile("--rewards-address[ =]\\s*(\\S+)");
  private static final Pattern WALLET = Pattern.compile("(?<!\\S)0[xX][0-9A-Fa-f]{40}(?!\\S)");
  /** A cycle of anm, in which it counts its delays. */
  private static final int SECONDS_PER_RUN = 60;

  private static final String REWARDS = "RewardsAddress";

  /** Without these it is no configuration that nodes were ever run by; anm writes them last. */
  private static final List<String> REQUIRED = List.of(REWARDS, "NodeStorage", "NodeCap");
  /** What anm writes beside those. */
  private static final List<String> USUAL = List.of("MaxLoadAverageAllowed", "DesiredLoadAverage", "CpuLessThan",
      "MemLessThan", "HDLessThan", "CpuRemove", "MemRemove", "HDRemove", "DelayStart", "DelayUpgrade", "DelayRemove");

  private static final Map<String, Option<?>> OPTIONS = Map.ofEntries(
      Map.entry("NodeCap", Options.NODE_CAP),
      Map.entry("CpuLessThan", Options.CPU_LESS_THAN),
      Map.entry("CpuRemove", Options.CPU_REMOVE),
      Map.entry("MemLessThan", Options.MEM_LESS_THAN),
      Map.entry("MemRemove", Options.MEM_REMOVE),
      Map.entry("HDLessThan", Options.HD_LESS_THAN),
      Map.entry("HDRemove", Options.HD_REMOVE),
      Map.entry("NodeStorage", Options.NODE_STORAGE),
      Map.entry(REWARDS, Options.REWARDS_ADDRESS),
      Map.entry("DonateAddress", Options.DONATE_ADDRESS),
      Map.entry("MaxLoadAverageAllowed", Options.MAX_LOAD_AVERAGE_ALLOWED),
      Map.entry("DesiredLoadAverage", Options.DESIRED_LOAD_AVERAGE),
      Map.entry("HDIOReadLessThan", Options.HDIO_READ_LESS_THAN),
      Map.entry("HDIOReadRemove", Options.HDIO_READ_REMOVE),
      Map.entry("HDIOWriteLessThan", Options.HDIO_WRITE_LESS_THAN),
      Map.entry("HDIOWriteRemove", Options.HDIO_WRITE_REMOVE),
      Map.entry("NetIOReadLessThan", Options.NETIO_READ_LESS_THAN),
      Map.entry("NetIOReadRemove", Options.NETIO_READ_REMOVE),
      Map.entry("NetIOWriteLessThan", Options.NETIO_WRITE_LESS_THAN),
      Map.entry("NetIOWriteRemove", Options.NETIO_WRITE_REMOVE),
      Map.entry("Host", Options.HOST));
  /** Counted in runs of anm. Both spellings of the restart are found; anm writes the second. */
  private static final Map<String, Option<?>> DELAYS = Map.of(
      "DelayStart", Options.DELAY_START,
      "DelayRestart", Options.DELAY_RESTART,
      "DelayReStart", Options.DELAY_RESTART,
      "DelayUpgrade", Options.DELAY_UPGRADE,
      "DelayRemove", Options.DELAY_REMOVE);

  /**
   * Reads it. Values are not checked yet: that is what the options do that they go to. Unknown keys are passed over.
   *
   * @param file its name, for messages
   * @throws BadInputException when a line is no {@code KEY=value}, or when it looks cut off
   */
  public static AnmConfig parse(String text, String file) {
    if (text.isBlank()) {
      throw new BadInputException("--migrate_anm: " + file + " is empty");
    }
    Map<String, String> assignments = assignments(text, file);
    REQUIRED.stream().filter(key -> !assignments.containsKey(key)).findFirst().ifPresent(key -> {
      throw new BadInputException("--migrate_anm: " + file + " does not say " + key
          + ", so it seems to be cut off; complete it first");
    });
    return new AnmConfig(values(assignments, file), USUAL.stream().filter(key -> !assignments.containsKey(key)).toList());
  }

  /**
   * The wallet of a file of {@code KEY=value} lines that anm sources before it makes a node: it overrules the one above.
   *
   * @param file its name, for messages
   * @throws BadInputException when it is more than such lines, or does not say {@code RewardsAddress}
   */
  static ForeignValue wallet(String text, String file) {
    Map<String, String> assignments = assignments(text, file);
    if (!assignments.containsKey(REWARDS)) {
      throw new BadInputException("--migrate_anm: " + file + " does not say " + REWARDS + "; say with --rewards_address where"
          + " the rewards of new nodes go");
    }
    return new ForeignValue(Options.REWARDS_ADDRESS, wallets(assignments.get(REWARDS)), REWARDS + " in " + file);
  }

  private static Map<String, String> assignments(String text, String file) {
    Map<String, String> assignments = new LinkedHashMap<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = ASSIGNMENT.matcher(line);
      if (!matcher.matches()) {
        throw new BadInputException(
            "--migrate_anm: " + file + " line " + (i + 1) + ": '" + line + "' is not of the form KEY=value");
      }
      assignments.put(matcher.group(1), value(matcher.group(2), file + " line " + (i + 1)));
      boolean isLast = i == lines.size() - 1;
      if (isLast && !text.endsWith("\n") && isOurs(matcher.group(1))) {
        throw new BadInputException("--migrate_anm: " + file + " ends in the middle of a line: '" + line
            + "'; if nothing is missing, end that line with a line break");
      }
    }
    assignments.values().removeIf(String::isEmpty);
    return assignments;
  }

  private static List<ForeignValue> values(Map<String, String> assignments, String file) {
    List<ForeignValue> values = new ArrayList<>();
    assignments.forEach((key, text) -> {
      String where = key + " in " + file;
      if (DELAYS.containsKey(key)) {
        values.add(new ForeignValue(DELAYS.get(key), seconds(text), where + " (in runs of a minute)"));
      } else if (key.equals(REWARDS)) {
        values.add(new ForeignValue(Options.REWARDS_ADDRESS, wallets(text), where));
      } else if (OPTIONS.containsKey(key)) {
        values.add(new ForeignValue(OPTIONS.get(key), text, where));
      }
    });
    return values;
  }

  private static boolean isOurs(String key) {
    return OPTIONS.containsKey(key) || DELAYS.containsKey(key);
  }

  private static String value(String written, String where) {
    Matcher quoted = QUOTED.matcher(written.strip());
    if (quoted.matches()) {
      return quoted.group(2).strip();
    }
    if (written.strip().startsWith("\"") || written.strip().startsWith("'")) {
      throw new BadInputException("--migrate_anm: " + where + ": a quote is left open, so it seems to be cut off");
    }
    return written.replaceFirst("(?<=\\s)#.*$", "").strip();
  }

  /** What is no number is left for the option to refuse. */
  private static String seconds(String runs) {
    return runs.matches("[0-9]{1,9}") ? Long.toString(Long.parseLong(runs) * SECONDS_PER_RUN) : runs;
  }

  /** anm keeps the words of antnode's command line here. */
  private static String wallets(String words) {
    Matcher flag = REWARDS_FLAG.matcher(words);
    if (flag.find()) {
      return flag.group(1);
    }
    Matcher wallet = WALLET.matcher(words);
    return words.startsWith("-") && wallet.find() ? wallet.group() : words;
  }

  /** The text of a key that is missing, for messages; empty when none is. */
  public Optional<String> missingWords() {
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
  }
}

package dev.wnm.core.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What {@code --help} prints. */
public final class HelpText {
  private static final int WIDTH = 100;
  private static final int LEFT = 34;
  private static final char FIXED_BLANK = '\u00a0';
  private static final String HEAD = """
      wnm runs as many Autonomi nodes as this machine can bear, and keeps them healthy.

      Usage: wnm [OPTION]...

      First:  wnm --init --rewards_address WALLET     sets this machine up
      Then:   wnm                                     runs one cycle; let cron do it every minute

      Every option may be written with - for _, and cut short while it is clear which one is meant.
      Switches take a value after an equals sign: --no_upnp=false. What is marked * is kept from then
      on. Options can also come from the environment (NODE_CAP or WNM_NODE_CAP for --node_cap) and from
      the files ~/wnm/config and ~/.local/share/wnm/config (lines such as node_cap = 20); the command
      line wins over the environment, that over the files, those over what is kept.
      """;

  private static final String TAIL = """

      Examples
        wnm --node_cap 30 --cpu_remove 80                   change settings; they apply at once
        wnm --dry_run                                       what would a cycle do, and why?
        wnm --report node-status --json                     the nodes, for a program
        wnm --report node-status --filter 'peers<5'         the nodes that know few others
        wnm --force_action stop --service_name antnode0007  do this now, whatever the rules say

      Exit codes: 0 done; 1 an operation failed, or another wnm is at work; 2 bad input or refused,
      nothing changed; 3 the process manager cannot work here; 4 the database cannot be used;
      130 ended by Ctrl-C (SIGINT); 143 ended by SIGTERM.
      """;

  private HelpText() {}

  /** What wnm is and how its options are written, in paragraphs of one line. */
  static List<String> about() {
    String[] paragraphs = HEAD.split("\n\n");
    return List.of(flow(paragraphs[0]), flow(paragraphs[3]).replace("What is marked * is", "Settings are"));
  }

  /** The examples, each a command, two blanks or more, and what it does. */
  static List<String> examples() {
    return Stream.concat(HEAD.lines(), TAIL.lines()).map(line -> line.replaceFirst("^(First|Then): ", "").strip())
        .filter(line -> line.startsWith("wnm ") && line.contains("   ")).toList();
  }

  /** Each exit code, and what it means. */
  static List<List<String>> exitCodes() {
    String codes = flow(TAIL.substring(TAIL.indexOf("Exit codes: ") + "Exit codes: ".length()));
    return Arrays.stream(codes.replaceFirst("\\.$", "").split("; ")).map(code -> List.of(code.split(" ", 2))).toList();
  }

  private static String flow(String paragraph) {
    return paragraph.strip().replaceAll("\n", " ");
  }

  /** All options by group, no line longer than 100 columns. */
  public static String render(OptionRegistry registry) {
    List<String> lines = new ArrayList<>(HEAD.lines().toList());
    for (OptionGroup group : registry.groups()) {
      lines.add("");
      lines.add(group.title());
      group.options().forEach(option -> addOption(lines, option));
    }
    lines.addAll(TAIL.lines().toList());
    return String.join("\n", lines) + "\n";
  }

  private static void addOption(List<String> lines, Option<?> option) {
    String letter = option.letter().map(c -> "-" + c + ", ").orElse("");
    String left = (option.scope().isKept() ? "* " : "  ") + letter + option
        + (option.isFlag() ? "" : " " + option.placeholder());
    List<String> wrapped = wrap(description(option), WIDTH - LEFT);
    for (int i = 0; i < wrapped.size(); i++) {
      lines.add(String.format("%-" + LEFT + "s", i == 0 ? left : "") + wrapped.get(i));
    }
  }

  /** Blanks inside the brackets do not break lines. */
  static String description(Option<?> option) {
    String words = option.words().isEmpty() ? "" : " One of " + String.join(", ", option.words()) + ".";
    String initial = (option.defaultText() + " " + option.unit()).strip().replace(' ', FIXED_BLANK);
    // Of a switch it is only said when it is on, which is unusual.
    boolean hidden = option.isFlag() && !option.isNegatable() || option.defaultText().isEmpty();
    return option.help() + words + (hidden ? "" : " [" + initial + "]");
  }

  private static List<String> wrap(String paragraph, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines.stream().map(text -> text.replace(FIXED_BLANK, ' ')).toList();
  }
}

package dev.wnm.cli.top;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.table.Paragraph;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.internal.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The chosen nodes as a command line to copy. The screen itself gives no orders. */
final class CommandPage {
  private CommandPage() {}

  /** @param columns how wide the screen is: a command line that is longer goes on in the next */
  static List<String> lines(List<NodeLine> chosen, Settings settings, Screen screen, int columns) {
    if (chosen.isEmpty()) {
      return List.of("there is no node to give an order for");
    }
    String names = Shell.word(chosen.stream().map(line -> PlainText.of(line.node().service())).collect(Collectors.joining(",")));
    String database = settings.isOnCommandLine(Options.DBPATH) ? " " + Options.DBPATH + " " + Shell.word(settings.get(Options.DBPATH).toString()) : "";
    List<String> lines = new ArrayList<>();
    lines.add(screen.paint(Tone.STRONG, chosen.size() + (chosen.size() == 1 ? " node" : " nodes") + ". Nothing is done here; copy a line:"));
    for (String order : List.of("--dry_run --force_action stop", "--force_action stop", "--force_action start", "--force_action upgrade")) {
      lines.add("");
      lines.addAll(broken("wnm " + order + " --service_name " + names + database, columns));
    }
    lines.add("");
    lines.addAll(Paragraph.lines("", "Remove, disable, enable and survey take the same place as stop.", screen));
    return lines;
  }

  /** With a backslash at the end of each line that goes on, which a shell takes for nothing, but for where it would not. */
  private static List<String> broken(String text, int columns) {
    boolean goesOn = columns > 1 && text.indexOf('\\') < 0 && text.indexOf('\'') < 0;
    int length = goesOn ? columns - 1 : columns;
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (text.length() - at > columns) {
      lines.add(text.substring(at, at + length) + (goesOn ? "\\" : ""));
      at += length;
    }
    lines.add(text.substring(at));
    return lines;
  }
}

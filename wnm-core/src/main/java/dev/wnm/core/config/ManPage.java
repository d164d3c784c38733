package dev.wnm.core.config;

import java.util.ArrayList;
import java.util.List;

/** The manual page {@code wnm(1)}, in the language of man: all options by group, and what every operator needs beside them. */
public final class ManPage {
  private ManPage() {}

  /**
   * All of it.
   *
   * @param version of wnm, such as {@code 1.0.0}
   * @param date of that version, such as {@code 2026-11-21}
   */
  public static String render(OptionRegistry registry, String version, String date) {
    List<String> lines = new ArrayList<>(List.of(
        ".\\\" Made by the build of wnm from its option registry.",
        ".TH WNM 1 \"" + date + "\" \"wnm " + text(version) + "\" \"Weave Node Manager\"",
        ".SH NAME", "wnm \\- run as many Autonomi nodes as this machine can bear",
        ".SH SYNOPSIS", ".B wnm", "[\\fIOPTION\\fR]...",
        ".SH DESCRIPTION"));
    paragraphs(lines, HelpText.about());
    for (OptionGroup group : registry.groups()) {
      lines.add(".SH " + text(group.title()));
      group.options().forEach(option -> addOption(lines, option));
    }
    lines.add(".SH EXIT STATUS");
    for (List<String> code : HelpText.exitCodes()) {
      lines.addAll(List.of(".TP", ".B " + code.get(0), text(code.get(1)) + "."));
    }
    lines.addAll(List.of(".SH ENVIRONMENT", text("Each option that is kept, and some others, may come from a variable: NODE_CAP or"
        + " WNM_NODE_CAP for --node_cap. The launcher goes by these:"),
        ".TP", ".B WNM_JAVA", "The java program to use.",
        ".TP", ".B WNM_JAVA_OPTS", text("More options for java, such as -Xmx1g."),
        ".TP", ".B WNM_NO_ARCHIVE", "Set to anything: make and use no archive of loaded classes.",
        ".SH FILES",
        ".TP", text("~/.local/share/autonomi/colony.db, /var/antctl/colony.db"), text("The database: nodes and settings."),
        ".TP", text("~/wnm/config, ~/.local/share/wnm/config"), text("Settings files, if you want any."),
        ".TP", text("~/.cache/wnm"), text("What is made again when it is gone."),
        ".SH EXAMPLES"));
    for (String example : HelpText.examples()) {
      String[] parts = example.split(" {2,}", 2);
      lines.addAll(List.of(".TP", ".B " + text(parts[0]), text(parts[1])));
    }
    return String.join("\n", lines) + "\n";
  }

  private static void paragraphs(List<String> lines, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        lines.add(".PP");
      }
      lines.add(text(texts.get(i)));
    }
  }

  private static void addOption(List<String> lines, Option<?> option) {
    String letter = option.letter().map(c -> "\\fB\\-" + c + "\\fR, ").orElse("");
    lines.add(".TP");
    lines.add(letter + "\\fB" + text(option.toString()) + "\\fR"
        + (option.isFlag() ? "" : " \\fI" + text(option.placeholder()) + "\\fR"));
    lines.add(text(HelpText.description(option) + (option.scope().isKept() ? " It is kept from then on." : "")));
  }

  /** Dashes as they are typed, and nothing at the start of a line that man would take for an order. */
  private static String text(String words) {
    String escaped = words.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti").replace("^", "\\(ha").replace("`", "\\(ga")
        .replace('\u00a0', ' ').replace("…", "...");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}

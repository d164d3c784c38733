package dev.wnm.core.config;

import java.util.stream.Collectors;

/** Renders {@code docs/options.md} from the registry. */
final class OptionsPage {
  static final String COMMAND = "mvn -pl wnm-core -am test -Dtest=OptionsPageTest"
      + " -Dsurefire.failIfNoSpecifiedTests=false -Dwnm.docs.write=true";

  private static final String HEAD = """
      # Options

      <!-- Made from the option registry; renewed by: %s -->

      A value comes from, the later winning: the built-in default; the database; `~/.local/share/wnm/config`;
      `~/wnm/config`; the file after `-c`; `~/.local/share/wnm/.env`; the environment; the command line. Everything is
      checked before anything is changed.

      On the command line every option may be written with `_` or `-` (`--node_cap`, `--node-cap`), its value after a
      blank or `=`, and its name cut short while it is clear which one is meant. Switches stand alone or take a value
      after `=` (`--no_upnp=false`). An empty value counts as not given, except that it empties `environment`,
      `start_args` and `antctl_version`.

      Where a default says that `--init` proposes, a new colony gets what fits the machine when nothing is given, and
      keeps it ([how many](operations.md#what-a-cycle-decides)); the default counts for all others.

      In a config file each line is `name value`, `name = value`, `name: value` or, for a switch, `name`. Lines that
      begin with `#`, `;`, `[` or `---` are skipped, ` #` begins a comment, and quotes around a value are removed.

      In the environment `WNM_NODE_CAP` wins over `NODE_CAP`, and an empty variable counts as not given. Names that
      other programs use too count only with `WNM_` in front.

      Switches are on with true, yes, on or 1 and off with false, no, off or 0. In paths `~`, `$VAR` and `${VAR}` are
      replaced; a relative path starts from the current folder.
      """;

  private static final String TABLE_HEAD = """
      | option | value | default | lasts | environment | meaning |
      |---|---|---|---|---|---|
      """;

  private OptionsPage() {}

  static String render() {
    return HEAD.formatted(COMMAND) + OptionRegistry.ofClassPath().groups().stream().map(OptionsPage::section).collect(Collectors.joining());
  }

  private static String section(OptionGroup group) {
    return "\n## " + group.title() + "\n\n" + TABLE_HEAD
        + group.options().stream().map(OptionsPage::row).collect(Collectors.joining());
  }

  private static String row(Option<?> option) {
    return "| " + String.join(" | ",
        option.letter().map(letter -> "`-" + letter + "`, ").orElse("") + "`" + option + "`",
        option.isFlag() ? "switch" : option.allowed() + (option.unit().isEmpty() ? "" : ", " + option.unit()),
        option.defaultText().isEmpty() ? "none" : option.defaultText(),
        option.scope().words(),
        option.variables().isEmpty() ? "none" : "`" + String.join("` `", option.variables()) + "`",
        option.help()) + " |\n";
  }
}

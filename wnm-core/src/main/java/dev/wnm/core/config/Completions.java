package dev.wnm.core.config;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What lets shells complete the command line of wnm: options, the words of those that have a choice, and paths. */
public final class Completions {
  private Completions() {}

  /** For bash: defines a function and says that it is for wnm. */
  public static String bash(OptionRegistry registry) {
    StringBuilder cases = new StringBuilder();
    for (Option<?> option : registry.all()) {
      if (!option.words().isEmpty()) {
        cases.append("    --").append(option.name()).append(otherSpelling(option, "|--"))
            .append(") COMPREPLY=($(compgen -W '").append(String.join(" ", option.words())).append("' -- \"$word\")); return ;;\n");
      }
    }
    return """
        # Completion of wnm for bash; made by the build from wnm's option registry.
        _wnm() {
          local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
          # What stands behind = is a word of its own to bash.
          if [ "$word" = = ]; then word=; fi
          if [ "$before" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi
          COMPREPLY=()
          case $before in
        %s    %s) local IFS=$'\\n'; compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$word")); return ;;
            %s) return ;;
          esac
          COMPREPLY=($(compgen -W '%s' -- "$word"))
        }
        complete -F _wnm wnm
        """.formatted(cases, named(registry, Completions::takesPath, "|"),
        named(registry, option -> takesOther(option), "|"),
        registry.all().stream().map(Option::toString).collect(Collectors.joining(" ")));
  }

  /** For zsh: a file {@code _wnm} for a folder of its {@code fpath}. */
  public static String zsh(OptionRegistry registry) {
    String specs = registry.all().stream().map(Completions::zsh).collect(Collectors.joining(" \\\n"));
    return """
        #compdef wnm
        # Completion of wnm for zsh; made by the build from wnm's option registry.
        _arguments -s \\
        %s
        """.formatted(specs);
  }

  private static String zsh(Option<?> option) {
    String told = "[" + firstSentence(option).replace("'", "'\\''").replace("[", "(").replace("]", ")").replace(":", "\\:") + "]";
    String value = option.isFlag() ? "" : ":" + option.placeholder().toLowerCase(Locale.ROOT).replace(":", "\\:") + ":"
        + (takesPath(option) ? "_files" : option.words().isEmpty() ? " " : "(" + String.join(" ", option.words()) + ")");
    return "  '--" + option.name() + (option.isFlag() ? "" : "=") + told + value + "'";
  }

  /** For fish: a file {@code wnm.fish} for its folder of completions. */
  public static String fish(OptionRegistry registry) {
    return registry.all().stream().map(Completions::fish).collect(Collectors.joining("",
        "# Completion of wnm for fish; made by the build from wnm's option registry.\ncomplete -c wnm -f\n", ""));
  }

  private static String fish(Option<?> option) {
    String letter = option.letter().map(c -> " -s " + c).orElse("");
    String value = option.isFlag() ? "" : takesPath(option) ? " -r -F"
        : option.words().isEmpty() ? " -x" : " -x -a '" + String.join(" ", option.words()) + "'";
    return "complete -c wnm" + letter + " -l " + option.name() + value + " -d '"
        + firstSentence(option).replace("\\", "\\\\").replace("'", "\\'") + "'\n";
  }

  private static String firstSentence(Option<?> option) {
    return option.help().split("(?<=[a-z0-9)])[.;:] ", 2)[0].replaceFirst("\\.$", "");
  }

  private static boolean takesPath(Option<?> option) {
    return List.of("PATH", "PATHS", "FILE").contains(option.placeholder());
  }

  private static boolean takesOther(Option<?> option) {
    return !option.isFlag() && option.words().isEmpty() && !takesPath(option);
  }

  private static String named(OptionRegistry registry, Predicate<Option<?>> which, String between) {
    return registry.all().stream().filter(which).map(option -> option + otherSpelling(option, between + "--"))
        .collect(Collectors.joining(between));
  }

  private static String otherSpelling(Option<?> option, String before) {
    return option.kebabName().equals(option.name()) ? "" : before + option.kebabName();
  }
}

package dev.wnm.core.config;

import dev.wnm.spi.config.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks through all sources for the few values that say where plug-ins are, before the options of these are known: what is
 * unknown or not allowed is passed over, and refused later, when all that there is can be told from what there is not.
 */
final class FirstLook {
  private static final Set<Option<?>> WANTED = Set.of(Options.PLUGIN_PATH, Options.DBPATH, Options.PROCESS_MANAGER);

  private final OptionRegistry registry = OptionRegistry.ofClassPath();
  private final Platform platform;
  private final List<GivenValue> found = new ArrayList<>();

  private FirstLook(Platform platform) {
    this.platform = platform;
  }

  /** In the order of {@link SettingsResolver#read}: later ones win. */
  static List<GivenValue> at(Platform platform, List<String> words) {
    FirstLook look = new FirstLook(platform);
    List<GivenValue> commandLine = look.commandLine(words);
    Path own = platform.home().resolve(".local/share/wnm");
    look.file(own.resolve("config"));
    look.file(platform.home().resolve("wnm/config"));
    commandLine.stream().filter(value -> value.option().equals(Options.CONFIG)).reduce((first, last) -> last)
        .flatMap(value -> look.path(value)).ifPresent(look::file);
    EnvironmentReader variables = new EnvironmentReader(look.registry);
    if (Files.exists(own.resolve(".env"))) {
      look.add(() -> variables.readFile(own.resolve(".env")));
    }
    look.add(() -> variables.read(platform.environment()));
    look.add(() -> commandLine);
    return List.copyOf(look.found);
  }

  @FunctionalInterface
  private interface Source {
    List<GivenValue> read();
  }

  private void add(Source source) {
    try {
      source.read().stream().filter(value -> WANTED.contains(value.option()) && isAllowed(value)).forEach(found::add);
    } catch (BadInputException refused) {
      // Read again with all options, it is refused in a sentence.
    }
  }

  /** A process manager that is none of the class path is one of the plug-ins that are looked for, and says nothing of where. */
  private boolean isAllowed(GivenValue value) {
    try {
      Setting<?> setting = value.option().read(value.text(), value.origin(), platform);
      return !value.option().equals(Options.PROCESS_MANAGER) || registry.knowsType(setting.text());
    } catch (BadInputException refused) {
      return false;
    }
  }

  private Optional<Path> path(GivenValue value) {
    try {
      return Optional.of(Options.CONFIG.read(value.text(), value.origin(), platform).value());
    } catch (BadInputException refused) {
      return Optional.empty();
    }
  }

  private void file(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    ConfigFileReader reader = new ConfigFileReader(registry);
    add(() -> {
      TextFile.lines(file).forEach(line -> add(() -> reader.readLine(line, Origin.line(file, 1)).stream().toList()));
      return List.of();
    });
  }

  /** Each name with what follows it, for names that are known. */
  private List<GivenValue> commandLine(List<String> words) {
    List<GivenValue> values = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String next = i + 1 < words.size() ? words.get(i + 1) : "";
      Stream<GivenValue> said = word.startsWith("--") ? named(word.substring(2), next)
          : word.equals("-" + Options.CONFIG.letter().orElseThrow()) ? Stream.of(given(Options.CONFIG, next)) : Stream.empty();
      said.filter(value -> !value.text().isEmpty()).forEach(values::add);
    }
    return values;
  }

  private Stream<GivenValue> named(String word, String next) {
    String name = word.replaceFirst("=.*", "");
    try {
      return Stream.of(given(registry.require(name, ""), word.length() > name.length() ? word.substring(name.length() + 1) : next));
    } catch (BadInputException unknown) {
      return Stream.empty();
    }
  }

  private static GivenValue given(Option<?> option, String text) {
    return new GivenValue(option, text, Origin.COMMAND_LINE);
  }
}

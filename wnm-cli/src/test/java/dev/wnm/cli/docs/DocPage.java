package dev.wnm.cli.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page that people read, taken apart.
 *
 * @param path the Markdown file
 * @param text all of it
 */
record DocPage(Path path, String text) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
  private static final Pattern TABLE_ROW = Pattern.compile("^\\|.*$", Pattern.MULTILINE);
  private static final Pattern INLINE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--([a-z][a-z0-9_-]*)");

  /** The pages in the root, and every page in docs and below. */
  static List<DocPage> all() {
    try (Stream<Path> root = Files.list(ROOT); Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(root.sorted(), docs.sorted())
          .filter(path -> path.toString().endsWith(".md")).map(DocPage::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DocPage read(Path path) {
    try {
      return new DocPage(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts of all code blocks in a language, in order. */
  List<String> blocks(String language) {
    return BLOCK.matcher(text).results()
        .filter(block -> block.group(1).equals(language)).map(block -> block.group(2)).toList();
  }

  /** What the page's links point at, but for those to other sites. */
  List<String> links() {
    return prose(LINK).map(link -> link.group(1)).filter(Predicate.not(link -> link.startsWith("http"))).toList();
  }

  /** The names of its headings as links give them. */
  Set<String> anchors() {
    return prose(HEADING).map(heading -> heading.group(1).toLowerCase(Locale.ROOT)
        .replaceAll("[^\\w\\s-]", "").strip().replace(' ', '-')).collect(Collectors.toSet());
  }

  /** Commands and options in the running text and in blocks for a shell: from {@code wnm} or a long option on. */
  List<String> commands() {
    Stream<String> inline = prose(INLINE).map(code -> code.group(1));
    Stream<String> lines = Stream.of("sh", "text", "console").flatMap(language -> blocks(language).stream().flatMap(block -> block.replace("\\\n", "").lines())
        .map(line -> line.replaceFirst("^\\$ ", "").strip())
        // What wnm prints may begin with an option of which it tells.
        .filter(line -> !language.equals("text") || line.startsWith("wnm ")));
    return Stream.concat(inline, lines).filter(code -> code.matches("(wnm )?--\\w.*"))
        .map(code -> code.replaceFirst("(\\s*(\\||#|>|&&|;|2>)|\\s{3,}).*", "")).toList();
  }

  /** Every word that looks like a long option, without its dashes. */
  Set<String> options() {
    return OPTION.matcher(text).results().map(option -> option.group(1)).collect(Collectors.toSet());
  }

  /** The commands of its console blocks, with what they print. */
  List<Example> examples() {
    return blocks("console").stream().flatMap(block -> examples(block).stream()).toList();
  }

  /** Its examples and its blocks for a shell, in order; a block counts when it ends well, whatever it prints. */
  List<Example> steps() {
    return BLOCK.matcher(text).results().flatMap(block -> switch (block.group(1)) {
      case "console" -> examples(block.group(2)).stream();
      case "sh" -> Stream.of(new Example("set -e\n" + block.group(2) + "echo done", "…\ndone\n"));
      default -> Stream.of();
    }).toList();
  }

  /** The commands in its tables that can be run as they stand, in order. */
  List<String> commandsInTables() {
    return prose(TABLE_ROW).flatMap(row -> INLINE.matcher(row.group()).results()).map(code -> code.group(1))
        .filter(code -> code.matches("(wnm|docker|tail) .*")).toList();
  }

  private static List<Example> examples(String block) {
    List<Example> examples = new ArrayList<>();
    for (String example : block.split("(?m)^\\$ ")) {
      if (!example.isEmpty()) {
        String[] parts = example.split("(?<!\\\\)\\n", 2);
        examples.add(new Example(parts[0], parts[1]));
      }
    }
    return examples;
  }

  private Stream<MatchResult> prose(Pattern pattern) {
    return pattern.matcher(BLOCK.matcher(text).replaceAll("")).results();
  }

  @Override
  public String toString() {
    return ROOT.relativize(path).toString();
  }

  /**
   * A command and its output, in which … stands for anything: in a line for the rest of that line or a part of it, alone in a
   * line for any number of lines.
   */
  record Example(String command, String output) {
    Pattern expected() {
      String regex = output.lines()
          .map(line -> line.strip().equals("…") ? "(?:.*\\n)*?" : literal(line) + "\\n")
          .collect(Collectors.joining());
      return Pattern.compile(regex);
    }

    private static String literal(String line) {
      return Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }
  }
}

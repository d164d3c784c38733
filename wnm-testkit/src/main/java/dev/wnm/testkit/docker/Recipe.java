package dev.wnm.testkit.docker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Dockerfile as builders read it.
 *
 * @param instructions with comments and continued lines taken out, in their order
 */
public record Recipe(List<Instruction> instructions) {
  /** @param words all that follows the name */
  public record Instruction(String name, String words) {}

  public static Recipe read(String text) {
    List<Instruction> instructions = new ArrayList<>();
    StringBuilder whole = new StringBuilder();
    for (String line : text.split("\n")) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      whole.append(line.endsWith("\\") ? line.substring(0, line.length() - 1) : line);
      if (!line.endsWith("\\")) {
        String[] parts = whole.toString().strip().split("\\s+", 2);
        instructions.add(new Instruction(parts[0], parts[1]));
        whole.setLength(0);
      }
    }
    return new Recipe(instructions);
  }

  /** The words of all instructions of this name. */
  public List<String> of(String name) {
    return instructions.stream().filter(each -> each.name().equals(name)).map(Instruction::words).toList();
  }

  /** Sources of COPY, arguments replaced by their defaults. */
  public List<String> copied() {
    Map<String, String> arguments = new HashMap<>();
    of("ARG").forEach(each -> arguments.put(each.split("=", 2)[0], each.split("=", 2)[1]));
    List<String> sources = new ArrayList<>();
    for (String words : of("COPY")) {
      String source = words.replaceFirst("^--chown=\\S+ ", "").split("\\s+")[0];
      sources.add(source.startsWith("${") ? arguments.get(source.substring(2, source.length() - 1)) : source);
    }
    return sources;
  }
}

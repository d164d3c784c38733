package dev.wnm.managers.s6overlay.supervisord;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All sections of a supervisord.conf and the files it includes.
 *
 * @param files these files, in the order in which they were read
 */
record Configuration(Path file, List<IniSection> sections, Expander expander, List<SourceFile> files) {
  Configuration {
    files = List.copyOf(files);
  }

  /** Reads a file and what its {@code [include]} names; what is odd about that goes to the findings. */
  static Configuration read(Path file, Expander base, Findings findings) {
    Path absolute = file.toAbsolutePath().normalize();
    Map<Path, SourceFile> read = new LinkedHashMap<>();
    Map<String, IniSection> all = new LinkedHashMap<>(IniReader.read(once(absolute, read)));
    Optional<IniSection> include = Optional.ofNullable(all.get("include"));
    if (include.flatMap(section -> section.find("files")).isPresent()) {
      IniSection.Value files = include.get().find("files").get();
      String patterns = base.with(Map.of("here", here(absolute))).now(files).orElse("");
      for (Path included : Globs.find(patterns, absolute.getParent(),
          (what, why) -> findings.without(files.place(), "[include] files", "'" + what + "' " + why, "check whether"
              + " something is missing here"))) {
        IniReader.read(once(included.toAbsolutePath().normalize(), read)).forEach((name, section) -> merge(all, section, findings));
      }
    } else if (include.isPresent()) {
      throw include.get().place().refuse("[include] needs a line files=");
    }
    return new Configuration(absolute, List.copyOf(all.values()), base, List.copyOf(read.values()));
  }

  /** A pattern may match a file twice, also the first one. */
  private static SourceFile once(Path file, Map<Path, SourceFile> read) {
    return read.computeIfAbsent(file, SourceFile::read);
  }

  /** Sections that come again add to the first, as supervisord has it. */
  private static void merge(Map<String, IniSection> all, IniSection section, Findings findings) {
    if (section.name().equals("include")) {
      findings.without(section.place(), "[include]",
          "supervisord follows [include] only in the first file", "include these files there if they are meant to count");
      return;
    }
    IniSection first = all.putIfAbsent(section.name(), section);
    if (first != null) {
      findings.note(section.place(), "[" + section.name() + "]", "adds to the section of that name in "
          + first.place().brief() + "; where both set an option, this one counts");
      first.values().putAll(section.values());
    }
  }

  Optional<IniSection> find(String name) {
    return sections.stream().filter(section -> section.name().equals(name)).findFirst();
  }

  List<IniSection> ofKind(String kind) {
    List<IniSection> found = new ArrayList<>();
    for (IniSection section : sections) {
      if (section.name().startsWith(kind + ":")) {
        found.add(section);
      }
    }
    return found;
  }

  /** {@code %(here)s}: the folder of the file that the value stands in. */
  static String here(Path file) {
    return String.valueOf(file.toAbsolutePath().normalize().getParent());
  }
}

package dev.wnm.managers.support;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The words for what GNU's and BSD's programs for files do with different flags. A folder is never taken for a target. */
enum FileTools {
  GNU {
    @Override
    List<String> copy(String mode, String source, String target) {
      return List.of("install", "-p", "-m", mode, "-T", "--", source, target);
    }

    @Override
    List<String> move(String source, String target) {
      return List.of("mv", "-f", "-T", "--", source, target);
    }

    @Override
    List<String> names(String folder) {
      return List.of("find", "-H", folder, "-mindepth", "1", "-maxdepth", "1", "-ignore_readdir_race", "-printf", "%f\\n");
    }

    @Override
    List<String> look(String folder, String name) {
      return List.of("find", "-H", folder, "-mindepth", "1", "-maxdepth", "1", "-ignore_readdir_race", "-name", literal(name),
          "-printf", "%U %G %m %s %T@ %u %y\\n");
    }

    @Override
    List<String> flush(String folder) {
      return List.of("sync", "--file-system", "--", folder);
    }
  },

  /** Those of macOS. */
  BSD {
    @Override
    List<String> copy(String mode, String source, String target) {
      return List.of("install", "-p", "-m", mode, "--", source, target);
    }

    @Override
    List<String> move(String source, String target) {
      return List.of("mv", "-f", "-h", "--", source, target);
    }

    @Override
    List<String> names(String folder) {
      return List.of("ls", "-1", "-A", "--", folder);
    }

    @Override
    List<String> look(String folder, String name) {
      return List.of("find", "-H", folder, "-mindepth", "1", "-maxdepth", "1", "-name", literal(name),
          "-exec", "stat", "-f", "%u %g %Lp %z %m %Su %HT", "{}", ";");
    }

    @Override
    List<String> flush(String folder) {
      return List.of("sync");
    }
  };

  static FileTools ofThisSystem() {
    return System.getProperty("os.name").startsWith("Mac") ? BSD : GNU;
  }

  /** Makes a copy with a mode and of the same age. */
  abstract List<String> copy(String mode, String source, String target);

  /** In one step, over whatever file had the name. */
  abstract List<String> move(String source, String target);

  /** All names in a folder, one a line. */
  abstract List<String> names(String folder);

  /**
   * What a name in a folder stands for: one line with owner, group, octal mode, size, seconds since 1970 when it was written, the owner's name and its kind,
   * or
   * nothing; a link itself. Fails where the folder cannot be looked into.
   */
  abstract List<String> look(String folder, String name);

  /** Puts on the disk what the system still holds of the file system that a folder is on. */
  abstract List<String> flush(String folder);

  /** Deletes all in a folder but some files; stays on its file system and follows no links. @param kept the names of those files */
  final List<String> emptyTree(String folder, Collection<String> kept) {
    List<String> words = new ArrayList<>(List.of("find", folder, "-xdev", "-mindepth", "1"));
    kept.stream().sorted().forEach(name -> words.addAll(List.of("!", "-path", literal(folder + "/" + name))));
    words.add("-delete");
    return words;
  }

  /** A name that find takes for a pattern. */
  private static String literal(String name) {
    return name.replaceAll("[\\[\\]*?\\\\]", "\\\\$0");
  }
}

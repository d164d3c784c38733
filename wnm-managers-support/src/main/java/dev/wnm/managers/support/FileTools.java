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

    @Override
    List<String> entries(String folder) {
      return List.of("find", folder, "-mindepth", "1", "-type", "d", "-printf", "%y %m %U %G %P\\n",
          "-o", "-mindepth", "1", "-printf", "%y %m %U %G %s %P %l\\n");
    }

    @Override
    List<String> hashes(String folder) {
      return List.of("find", folder, "-type", "f", "-exec", "sha256sum", "-b", "--", "{}", "+");
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

    @Override
    List<String> entries(String folder) {
      return List.of("find", folder, "-mindepth", "1", "-type", "d", "-exec", "stat", "-f", "%HT %Lp %u %g %N", "{}", "+",
          "-o", "-mindepth", "1", "!", "-type", "d", "-exec", "stat", "-f", "%HT %Lp %u %g %z %N %Y", "{}", "+");
    }

    @Override
    List<String> hashes(String folder) {
      return List.of("find", folder, "-type", "f", "-exec", "shasum", "-a", "256", "-b", "--", "{}", "+");
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

  /** All in a folder, a line each with kind, mode, owner, group and name; of what is no folder, the size, too. */
  abstract List<String> entries(String folder);

  /** The SHA-256 of each file in a folder, a line each with the file's name. */
  abstract List<String> hashes(String folder);

  /** Copies all in a folder into another one, with owners, modes and times; a link as a link. */
  static List<String> copyTree(String folder, String target) {
    return List.of("cp", "-a", "--", folder + "/.", target);
  }

  /** How much is in a folder: a line that begins with KiB. */
  static List<String> usage(String folder) {
    return List.of("du", "-sk", "--", folder);
  }

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

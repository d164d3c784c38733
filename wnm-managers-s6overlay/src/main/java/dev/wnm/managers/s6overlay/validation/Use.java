package dev.wnm.managers.s6overlay.validation;

import java.util.List;

/**
 * Something that a tree takes for granted in its image.
 *
 * @param kind what it is
 * @param names what it is called; several where one of them is enough
 * @param file that uses it, from the tree on
 */
record Use(Kind kind, List<String> names, String file) {
  enum Kind {
    /** By its path, or looked for on the PATH. */
    PROGRAM("program", "install it in the image, or mend the name"),
    FOLDER("folder", "make it in the image, or mount it there"),
    /** A file or a folder. */
    PATH("file", "put it into the image, or mount it there"),
    ACCOUNT("account", "make it in the image with useradd or adduser"),
    GROUP("group", "make it in the image with groupadd or addgroup");

    private final String word;
    private final String remedy;

    Kind(String word, String remedy) {
      this.word = word;
      this.remedy = remedy;
    }

    /** For whoever has to do something about one that is not there. */
    String remedy() {
      return remedy;
    }
  }

  Use {
    names = List.copyOf(names);
  }

  /** What it is, in words: {@code program curl or wget}. */
  String words() {
    return kind.word + " " + String.join(" or ", names);
  }
}

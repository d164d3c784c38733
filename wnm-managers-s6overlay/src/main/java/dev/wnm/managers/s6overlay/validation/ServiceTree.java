package dev.wnm.managers.s6overlay.validation;

import dev.wnm.managers.s6overlay.companion.Forwarding;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is in a folder of s6-rc's sources as {@code --convert_supervisord} lays them out: {@code s6-rc.d}, {@code user-bundles.d},
 * for the image's root {@code usr}, and {@code packages}. All of it is read when the tree is made; later changes do not matter. Immutable.
 */
public final class ServiceTree {
  /** Where sources are, in the order in which s6-rc reads them. */
  public static final List<String> PARTS = List.of("s6-rc.d", "user-bundles.d");
  static final String PACKAGES = Forwarding.PACKAGES;
  private static final List<String> ALL_PARTS = List.of("s6-rc.d", "user-bundles.d", "usr", PACKAGES);
  private static final long MOST_BYTES = 1 << 20;
  private static final int MOST_ENTRIES = 20_000;

  /** What an entry is. */
  public enum Kind {
    FOLDER, FILE,
    /** A link, a fifo or the like: such a tree cannot be copied as it is. */
    OTHER
  }

  /**
   * @param path from the tree on, with slashes
   * @param text empty for what is no file
   * @param trouble why it could not be read as text; empty when it could
   * @param mode its rights
   */
  public record Entry(String path, Kind kind, String text, String trouble, Set<PosixFilePermission> mode) {
    public Entry {
      mode = Set.copyOf(mode);
    }

    /** Whether its owner may execute it. */
    public boolean isExecutable() {
      return mode.contains(PosixFilePermission.OWNER_EXECUTE);
    }
  }

  private final Path folder;
  private final TreeMap<String, Entry> entries = new TreeMap<>();

  private ServiceTree(Path folder) {
    this.folder = folder;
  }

  /** @throws BadInputException when there is no tree, or it cannot be read at all; {@code option} says who named it */
  public static ServiceTree read(String option, Path folder) {
    if (!Files.isDirectory(folder.resolve("s6-rc.d"))) {
      throw new BadInputException(option + " " + folder + " has no folder s6-rc.d; --convert_supervisord makes one that has");
    }
    ServiceTree tree = new ServiceTree(folder);
    try {
      for (String part : ALL_PARTS) {
        if (Files.exists(folder.resolve(part), LinkOption.NOFOLLOW_LINKS)) {
          tree.walk(part);
        }
      }
    } catch (IOException e) {
      throw new BadInputException(option + " " + folder + " cannot be read: " + e.getMessage());
    }
    if (tree.entries.size() > MOST_ENTRIES) {
      throw new BadInputException(option + " " + folder + " holds more than " + MOST_ENTRIES + " files, which is no tree of services");
    }
    return tree;
  }

  /** Folders that may not be entered are entries with trouble, and the others are still read. */
  private void walk(String path) throws IOException {
    if (entries.size() > MOST_ENTRIES) {
      return;
    }
    Path file = folder.resolve(path);
    boolean isFolder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    if (isFolder && !Files.isReadable(file)) {
      entries.put(path, new Entry(path, Kind.FOLDER, "", "may not be read by this user", mode));
    } else if (isFolder) {
      entries.put(path, new Entry(path, Kind.FOLDER, "", "", mode));
      List<String> names = new ArrayList<>();
      try (Stream<Path> inside = Files.list(file)) {
        inside.forEach(each -> names.add(each.getFileName().toString()));
      }
      for (String name : new TreeSet<>(names)) {
        walk(path + "/" + name);
      }
    } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      entries.put(path, file(path, file, mode));
    } else {
      entries.put(path, new Entry(path, Kind.OTHER, "", "is neither a file nor a folder", mode));
    }
  }

  private static Entry file(String path, Path file, Set<PosixFilePermission> mode) throws IOException {
    String trouble;
    if (!Files.isReadable(file)) {
      trouble = "may not be read by this user";
    } else if (Files.size(file) > MOST_BYTES) {
      trouble = "is larger than 1 MiB";
    } else {
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
        return new Entry(path, Kind.FILE, text, text.indexOf('\0') < 0 ? "" : "is no text", mode);
      } catch (CharacterCodingException e) {
        trouble = "is no text in UTF-8";
      }
    }
    return new Entry(path, Kind.FILE, "", trouble, mode);
  }

  /** The folder that was read. */
  Path folder() {
    return folder;
  }

  /** All below {@link #PARTS}, by their paths. */
  public List<Entry> entries() {
    return entries.values().stream().filter(entry -> PARTS.contains(entry.path().split("/", 2)[0])).toList();
  }

  /** What {@link #PACKAGES} lists, in its order; none where there is no such file. */
  public List<String> packages() {
    return text(PACKAGES).stream().flatMap(String::lines).map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .distinct().toList();
  }

  Optional<Entry> find(String path) {
    return Optional.ofNullable(entries.get(path));
  }

  /** What a file holds; empty when it is not there, or is no file. */
  Optional<String> text(String path) {
    return find(path).filter(entry -> entry.kind() == Kind.FILE).map(Entry::text);
  }

  boolean has(String path) {
    return entries.containsKey(path);
  }

  boolean isFolder(String path) {
    return find(path).filter(entry -> entry.kind() == Kind.FOLDER).isPresent();
  }

  /** The names in a folder but those that begin with a dot, which s6-rc leaves out; none when there is no such folder. */
  List<String> names(String path) {
    String before = path + "/";
    return entries.subMap(before, before + Character.MAX_VALUE).keySet().stream().map(each -> each.substring(before.length()))
        .filter(name -> !name.contains("/") && !name.startsWith(".")).toList();
  }

  /** Whether the tree brings this file along for the image's root. */
  boolean bringsToRoot(String absolute) {
    return absolute.startsWith("/usr/") && entries.containsKey(absolute.substring(1));
  }

  /** The sources of services and bundles, from the tree on; the name is the last part. */
  List<String> sources() {
    return PARTS.stream().flatMap(part -> names(part).stream().map(name -> part + "/" + name)).filter(this::isFolder).toList();
  }
}

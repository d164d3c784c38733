package dev.wnm.managers.s6overlay.image;

import dev.wnm.managers.s6overlay.companion.Forwarding;
import dev.wnm.managers.s6overlay.output.OutputFolder;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Services that run beside the nodes: the tree that {@code --convert_supervisord} made, or one alike. What it has start with the
 * container is listed apart instead, for the image's own service {@code companions}: in the bundle {@code user} one that fails
 * would end the container, and the nodes with it.
 */
final class Companions {
  private static final List<String> PARTS = List.of("s6-rc.d", "user-bundles.d");
  private static final String SERVICES = "etc/s6-overlay/s6-rc.d/";
  /** What starts with the container: the place of s6-overlay 3.2.3, and that of those before. */
  private static final Pattern AT_BOOT =
      Pattern.compile("(?:user-bundles\\.d/[^/]+|s6-rc\\.d/user2?)/(?:contents\\.d/([^/]+)|contents|type)");
  private static final String APART = "companions/companions.d/";

  private final Path tree;
  private final Set<String> own;

  /** @param files those of the image, whose services must stay its own */
  Companions(Path tree, List<RootFile> files) {
    this.tree = tree;
    own = files.stream().map(RootFile::path).filter(path -> path.startsWith(SERVICES))
        .map(path -> path.substring(SERVICES.length()).split("/")[0]).collect(Collectors.toSet());
  }

  void addTo(OutputFolder output) throws IOException {
    if (!Files.isDirectory(tree.resolve("s6-rc.d"))) {
      throw refused("has no folder s6-rc.d; --convert_supervisord makes one that has");
    }
    for (String part : PARTS) {
      if (Files.isDirectory(tree.resolve(part))) {
        try (Stream<Path> entries = Files.walk(tree.resolve(part))) {
          for (Path entry : entries.sorted().toList()) {
            add(entry, output);
          }
        }
      }
    }
  }

  /** Debian packages that they need, in the order in which the tree's file lists them. */
  List<String> packages() throws IOException {
    Path file = tree.resolve(Forwarding.PACKAGES);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<String> packages = text(file, Forwarding.PACKAGES).lines().map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#")).distinct().toList();
    packages.stream().filter(name -> !name.matches("[a-z0-9][a-z0-9.+-]{1,100}")).findFirst().ifPresent(name -> {
      throw refused("lists '" + name + "' in its file " + Forwarding.PACKAGES + ", which is no name of a Debian package");
    });
    return packages;
  }

  private void add(Path entry, OutputFolder output) throws IOException {
    String path = tree.relativize(entry).toString();
    Matcher atBoot = AT_BOOT.matcher(path);
    if (atBoot.matches()) {
      if (atBoot.group(1) != null) {
        output.file(APART + "start/" + atBoot.group(1), "");
      }
      return;
    }
    if (path.startsWith("s6-rc.d/") && own.contains(path.split("/")[1])) {
      throw refused("has a service " + path.split("/")[1] + ", which is the name of one of the image's own");
    }
    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      if (path.matches("s6-rc\\.d/[^/]+") && !path.matches("s6-rc\\.d/user2?")) {
        output.file(APART + "services/" + path.substring("s6-rc.d/".length()), "");
      }
      return;
    }
    if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
      throw refused("holds " + path + ", which is neither a file nor a folder");
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(entry);
    String text = text(entry, path);
    if (mode.contains(PosixFilePermission.OWNER_EXECUTE)) {
      output.script("companions/" + path, text);
    } else if (mode.contains(PosixFilePermission.OTHERS_READ)) {
      output.file("companions/" + path, text);
    } else {
      output.privateFile("companions/" + path, text);
    }
  }

  private String text(Path file, String path) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw refused("holds " + path + ", which is no text");
    }
  }

  private BadInputException refused(String why) {
    return new BadInputException("--companions " + tree + " " + why);
  }
}

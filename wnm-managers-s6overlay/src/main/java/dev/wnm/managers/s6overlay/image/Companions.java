package dev.wnm.managers.s6overlay.image;

import dev.wnm.managers.s6overlay.output.OutputFolder;
import dev.wnm.managers.s6overlay.validation.ServiceTree;
import dev.wnm.managers.s6overlay.validation.ServiceTree.Entry;
import dev.wnm.managers.s6overlay.validation.ServiceTree.Kind;
import dev.wnm.managers.s6overlay.validation.Validation;
import dev.wnm.spi.config.BadInputException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Services that run beside the nodes: the tree that {@code --convert_supervisord} made, or one alike. What it has start with the
 * container is listed apart instead, for the image's own service {@code companions}: in the bundle {@code user} one that fails
 * would end the container, and the nodes with it.
 */
final class Companions {
  /** What starts with the container: the place of s6-overlay 3.2.3, and that of those before. */
  private static final Pattern AT_BOOT =
      Pattern.compile("(?:user-bundles\\.d/[^/]+|s6-rc\\.d/user2?)/(?:contents\\.d/([^/]+)|contents|type)");
  private static final String APART = "companions/companions.d/";

  private final Path folder;
  private final Set<String> own;

  /** @param own services of the image, whose names must stay its own */
  Companions(Path folder, Set<String> own) {
    this.folder = folder;
    this.own = Set.copyOf(own);
  }

  /** @return Debian packages that they need, in the order in which the tree's file lists them */
  List<String> addTo(OutputFolder output) {
    ServiceTree tree = ServiceTree.read("--companions", folder);
    Validation.ofForm(tree, own).stream().findFirst().ifPresent(finding -> {
      throw new BadInputException("--companions " + folder + ": " + finding + " (wnm --validate names all that is wrong)");
    });
    tree.entries().forEach(entry -> add(entry, output));
    return tree.packages();
  }

  private static void add(Entry entry, OutputFolder output) {
    String path = entry.path();
    Matcher atBoot = AT_BOOT.matcher(path);
    if (atBoot.matches()) {
      if (atBoot.group(1) != null) {
        output.file(APART + "start/" + atBoot.group(1), "");
      }
      return;
    }
    if (entry.kind() == Kind.FOLDER) {
      if (path.matches("s6-rc\\.d/[^/]+") && !path.matches("s6-rc\\.d/user2?")) {
        output.file(APART + "services/" + path.substring("s6-rc.d/".length()), "");
      }
      return;
    }
    if (entry.isExecutable()) {
      output.script("companions/" + path, entry.text());
    } else if (entry.mode().contains(PosixFilePermission.OTHERS_READ)) {
      output.file("companions/" + path, entry.text());
    } else {
      output.privateFile("companions/" + path, entry.text());
    }
  }
}

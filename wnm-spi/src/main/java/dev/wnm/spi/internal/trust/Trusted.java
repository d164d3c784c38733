package dev.wnm.spi.internal.trust;

import dev.wnm.spi.command.Shell;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The one rule of who may be believed: a file, each folder above it and each link on the way belong to root or to the account
 * that wnm runs as, and nobody else can change them. To a wnm that runs as root, only root will do. A sticky folder such as
 * {@code /tmp} may lie on the way, since what is in it stays its owner's; a group may write when it is the own one of an
 * account other than root.
 *
 * <p>Since all folders above are checked, nobody else can put another file in the place of one that was found good.
 */
public final class Trusted {
  /** As many links as Linux follows. */
  private static final int MOST_LINKS = 40;

  private Trusted() {}

  /**
   * What keeps a file from being believed: a sentence that names what is wrong and the command that mends it.
   *
   * @param file need not exist; then the folders above it are judged
   * @return empty when it may be believed, also where the system has no owners and modes
   */
  public static Optional<String> problem(Path file) {
    return problem(file, ProcessAccount.current());
  }

  /** The same for what root must not run; whom other accounts run is their own business. */
  public static Optional<String> problemForRoot(Path program) {
    return ProcessAccount.current().isRoot() ? problem(program) : Optional.empty();
  }

  static Optional<String> problem(Path file, ProcessAccount account) {
    if (!hasModes()) {
      return Optional.empty();
    }
    Path folder = file.toAbsolutePath().getRoot();
    Deque<Path> ahead = new ArrayDeque<>();
    file.toAbsolutePath().forEach(ahead::add);
    Path at = folder;
    int links = 0;
    try {
      while (true) {
        FileFacts facts = FileFacts.of(at);
        Optional<String> problem = judge(at, facts, account);
        if (problem.isPresent()) {
          return problem;
        }
        if (facts.isLink()) {
          if (isDescriptor(at)) {
            return Optional.empty();
          }
          if (++links > MOST_LINKS) {
            return Optional.of(file + " leads through too many links");
          }
          Path target = Files.readSymbolicLink(at);
          if (target.isAbsolute()) {
            folder = target.getRoot();
          }
          for (int i = target.getNameCount() - 1; i >= 0; i--) {
            ahead.push(target.getName(i));
          }
        } else {
          folder = at;
        }
        if (ahead.isEmpty() || !facts.isLink() && !facts.isFolder()) {
          return Optional.empty();
        }
        at = next(folder, ahead.pop().toString());
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(unknown(at, e));
    }
  }

  private static Path next(Path folder, String name) {
    return switch (name) {
      case "", "." -> folder;
      case ".." -> folder.getParent() == null ? folder : folder.getParent();
      default -> folder.resolve(name);
    };
  }

  private static Optional<String> judge(Path path, FileFacts facts, ProcessAccount account) {
    String what = (facts.isLink() ? "the link " : facts.isFolder() ? "the folder " : "the file ") + path;
    if (facts.uid() != 0 && (account.isRoot() || !account.owns(facts))) {
      return Optional.of(what + " belongs to " + facts.owner() + ", not to " + (account.isRoot() ? "root, whom wnm runs as"
          : account.name() + " or root") + "; if it is to be trusted: chown " + (facts.isLink() ? "-h " : "")
          + (account.isRoot() ? "root " : account.name() + " ") + Shell.word(path.toString()));
    }
    if (facts.isLink() || facts.isDevice() || facts.isSticky()) {
      return Optional.empty();
    }
    if (facts.othersWrite() || facts.groupWrites() && !account.hasGroup(facts)) {
      return Optional.of(what + " can be changed by " + (facts.othersWrite() ? "everyone" : "its group") + " (mode "
          + facts.permissions() + "); if it is to be trusted: chmod " + (facts.othersWrite() ? "go-w " : "g-w ")
          + Shell.word(path.toString()));
    }
    return Optional.empty();
  }

  /** A file that the caller has opened and handed over, such as {@code /dev/stdin} or {@code <(…)} of a shell. */
  private static boolean isDescriptor(Path link) {
    return link.startsWith("/proc") && link.getParent() != null && link.getParent().endsWith("fd");
  }

  private static boolean hasModes() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
  }

  private static String unknown(Path path, IOException e) {
    return "who owns " + path + " cannot be told: " + e;
  }
}

package dev.wnm.notify;

import dev.wnm.core.config.NotifyTarget;
import dev.wnm.core.config.NotifyTargets;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.trust.Trusted;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is told: those of the option, and those of the file. */
final class Targets {
  private static final int MOST_BYTES = 1 << 16;
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

  private Targets() {}

  /**
   * All of them, each once; none where nobody is to be told.
   *
   * @throws BadInputException when the file cannot be used, others may read it, or there are too many; the message shows no address
   */
  static List<NotifyTarget> of(Settings settings) {
    List<NotifyTarget> all = new ArrayList<>(settings.find(Options.NOTIFY).map(NotifyTargets::all).orElse(List.of()));
    Optional<Path> file = settings.find(Options.NOTIFY_FILE);
    file.ifPresent(path -> all.addAll(in(path)));
    try {
      return new NotifyTargets(all).all();
    } catch (IllegalArgumentException e) {
      throw new BadInputException(Options.NOTIFY + " and " + Options.NOTIFY_FILE + " " + Reason.of(e) + " between them");
    }
  }

  private static List<NotifyTarget> in(Path file) {
    List<NotifyTarget> targets = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          targets.add(NotifyTarget.read(line));
        } catch (IllegalArgumentException e) {
          throw new BadInputException(Options.NOTIFY_FILE + " " + file + ", line " + (i + 1) + " " + Reason.of(e));
        }
      }
    }
    return targets;
  }

  private static List<String> lines(Path file) {
    Trusted.problem(file).ifPresent(problem -> {
      throw unusable(file, "is not read: " + problem);
    });
    try {
      Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      others.removeAll(OWNERS);
      if (!others.isEmpty()) {
        throw unusable(file, "may be used by others than its owner; chmod 600 " + file);
      }
      if (Files.size(file) > MOST_BYTES) {
        throw unusable(file, "is larger than 64 KiB");
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw unusable(file, "does not exist");
    } catch (AccessDeniedException e) {
      throw unusable(file, "may not be read by this user");
    } catch (CharacterCodingException e) {
      throw unusable(file, "is not UTF-8");
    } catch (IllegalArgumentException e) {
      throw unusable(file, "may be used by others than its owner; chmod 600 " + file);
    } catch (IOException e) {
      throw unusable(file, "cannot be read: " + Reason.of(e));
    }
  }

  private static BadInputException unusable(Path file, String what) {
    return new BadInputException(Options.NOTIFY_FILE + " " + file + " " + what);
  }
}

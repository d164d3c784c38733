package dev.wnm.core.store;

import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.files.ParentFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** The copy of a database that is kept beside it before it is changed for good. */
final class Backup {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Path file;
  private final Connections connections;
  private final Clock clock;

  Backup(Path file, Connections connections, Clock clock) {
    this.file = file;
    this.connections = connections;
    this.clock = clock;
  }

  /**
   * Makes the copy, on disk when this returns. One that an earlier try left and that says the same is not made twice: a cron
   * job whose upgrade fails would fill the disk.
   *
   * @return {@code <file>.backup-<time>}, or the earlier one
   */
  Path make() throws SQLException {
    Path backup = file.resolveSibling(prefix() + STAMP.format(clock.instant()));
    for (int i = 2; Files.exists(backup); i++) {
      backup = file.resolveSibling(prefix() + STAMP.format(clock.instant()) + "-" + i);
    }
    // Under another name until it is whole, so that no half copy is ever taken for a backup.
    Path part = file.resolveSibling(file.getFileName() + ".backup.part");
    ColonyFile.discard(part);
    try {
      ColonyFile.create(part);
      copyTo(part);
      force(part);
      for (Path earlier : earlier()) {
        if (Files.mismatch(earlier, part) < 0) {
          ColonyFile.discard(part);
          return earlier;
        }
      }
      Files.move(part, backup, StandardCopyOption.ATOMIC_MOVE);
      force(ParentFolder.of(file));
      return backup;
    } catch (SQLException | RuntimeException e) {
      ColonyFile.discard(part);
      throw e;
    } catch (IOException e) {
      ColonyFile.discard(part);
      throw new StoreException("the database " + file + " was not brought up to date: no copy could be kept as " + backup + " ("
          + Reason.of(e) + ")", e);
    }
  }

  /** By a connection of its own: SQLite makes no such copy inside a transaction. */
  private void copyTo(Path part) throws SQLException {
    try (Connection reader = connections.forWriting();
        PreparedStatement copy = reader.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, part.toString());
      copy.execute();
    }
  }

  private List<Path> earlier() throws IOException {
    try (Stream<Path> files = Files.list(ParentFolder.of(file))) {
      return files.filter(other -> other.getFileName().toString().startsWith(prefix()) && Files.isRegularFile(other))
          .sorted().toList();
    }
  }

  private String prefix() {
    return file.getFileName() + ".backup-";
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

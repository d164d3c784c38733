package dev.wnm.managers.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.model.ColonyId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a program for many nodes, which one process makes ahead. */
class StockedCopiesTest {
  @TempDir Path folder;
  private final List<String> commands = new ArrayList<>();
  private final NodeFiles files = Rights.own(recording()).files();
  private final ColonyId colony = ColonyId.draw(new SecureRandom());
  private Path storage;
  private Path program;

  @BeforeEach
  void aProgram() throws IOException {
    storage = Files.setPosixFilePermissions(Files.createDirectory(folder.resolve("storage")), PosixFilePermissions.fromString("rwxr-xr-x"));
    program = Files.writeString(folder.resolve("a program"), "#!/bin/sh\necho it runs\n");
  }

  private void install(int first, int last) throws IOException, CommandFailedException {
    for (int i = first; i <= last; i++) {
      Path node = Files.createDirectories(storage.resolve("node" + i));
      files.install(program, node.resolve("antnode"));
      assertThat(node.resolve("antnode")).hasSameTextualContentAs(program).isExecutable();
      assertThat(Files.getLastModifiedTime(node.resolve("antnode")).toMillis()).isEqualTo(Files.getLastModifiedTime(program).toMillis());
    }
  }

  private List<String> names() throws IOException {
    return names(storage);
  }

  private static List<String> names(Path storage) throws IOException {
    try (Stream<Path> entries = Files.list(storage)) {
      return entries.map(entry -> entry.getFileName().toString()).filter(name -> !name.startsWith("node")).toList();
    }
  }

  @Test
  void oneProcessMakesThemAllAndNoneIsLeft() throws Exception {
    try (Closeable stock = files.stock(program, 5, storage, colony)) {
      assertThat(stock).isNotNull();
      install(1, 3);
    }
    assertThat(commands).hasSize(1);
    assertThat(names()).isEmpty();
  }

  @Test
  void whenTheyAreUsedUpEachOneMoreIsMadeByItself() throws Exception {
    try (Closeable stock = files.stock(program, 2, storage, colony)) {
      assertThat(stock).isNotNull();
      install(1, 4);
    }
    install(5, 5);
    assertThat(commands).hasSize(4);
  }

  @Test
  void eachStorageHasItsOwnForTheNodesInIt() throws Exception {
    Path other = Files.setPosixFilePermissions(Files.createDirectory(folder.resolve("other")), PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Closeable here = files.stock(program, 2, storage, colony); Closeable there = files.stock(program, 2, other, colony)) {
      assertThat(here).isNotSameAs(there);
      install(1, 2);
      assertThat(other.resolve(names(other).get(0))).isDirectoryContaining(copy -> copy.endsWith("2"));
    }
    assertThat(commands).hasSize(2);
    assertThat(names(other)).isEmpty();
  }

  @Test
  void whatAKilledWnmLeftIsDeleted() throws Exception {
    files.stock(program, 3, storage, colony);
    assertThat(names()).hasSize(1);

    try (Closeable stock = files.stock(program, 2, storage, colony)) {
      assertThat(stock).isNotNull();
      assertThat(storage.resolve(names().get(0))).isDirectoryContaining(copy -> copy.endsWith("2"))
          .isDirectoryNotContaining(copy -> copy.endsWith("3"));
    }
    assertThat(names()).isEmpty();
    files.stock(program, 3, storage, colony);
    files.stock(program, 1, storage, colony).close();
    assertThat(names()).as("one alone needs no stock").isEmpty();
  }

  @Test
  void aProgramThatCannotBeCopiedIsSaidByTheInstallation() throws Exception {
    Path missing = folder.resolve("missing");
    try (Closeable stock = files.stock(missing, 3, storage, colony)) {
      assertThat(stock).isNotNull();
      assertThat(names()).isEmpty();
    }
  }

  @Test
  void whereOthersMayWriteNoneAreMadeAhead() throws Exception {
    Files.setPosixFilePermissions(storage, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (Closeable stock = files.stock(program, 3, storage, colony)) {
      assertThat(stock).isNotNull();
      assertThat(commands).isEmpty();
      install(1, 2);
    }
    assertThat(commands).hasSize(2);
  }

  private CommandRunner recording() {
    CommandRunner real = new ProcessCommandRunner();
    return new CommandRunner() {
      @Override
      public CommandResult run(Command command) throws CommandFailedException {
        commands.add(command.toString());
        return real.run(command);
      }

      @Override
      public Process spawn(Command command, Path log) throws CommandFailedException {
        return real.spawn(command, log);
      }

      @Override
      public Optional<Path> find(String name) {
        return real.find(name);
      }
    };
  }
}

package dev.wnm.fetch;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.ReleaseKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** From an archive that nobody believes yet to the program in its place. */
final class Installation {
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(15);

  private final NodeProgram program;
  private final ReleaseKey key;
  private final CommandRunner runner;
  private final Staging staging;

  /** All is checked and well, but could not be written as a whole. */
  static final class NotWholeException extends IOException {
    private static final long serialVersionUID = 1L;

    NotWholeException(String message, IOException cause) {
      super(message, cause);
    }
  }

  Installation(NodeProgram program, ReleaseKey key, CommandRunner runner, Staging staging) {
    this.program = program;
    this.key = key;
    this.runner = runner;
    this.staging = staging;
  }

  /**
   * Checks, unpacks and asks the program, and puts all in place.
   *
   * @param allowed throws what keeps a release of a version from being put there
   * @throws FetchException when the archive is not what it should be; nothing was changed then
   * @throws NotWholeException when a place cannot be written
   */
  Fetched run(Path archive, byte[] signature, Present present, Rule allowed) throws IOException {
    ReleaseSignature.check(key, archive, signature);
    Set<String> names = new LinkedHashSet<>(List.of(program.name()));
    names.addAll(program.besideBinary());
    ReleaseArchive.unpack(archive, ParentFolder.of(staging.file(program.name())), names);
    Version version = ask(staging.file(program.name()));
    allowed.check(version, staging.file(program.name()));
    List<String> notes = new ArrayList<>();
    try {
      place(present, notes::add);
    } catch (IOException e) {
      throw new NotWholeException(program.name() + " " + version + " is not put whole into " + ParentFolder.of(present.place()) + ": "
          + Reason.of(e) + "; repeat it", e);
    }
    return new Fetched(present.place(), true, program.name() + " " + version + " is at " + present.place() + ", its signature checked"
        + (program.besideBinary().isEmpty() ? "" : ", with " + String.join(", ", program.besideBinary()) + " beside it")
        + String.join("", notes));
  }

  /** Which programs may come. */
  @FunctionalInterface
  interface Rule {
    /** @param unpacked the program, not in its place yet */
    void check(Version version, Path unpacked) throws IOException;
  }

  private void place(Present present, Consumer<String> notes) throws IOException {
    Files.createDirectories(ParentFolder.of(present.place()),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Placement placement = new Placement(staging);
    // First what the program needs beside it.
    for (String name : program.besideBinary()) {
      placement.settings(staging.file(name), present.place().resolveSibling(name))
          .ifPresent(kept -> notes.accept("; the " + name + " that was there is kept as " + kept.getFileName()));
    }
    placement.program(staging.file(program.name()), present.place()).ifPresent(kept -> notes.accept("; the program that was there"
        + present.version().map(before -> " (" + before + ")").orElse("") + " is kept as " + kept.getFileName()));
  }

  private Version ask(Path binary) throws IOException {
    Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
    String printed;
    try {
      printed = runner.run(Command.of(binary.toString(), "--version").within(VERSION_LIMIT)).orThrow().stdout();
    } catch (CommandFailedException e) {
      throw new FetchException("the program in it does not run here: " + e.getMessage(), e);
    }
    return program.identify(printed).flatMap(NodeProgram.Identified::version).orElseThrow(() -> new FetchException(
        "the program in it says of its version '" + printed.lines().findFirst().orElse("") + "'"));
  }
}

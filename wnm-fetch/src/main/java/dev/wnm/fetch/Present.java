package dev.wnm.fetch;

import dev.wnm.core.program.NodeBinary;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.internal.trust.Trusted;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What lies in the place where a release is to come.
 *
 * @param version of the program; empty where there is none, or it does not run
 * @param isComplete whether all lies there that comes with a release
 */
record Present(Path place, Optional<Version> version, boolean isComplete) {
  /** @throws BadInputException when nothing of this program may be put there */
  static Present at(Path place, NodeProgram program, CommandRunner runner) {
    if (Files.isDirectory(place)) {
      throw new BadInputException("--antnode_path " + place + " is a folder; name the file in it that the program is to be");
    }
    Trusted.problem(ParentFolder.of(place)).ifPresent(problem -> {
      throw new BadInputException("no program is put into " + ParentFolder.of(place) + ": " + problem);
    });
    boolean isComplete = program.besideBinary().stream().map(place::resolveSibling).allMatch(Files::isRegularFile);
    return new Present(place, Files.exists(place) ? version(place, program, runner) : Optional.empty(), isComplete);
  }

  private static Optional<Version> version(Path place, NodeProgram program, CommandRunner runner) {
    try {
      NodeBinary there = NodeBinary.ask(place, runner);
      if (!there.program().name().equals(program.name())) {
        throw new BadInputException("--antnode_path " + place + " is " + there.program().title() + ", and " + program.name()
            + " is not put in its place; name another file");
      }
      return there.version();
    } catch (NodeBinary.UnusableException e) {
      if (!place.endsWith(program.name())) {
        throw new BadInputException("--antnode_path " + place + " is there, and is no " + program.name() + " that runs; name another file");
      }
      return Optional.empty(); // of this name, what does not run would not be missed, and is kept all the same
    }
  }

  boolean isWhole(Version wanted) {
    return version.filter(wanted::equals).isPresent() && isComplete;
  }

  /** @throws BadInputException when it is newer */
  void refuseOlder(Version wanted) {
    version.filter(wanted::isOlderThan).ifPresent(newer -> {
      throw new BadInputException("--fetch_node: release " + wanted + " is older than " + place + ", which is " + newer
          + "; with --confirm it takes its place");
    });
  }
}

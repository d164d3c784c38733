package dev.wnm.core.colony;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.spi.program.NodeProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an operator should know of the program that nodes are, or are to be: a sentence each, the same wherever it is said. */
final class ProgramNotes {
  private static final double BYTES_PER_GIGABYTE = 1e9;

  private ProgramNotes() {}

  /** All of them, for nodes that are copies of a binary. */
  static List<String> of(Settings settings, NodeBinary binary) {
    return Stream.concat(peers(settings, binary).stream(), limits(settings, binary.program()).stream()).toList();
  }

  /** That a node would find no peers. */
  private static Optional<String> peers(Settings settings, NodeBinary binary) {
    List<Path> peers = binary.program().peerFiles(binary.path(), settings.platform().home(), settings.backEndValues());
    return peers.isEmpty() || peers.stream().anyMatch(Files::exists) ? Optional.empty()
        : Optional.of("nodes would run alone, without a peer: no option names any, and there is no file of them, which would be "
            + peers.stream().map(Path::toString).collect(Collectors.joining(" or ")));
  }

  /** What as many nodes as there may be mean for the machine's memory and for their place in the network. */
  static Optional<String> limits(Settings settings, NodeProgram program) {
    int cap = settings.get(Options.NODE_CAP);
    OptionalInt most = program.mostNodesOfOneAddress();
    return most.isEmpty() || cap <= most.getAsInt() ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "%d nodes of %s take about %.1f GB of memory when idle; and behind one address"
            + " they compete: the network lets %d of one address into each close group and each routing bucket", cap, program.name(),
            program.idleMemoryBytes() * cap / BYTES_PER_GIGABYTE, most.getAsInt()));
  }
}

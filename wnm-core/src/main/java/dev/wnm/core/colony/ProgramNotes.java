package dev.wnm.core.colony;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.spi.program.NodeProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an operator should know of the program that nodes are to be, before there are any: a sentence each. */
final class ProgramNotes {
  private static final double BYTES_PER_GIGABYTE = 1e9;

  private ProgramNotes() {}

  static List<String> of(Settings settings, NodeBinary binary) {
    NodeProgram program = binary.program();
    List<String> notes = new ArrayList<>();
    List<Path> peers = program.peerFiles(binary.path(), settings.platform().home(), settings.backEndValues());
    if (!peers.isEmpty() && peers.stream().noneMatch(Files::exists)) {
      notes.add("nodes would run alone, without a peer: no option names any, and there is no file of them, which would be "
          + peers.stream().map(Path::toString).collect(Collectors.joining(" or ")));
    }
    int cap = settings.get(Options.NODE_CAP);
    program.mostNodesOfOneAddress().ifPresent(most -> {
      if (cap > most) {
        notes.add(String.format(Locale.ROOT, "%d nodes of %s take about %.1f GB of memory when idle; and behind one address"
            + " they compete: the network lets %d of one address into each close group and each routing bucket", cap, program.name(),
            program.idleMemoryBytes() * cap / BYTES_PER_GIGABYTE, most));
      }
    });
    return notes;
  }
}

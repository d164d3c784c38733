package dev.wnm.fleet.ssh;

import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.fleet.transport.Received;
import dev.wnm.spi.internal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What hosts said last: nobody but their operators remembers that of one that cannot be dialled now. A file each; losing one with the machine's
 * power loses nothing that the next call does not tell.
 */
final class LastHeard {
  private static final System.Logger LOG = System.getLogger(LastHeard.class.getName());
  private static final String ENDING = ".json";
  private static final int LONGEST = 4 << 20;

  private final PrivateFolder folder;

  LastHeard(Path path) throws IOException {
    folder = PrivateFolder.at(path);
  }

  void keep(Received received) {
    try {
      Path part = Files.createTempFile(folder.path(), ".heard-", ".part");
      Files.writeString(part, new JsonOut().put("at", received.at()).put("text", received.text()).toString());
      Files.move(part, folder.file(received.sender() + ENDING), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "what {0} said is not kept: {1}", received.sender(), Reason.of(e));
    }
  }

  /** Empty where nothing is known. */
  Optional<Received> latest(HostName host) {
    try {
      Optional<String> kept = folder.read(host + ENDING);
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      JsonPart json = JsonPart.parse("what " + host + " said last", kept.get(), LONGEST);
      return Optional.of(new Received(host, json.text("text", LONGEST), json.time("at")));
    } catch (IOException | UnreadableException odd) {
      LOG.log(System.Logger.Level.WARNING, "what {0} said last cannot be read: {1}", host, odd.getMessage());
      return Optional.empty();
    }
  }
}

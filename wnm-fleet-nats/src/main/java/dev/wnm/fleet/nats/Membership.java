package dev.wnm.fleet.nats;

import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.PrivateFolder;
import java.io.IOException;

/**
 * Which fleet a folder is of.
 *
 * @param fleet what it is called
 * @param name what its owner is called there, an operator or a host
 * @param address where the server is, as {@code HOST:PORT}
 */
record Membership(String fleet, String name, String address) {
  private static final String FILE = "nats.json";
  private static final int LONGEST = 1_000;

  static Membership in(PrivateFolder folder) throws FleetException, IOException {
    String text = folder.read(FILE).orElseThrow(() -> new FleetException(folder.path() + " is no folder of a fleet by NATS: it has no " + FILE));
    try {
      JsonPart json = JsonPart.parse(folder.file(FILE).toString(), text, LONGEST);
      return new Membership(json.text("fleet", LONGEST), json.text("name", LONGEST), json.text("address", LONGEST));
    } catch (UnreadableException wrong) {
      throw new FleetException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  void keep(PrivateFolder folder) throws IOException {
    folder.write(FILE, new JsonOut().put("fleet", fleet).put("name", name).put("address", address) + "\n");
  }
}

package dev.wnm.fleet.ssh;

import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.PrivateFolder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which hosts there are, and what ssh calls them. */
final class Hosts {
  private static final String FILE = "ssh.json";
  private static final int LONGEST = 1 << 20;
  private static final int LONGEST_WORD = 255;
  /** What ssh takes for a destination, and never for an option. */
  private static final String ADDRESS = "[A-Za-z0-9_][A-Za-z0-9._@:%\\[\\]-]{0,254}";

  private final PrivateFolder folder;
  private final String fleet;
  private final String operator;
  private final Map<String, String> addresses;

  private Hosts(PrivateFolder folder, String fleet, String operator, Map<String, String> addresses) {
    this.folder = folder;
    this.fleet = fleet;
    this.operator = operator;
    this.addresses = new TreeMap<>(addresses);
  }

  static boolean areIn(PrivateFolder folder) throws IOException {
    return folder.read(FILE).isPresent();
  }

  static void begin(PrivateFolder folder, String fleet, String operator) throws IOException {
    new Hosts(folder, fleet, operator, Map.of()).keep();
  }

  static Hosts in(PrivateFolder folder) throws FleetException, IOException {
    String text = folder.read(FILE).orElseThrow(() -> new FleetException(folder.path() + " is no folder of a fleet by ssh: it has no " + FILE));
    try {
      JsonPart json = JsonPart.parse(folder.file(FILE).toString(), text, LONGEST);
      return new Hosts(folder, json.text("fleet", LONGEST_WORD), json.text("operator", LONGEST_WORD), json.textsByName("hosts", LONGEST_WORD));
    } catch (UnreadableException wrong) {
      throw new FleetException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private void keep() throws IOException {
    folder.write(FILE, new JsonOut().put("fleet", fleet).put("operator", operator).put("hosts", addresses) + "\n");
  }

  String fleet() {
    return fleet;
  }

  String operator() {
    return operator;
  }

  /** What ssh calls a host; empty for one that is not of this fleet. */
  Optional<String> address(HostName host) {
    return Optional.ofNullable(addresses.get(host.text())).filter(address -> address.matches(ADDRESS));
  }

  void add(HostName host, String address) throws FleetException, IOException {
    if (!address.matches(ADDRESS)) {
      throw new FleetException("ssh's name for " + host + " must be a name of its configuration or USER@HOST, not '" + address + "'");
    }
    addresses.put(host.text(), address);
    keep();
  }

  boolean remove(HostName host) throws IOException {
    boolean wasThere = addresses.remove(host.text()) != null;
    keep();
    return wasThere;
  }
}

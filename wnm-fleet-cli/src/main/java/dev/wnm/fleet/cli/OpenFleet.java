package dev.wnm.fleet.cli;

import dev.wnm.core.report.table.Columns;
import dev.wnm.core.report.table.Selection;
import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetTransport;
import dev.wnm.fleet.transport.Kept;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.fleet.view.HostBook;
import dev.wnm.fleet.view.HostColumns;
import dev.wnm.fleet.view.HostRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A fleet that an operator works on. */
final class OpenFleet implements AutoCloseable {
  private static final String FILE = "fleet.json";
  private static final String MEMBER = "member.";
  private static final int LONGEST = 10_000;

  private final FleetTransport transport;
  private final OperatorLink link;
  private final Clock clock;

  private OpenFleet(FleetTransport transport, OperatorLink link, Clock clock) {
    this.transport = transport;
    this.link = link;
    this.clock = clock;
  }

  /** By which transport a folder's fleet is reached; empty where there is none. */
  static Optional<FleetTransport> transport(Path folder) throws FleetException, IOException {
    Optional<String> text = PrivateFolder.at(folder).read(FILE);
    try {
      return text.isEmpty() ? Optional.empty()
          : Optional.of(Transports.named(JsonPart.parse(folder.resolve(FILE).toString(), text.get(), LONGEST).text("transport", LONGEST)));
    } catch (UnreadableException wrong) {
      throw new FleetException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  static FleetTransport require(Path folder) throws FleetException, IOException {
    return transport(folder).orElseThrow(() -> new FleetException("there is no fleet in " + folder + "; 'wnm fleet init' begins one"));
  }

  static void begin(Path folder, FleetTransport transport) throws IOException {
    PrivateFolder.at(folder).write(FILE, new JsonOut().put("transport", transport.name()) + "\n");
  }

  static OpenFleet open(FleetContext context) throws FleetException, IOException {
    FleetTransport transport = require(context.operatorFolder());
    return new OpenFleet(transport, transport.operate(context.operatorFolder()), context.clock());
  }

  FleetTransport transport() {
    return transport;
  }

  OperatorLink link() {
    return link;
  }

  /** Its hosts, with their labels. */
  Map<HostName, Labels> members() throws FleetException {
    Map<HostName, Labels> members = new TreeMap<>();
    link.records().all(MEMBER).forEach((key, kept) -> {
      if (HostName.fits(key.substring(MEMBER.length()))) {
        members.put(new HostName(key.substring(MEMBER.length())), Labels.parse(kept.text()));
      }
    });
    return members;
  }

  /**
   * To be called before hosts are invited or revoked: a folder whose list is older than another operator's would let in whom that one has put out.
   *
   * @param about whom it is about
   * @throws FleetException when it would lock out somebody whom another operator has invited; nobody else is let in or put out then
   */
  void reconcile(Set<HostName> about, FleetContext context) throws FleetException, IOException {
    Set<HostName> hosts = new TreeSet<>(members().keySet());
    hosts.addAll(about);
    Set<HostName> missing = new TreeSet<>(transport.reconcile(context.operatorFolder(), hosts));
    missing.removeAll(about);
    if (!missing.isEmpty()) {
      throw new FleetException("this folder does not have the certificates of " + missing.stream().map(HostName::text).collect(Collectors.joining(", "))
          + ", which another operator has invited, and would lock them out: copy the folder server from there to " + context.operatorFolder() + " first");
    }
  }

  /** Takes down that a host is of this fleet. */
  void add(HostName host, Labels labels) throws FleetException {
    Optional<Kept> before = link.records().read(MEMBER + host);
    link.records().write(MEMBER + host, labels.toString(), before.map(Kept::revision).orElse(Kept.NONE));
  }

  /** Takes down that it is so no more. */
  void remove(HostName host) throws FleetException {
    Optional<Kept> before = link.records().read(MEMBER + host);
    if (before.isPresent()) {
      link.records().delete(MEMBER + host, before.get().revision());
    }
  }

  /** How all hosts stand now. */
  List<HostRow> rows() throws FleetException {
    Set<HostName> hosts = members().keySet();
    HostBook book = new HostBook(hosts);
    OperatorLink.States states = link.states(hosts);
    states.latest().values().parallelStream().forEach(book::hear);
    states.troubles().forEach(book::miss);
    return book.rows(clock.instant());
  }

  /** The hosts that {@code --where} is about, in the order of {@code --sort}. */
  Selection.Selected<HostRow> chosen(Asked asked, List<HostRow> rows) {
    Columns<HostRow> columns = HostColumns.of(rows);
    return selection(asked, columns).of(rows);
  }

  Selection<HostRow> selection(Asked asked, Columns<HostRow> columns) {
    return Selection.of(columns, new Selection.Asked("--where", asked.get("where", "")), new Selection.Asked("--sort", asked.get("sort", "")),
        new Selection.Asked("--columns", asked.get("columns", "")), clock.instant());
  }

  @Override
  public void close() {
    link.close();
  }
}

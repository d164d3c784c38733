package dev.wnm.fleet.cli;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.core.config.Options;
import dev.wnm.core.report.table.TextTable;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.placement.Blocks;
import dev.wnm.fleet.placement.Claim;
import dev.wnm.fleet.placement.Claims;
import dev.wnm.fleet.placement.Placement;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.view.HostRow;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;

/** Spreads container groups over hosts: says how ({@code plan}), or does it ({@code apply}). */
final class GroupsCommand implements FleetCommand {
  private static final int MOST_GROUPS = 10_000;
  private static final Option GROUPS = Asked.value("groups", "N", "so many more groups, 0 when not given");
  private static final Option ALL = Asked.flag("all", "all hosts, in the place of --where");
  private static final Option CAP = Asked.flag("raise_cap", "let each host that gets groups have as many nodes as its groups hold: node_cap, where that is less");

  private final String name;
  private final boolean isDone;

  private GroupsCommand(String name, boolean isDone) {
    this.name = name;
    this.isDone = isDone;
  }

  static GroupsCommand plan() {
    return new GroupsCommand("plan", false);
  }

  static GroupsCommand apply() {
    return new GroupsCommand("apply", true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String usage() {
    return "[--groups N] --where CONDITION | --all";
  }

  @Override
  public String help() {
    return isDone ? "Spread container groups over hosts as 'plan' says: claim their blocks of ports, so that no two hosts of a site have the same, and wish them."
        : "Say how container groups would be spread over hosts: each goes where the most room is, with the lowest block of ports that its site has left.";
  }

  @Override
  public org.apache.commons.cli.Options options() {
    return isDone ? Asked.options(GROUPS, StatusCommand.WHERE, ALL, CAP,
        Asked.value("release", "HOST/BLOCK", "give a block back that has no nodes, in the place of --groups"),
        Asked.value("wait", "TIME", "how long to wait for answers, 60s when not given")) : Asked.options(GROUPS, StatusCommand.WHERE, ALL);
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    try (OpenFleet fleet = OpenFleet.open(context)) {
      Claims claims = new Claims(fleet.link().records());
      Optional<String> released = isDone ? asked.find("release") : Optional.empty();
      if (released.isPresent()) {
        return release(released.get(), claims, asked, fleet, context);
      }
      int groups = asked.number("groups", 0, 0, MOST_GROUPS);
      Set<HostName> chosen = new TreeSet<>(SetCommand.names(SetCommand.hosts(asked, fleet)));
      Map<HostName, Labels> members = fleet.members();
      List<HostRow> rows = fleet.rows();
      List<Claim> before = claims.all();
      Placement placement = Placement.of(rows, members, chosen, before);
      Blocks.Plan plan = Blocks.plan(groups, placement.candidates(), before);
      List<Share> shares = shares(plan, rows, before);
      List<List<String>> lines = new ArrayList<>(List.of(List.of("Host", "Has blocks", "Gets", "Nodes", "Groups hold", "node_cap")));
      shares.forEach(share -> lines.add(share.cells()));
      TextTable.lines(lines, context.screen()).forEach(context::say);
      List<String> notes = Stream.concat(placement.notes().stream(), plan.notes().stream()).toList();
      notes.forEach(context::say);
      Document told = new Document().put("plan", shares.stream().map(Share::document).toList()).put("missing", plan.missing()).put("notes", notes);
      if (!isDone) {
        context.tell(told);
        return plan.missing() == 0;
      }
      Wished wished = carryOut(plan, rows, chosen, claims, asked, fleet, context);
      context.tell(told.put("hosts", wished.documents()));
      return wished.isDone() && plan.missing() == 0;
    }
  }

  /** What a host has and gets; nothing is held where it has no groups. */
  private record Share(HostName host, List<Integer> had, List<Integer> gets, int nodes, int held, Optional<Integer> cap) {
    List<String> cells() {
      return List.of(host.text(), words(had), words(gets), Integer.toString(nodes), Integer.toString(held), cap.map(String::valueOf).orElse("?"));
    }

    Document document() {
      return new Document().put("host", host).put("has_blocks", had).put("gets_blocks", gets).put("nodes", nodes).put("groups_hold", held).put("node_cap", cap);
    }
  }

  private static List<Share> shares(Blocks.Plan plan, List<HostRow> rows, List<Claim> before) {
    List<Share> shares = new ArrayList<>();
    for (HostRow row : rows) {
      SortedSet<Integer> blocks = plan.blocks().get(row.name());
      Optional<HostState> state = row.state();
      if (blocks == null || state.isEmpty()) {
        continue;
      }
      Set<Integer> had = before.stream().filter(claim -> claim.host().equals(row.name())).map(Claim::block).collect(Collectors.toSet());
      int size = state.get().groups().map(HostState.Groups::size).orElse(0);
      shares.add(new Share(row.name(), blocks.stream().filter(had::contains).toList(), blocks.stream().filter(block -> !had.contains(block)).toList(),
          state.get().nodes().total(), blocks.size() * size, state.get().nodes().cap().stream().boxed().findFirst()));
    }
    return shares;
  }

  private static String words(List<Integer> blocks) {
    return blocks.isEmpty() ? "-" : BlockList.of(blocks.stream().mapToInt(Integer::intValue)).toString();
  }

  private static Wished carryOut(Blocks.Plan plan, List<HostRow> rows, Set<HostName> chosen, Claims claims, Asked asked, OpenFleet fleet,
      FleetContext context) throws FleetException, IOException {
    claims.make(plan.claims());
    Map<HostName, Wanted> wanted = new TreeMap<>();
    for (HostRow row : rows) {
      SortedSet<Integer> blocks = plan.blocks().getOrDefault(row.name(), Collections.emptySortedSet());
      if (chosen.contains(row.name()) && !blocks.isEmpty()) {
        wanted.put(row.name(), new Wanted(BlockList.of(blocks.stream().mapToInt(Integer::intValue)), asked.has("raise_cap") ? cap(row, blocks.size()) : Map.of()));
      }
    }
    return Wishing.all(wanted.keySet(), rows, wish -> {
      Wanted of = Objects.requireNonNull(wanted.get(wish.host()), "a host that nothing is wished of");
      return wish.withBlocks(of.blocks()).withSettings(of.settings());
    }, asked.time("wait", "60s"), fleet, context);
  }

  /** What is wished of a host. */
  private record Wanted(BlockList blocks, Map<String, Optional<String>> settings) {}

  /** As many nodes as its groups hold, where it may have fewer. */
  private static Map<String, Optional<String>> cap(HostRow row, int blocks) {
    HostState state = row.state().orElseThrow();
    long held = (long) blocks * state.groups().map(HostState.Groups::size).orElse(0);
    return state.nodes().cap().isPresent() && state.nodes().cap().getAsInt() < held ? Map.of(Options.NODE_CAP.name(), Optional.of(Long.toString(held))) : Map.of();
  }

  /** The host lets it go first: until it says so, and has no node there, the block is its own. */
  private static boolean release(String word, Claims claims, Asked asked, OpenFleet fleet, FleetContext context)
      throws FleetException, IOException {
    List<String> others = Stream.of("groups", "where", "all", "raise_cap").filter(asked::has).toList();
    if (!others.isEmpty()) {
      throw new BadInputException("--" + others.get(0) + " is not for --release, which is about one block of one host");
    }
    if (!word.matches("[^/]+/[1-9][0-9]{0,4}")) {
      throw new BadInputException("--release must be a host and a block, such as vps1/3, not '" + word + "'");
    }
    HostName host = Asked.host(word.substring(0, word.indexOf('/')));
    int block = Integer.parseInt(word.substring(word.indexOf('/') + 1));
    List<Claim> own = claims.all().stream().filter(claim -> claim.host().equals(host)).toList();
    Claim claim = own.stream().filter(each -> each.block() == block).findFirst()
        .orElseThrow(() -> new BadInputException("--release " + word + ": " + host + " has claimed no block " + block));
    if (own.size() == 1) {
      throw new BadInputException("--release " + word + ": it is the only block of " + host + ", which 'wnm fleet revoke " + host + "' would free");
    }
    requireEmpty(host, block, fleet);
    BlockList rest = BlockList.of(own.stream().filter(each -> each.block() != block).mapToInt(Claim::block));
    Wished wished = Wishing.all(List.of(host), List.of(), wish -> wish.withBlocks(rest), asked.time("wait", "60s"), fleet, context);
    if (wished.isDone()) {
      // What the host has said with that is of after it: a node that it has made meanwhile is there.
      requireEmpty(host, block, fleet);
      claims.release(claim);
      context.say("block " + block + " of site " + claim.site() + " is free");
    } else {
      context.warn("block " + block + " stays " + host + "'s until it has answered; then order this again");
    }
    context.tell(new Document().put("site", claim.site()).put("block", block).put("freed", wished.isDone()).put("hosts", wished.documents()));
    return wished.isDone();
  }

  private static void requireEmpty(HostName host, int block, OpenFleet fleet) throws FleetException {
    HostState.Groups groups = fleet.rows().stream().filter(row -> row.name().equals(host)).flatMap(row -> row.fresh().stream())
        .flatMap(state -> state.groups().stream()).findFirst()
        .orElseThrow(() -> new FleetException("whether block " + block + " of " + host + " has nodes is not known now"));
    int nodes = groups.there().stream().filter(group -> group.block() == block).mapToInt(HostState.Group::nodes).sum();
    if (nodes > 0) {
      throw new FleetException("block " + block + " of " + host + " has " + nodes + (nodes == 1 ? " node: remove it first" : " nodes: remove them first"));
    }
  }
}

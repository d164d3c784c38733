package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.transport.AtOnce;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.Options;

/** Invites all hosts of a list that others have: ssh's configuration, an inventory of Ansible, the list of anm-cluster. */
final class ImportCommand implements FleetCommand {
  private static final Pattern SSH = Pattern.compile("(?i)^\\s*Host\\s+(.+)$");
  private static final Pattern ADDRESS = Pattern.compile("\\bansible_host=(\\S+)");

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String usage() {
    return "FILE [--labels site=home] [--dry_run]";
  }

  @Override
  public String help() {
    return "Invite all hosts of a file: ssh's configuration, an inventory of Ansible (INI), or a name in each line, as anm-cluster has it.";
  }

  @Override
  public Options options() {
    return Asked.options(Asked.value("labels", "LABELS", "what to know all of them by"), Asked.flag("dry_run", "only say who would be invited"));
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    Path file = context.platform().currentFolder().resolve(asked.word("FILE"));
    Labels labels = asked.read("labels", "", Labels::parse);
    if (!Files.isReadable(file)) {
      throw new BadInputException("there is no file " + file + ", or it cannot be read");
    }
    Map<HostName, String> hosts = hosts(Files.readAllLines(file));
    if (hosts.isEmpty()) {
      throw new BadInputException(file + " names no host");
    }
    if (asked.has("dry_run")) {
      hosts.forEach((host, address) -> context.say(host + (address.isEmpty() ? "" : " at " + address)));
      context.tell(new Document().put("hosts", hosts.entrySet().stream().map(host -> document(host, Optional.empty())).toList()).put("next", List.of()));
    } else {
      invite(hosts, labels, context);
    }
    return true;
  }

  /** Several at a time: what it takes is the making of keys. */
  private static void invite(Map<HostName, String> listed, Labels labels, FleetContext context) throws FleetException, IOException {
    List<Document> documents = new ArrayList<>();
    Set<String> next = new LinkedHashSet<>();
    try (OpenFleet fleet = OpenFleet.open(context)) {
      // Another key would lock out those that are there: the list is given again for one that is new.
      Set<HostName> members = fleet.members().keySet();
      Map<HostName, String> hosts = new LinkedHashMap<>(listed);
      hosts.keySet().removeIf(members::contains);
      listed.keySet().stream().filter(members::contains).forEach(host -> context.say("# " + host + " is of this fleet already"));
      fleet.reconcile(hosts.keySet(), context);
      Map<HostName, InviteCommand.Invited> invited = AtOnce.each(hosts.keySet(), Runtime.getRuntime().availableProcessors(),
          host -> InviteCommand.invite(host, labels, hosts.get(host), fleet, context), (host, one) -> context.say("# " + host + ": " + one.file()));
      for (Map.Entry<HostName, String> host : hosts.entrySet()) {
        next.addAll(invited.get(host.getKey()).next());
        documents.add(document(host, Optional.of(invited.get(host.getKey()).file())));
      }
    }
    next.forEach(context::say);
    context.tell(new Document().put("hosts", documents).put("next", next));
  }

  private static Document document(Map.Entry<HostName, String> host, Optional<Path> invitation) {
    return new Document().put("host", host.getKey()).put("address", Optional.of(host.getValue()).filter(address -> !address.isEmpty()))
        .put("invitation", invitation);
  }

  /** The hosts that lines name, each with its address, which is empty where ssh knows it by that name. */
  static Map<HostName, String> hosts(List<String> lines) {
    Map<HostName, String> hosts = new LinkedHashMap<>();
    boolean isSsh = lines.stream().anyMatch(line -> SSH.matcher(line).matches());
    boolean isSkipped = false;
    for (String line : lines) {
      String text = line.replaceAll("(^|\\s)[#;].*$", "").strip();
      if (text.startsWith("[")) {
        isSkipped = text.contains(":");
      } else if (isSsh) {
        Matcher words = SSH.matcher(text);
        for (String name : words.matches() ? words.group(1).split("\\s+") : new String[0]) {
          put(hosts, name, name);
        }
      } else if (!text.isEmpty() && !isSkipped) {
        Matcher address = ADDRESS.matcher(text);
        String name = text.split("\\s+")[0];
        put(hosts, name, address.find() ? address.group(1) : name);
      }
    }
    return hosts;
  }

  /** Patterns are no hosts. What is called {@code Box_1.lan} is here {@code box-1-lan}. */
  private static void put(Map<HostName, String> hosts, String name, String address) {
    if (name.matches(".*[*?!].*")) {
      return;
    }
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("^.*@", "").replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
    if (HostName.fits(plain)) {
      hosts.putIfAbsent(new HostName(plain), address.equals(plain) ? "" : address);
    }
  }
}

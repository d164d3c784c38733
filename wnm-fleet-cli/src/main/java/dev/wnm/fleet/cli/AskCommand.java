package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Asks one host. */
final class AskCommand implements FleetCommand {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final String name;
  private final String usage;
  private final String help;
  private final Question.Kind kind;
  private final String detail;
  private final List<Option> options;

  private AskCommand(String name, String usage, String help, Question.Kind kind, String detail, List<Option> options) {
    this.name = name;
    this.usage = usage;
    this.help = help;
    this.kind = kind;
    this.detail = detail;
    this.options = options;
  }

  static AskCommand nodes() {
    return new AskCommand("nodes", "HOST [--filter peers<5]", "Show the nodes of a host.", Question.Kind.NODES, "",
        List.of(Asked.value("filter", "CONDITION", "which nodes"), Asked.value("sort", "FIELDS", "by which fields"),
            Asked.value("columns", "NAMES", "which columns")));
  }

  static AskCommand logs() {
    return new AskCommand("logs", "HOST[/NODES]", "Show the ends of the logs of a host's nodes.", Question.Kind.LOGS, "nodes",
        List.of(Asked.value("lines", "N", "so many of the last lines of each"), Asked.value("since", "TIME", "no older lines, such as 30m")));
  }

  static AskCommand explain() {
    return new AskCommand("explain", "HOST[/NODE]", "Tell the life of a node, or why a host does not add more.", Question.Kind.EXPLAIN, "node", List.of());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String usage() {
    return usage;
  }

  @Override
  public String help() {
    return help;
  }

  @Override
  public Options options() {
    return Asked.options(options.toArray(Option[]::new));
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    String[] words = asked.word("HOST").split("/", 2);
    HostName host = Asked.host(words[0]);
    Map<String, String> details = new TreeMap<>();
    if (words.length == 2) {
      if (detail.isEmpty()) {
        throw new BadInputException(name + " is about a whole host: HOST without /" + words[1]);
      }
      details.put(detail, words[1]);
    }
    options.stream().map(Option::getLongOpt).filter(asked::has).forEach(option -> details.put(option, asked.get(option, "yes")));
    if (asked.isForPrograms() && kind != Question.Kind.LOGS) {
      details.put("json", "yes");
    }
    try (OpenFleet fleet = OpenFleet.open(context)) {
      Reply reply = fleet.link().ask(host, new Question(kind, details), LIMIT);
      if (reply.isAnswered()) {
        context.say(reply.text());
        if (asked.isForPrograms()) {
          context.tell(kind == Question.Kind.LOGS ? new Document().put("host", host).put("lines", reply.text().lines().toList())
              : Document.read(host + "'s answer", reply.text()));
        }
      } else {
        context.warn(host + ": " + reply.text());
      }
      return reply.isAnswered();
    }
  }
}

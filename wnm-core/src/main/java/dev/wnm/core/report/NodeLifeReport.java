package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Table;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.internal.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The answer to {@code --explain} of a node: who it is, what is believed of it and on what evidence, how it came, what comes next, and
 * what was done to it and befell it, the newest first. Text, or JSON.
 */
public final class NodeLifeReport {
  private static final int WIDTH_OF_LABELS = 18;
  private static final int MOST_EVENTS = 20;
  private static final List<Column<NodeLine>> IDENTITY =
      NodeColumns.ALL.named("program", "version", "port", "metrics_port", "browser_port", "root_dir", "log_dir", "binary", "wallet", "peer_id",
          "manager_type", "user", "group", "pid");
  private static final List<Column<NodeLine>> MEASURED = NodeColumns.ALL.named("up_since", "restarts", "peers", "records", "memory", "cpu", "disk");

  private NodeLifeReport() {}

  /** @throws BadInputException for a format that it does not have */
  public static String print(List<NodeStory> stories, ReportFormat format) {
    return switch (format) {
      case TEXT -> stories.stream().map(NodeLifeReport::text).collect(Collectors.joining("\n\n"));
      case JSON -> {
        JsonArray array = new JsonArray();
        stories.forEach(story -> array.add(json(story)));
        yield Json.pretty(array);
      }
      default -> throw new BadInputException("--explain has no --report_format " + format.name().toLowerCase(Locale.ROOT).replace('_', '-')
          + "; it has text and json");
    };
  }

  private static String text(NodeStory story) {
    List<String> lines = new ArrayList<>();
    Optional<NodeLine> line = story.line();
    if (line.isEmpty()) {
      lines.add(PlainText.of(story.name()) + " is there no more; this is what is kept of it");
    } else {
      NodeBelief belief = NodeBelief.of(line.get().node(), story.now());
      lines.add(PlainText.of(story.name() + " is " + belief.state() + ": " + belief.evidence()));
      lines.add("");
      if (line.get().node().status() != NodeStatus.UNREADABLE) {
        IDENTITY.stream().filter(column -> column.isThere(line.get())).forEach(column -> lines.add(label(column.title(), column.inFull(line.get()))));
        line.get().supervision().ifPresent(words -> lines.add(label("Its manager", words)));
        lines.add(label("Measured", measured(line.get())));
      }
    }
    lines.add(label("Came", came(story)));
    story.next().forEach(clause -> lines.add(label("Next", clause)));
    lines.add("");
    List<HistoryLine> course = story.course();
    course.stream().limit(MOST_EVENTS).forEach(event -> lines.add(PlainText.of(sentence(event))));
    if (course.isEmpty()) {
      lines.add("nothing is kept of what was done to it or befell it");
    } else if (course.size() > MOST_EVENTS) {
      lines.add("… and " + (course.size() - MOST_EVENTS) + " earlier; --json has them all");
    }
    return String.join("\n", lines);
  }

  private static String label(String title, String text) {
    return String.format(Locale.ROOT, "%-" + WIDTH_OF_LABELS + "s%s", title + ": ", PlainText.of(text));
  }

  private static String measured(NodeLine line) {
    String known = MEASURED.stream().filter(column -> column.isThere(line)).map(column -> column.title().toLowerCase(Locale.ROOT).replace("cpu", "CPU")
        + " " + column.inFull(line)).collect(Collectors.joining(", "));
    return known.isEmpty() ? "nothing is known of what it does" : known;
  }

  private static String came(NodeStory story) {
    Optional<PastOperation> added = story.added();
    if (added.isEmpty()) {
      Optional<Node> node = story.line().map(NodeLine::node).filter(made -> made.createdAt().getEpochSecond() > 0);
      return node.map(made -> "made " + Human.atAndAgo(made.createdAt(), story.now()) + "; ").orElse("")
          + "by which decision, or whom, is not kept" + node.map(made -> ": it was taken over, or that is too long ago").orElse("");
    }
    return "added " + Human.atAndAgo(added.get().begun(), story.now()) + ", " + asked(added.get())
        + story.life().addedBy().filter(decision -> !decision.notMore().isEmpty())
            .map(decision -> "; no more were, because " + String.join("; ", decision.notMore())).orElse("");
  }

  private static String asked(PastOperation operation) {
    String reason = operation.motive().reason();
    String account = operation.motive().askedBy();
    return account.isEmpty() ? "by wnm itself" + (operation.motive().decision().isPresent() ? ", decision " + operation.motive().decision().getAsLong() : "")
        + (reason.isEmpty() ? "" : ": " + reason) : "by hand, by " + account + (reason.isEmpty() ? "" : ": " + reason);
  }

  private static String sentence(HistoryLine event) {
    String result = event.result().map(ending -> switch (ending) {
      case DONE -> "";
      case FAILED -> " failed";
      case OPEN -> " has not ended yet, or was cut off";
    }).orElse("");
    String why = event.motive().reason().isEmpty() ? "" : ": " + event.motive().reason();
    return Human.at(event.at()) + ", " + Human.ago(event.at(), event.now()) + "  " + event.what() + result
        + event.took().map(took -> " after " + Human.took(took)).filter(words -> event.result().equals(Optional.of(PastOperation.Ending.FAILED))).orElse("")
        + why + (event.motive().askedBy().isEmpty() ? "" : " (asked by " + event.motive().askedBy() + ")")
        + (event.detail().isEmpty() ? "" : "; " + event.detail());
  }

  private static JsonObject json(NodeStory story) {
    JsonObject json = new JsonObject();
    json.addProperty("name", story.name());
    json.add("node", story.line().<JsonElement>map(line -> Table.json(NodeColumns.ALL.all(), line)).orElse(JsonNull.INSTANCE));
    json.add("believed", story.line().<JsonElement>map(line -> {
      NodeBelief belief = NodeBelief.of(line.node(), story.now());
      JsonObject believed = new JsonObject();
      believed.addProperty("state", belief.state());
      believed.addProperty("evidence", belief.evidence());
      believed.addProperty("at", Human.at(line.node().statusAt()));
      return believed;
    }).orElse(JsonNull.INSTANCE));
    json.add("added", story.added().<JsonElement>map(added -> Table.json(HistoryLine.ALL.all(), HistoryLine.of(added, story.now()))).orElse(JsonNull.INSTANCE));
    json.add("added_by", story.life().addedBy().<JsonElement>map((PastDecision decision) ->
        Table.json(HistoryLine.ALL.all(), HistoryLine.of(decision, story.now()))).orElse(JsonNull.INSTANCE));
    JsonArray next = new JsonArray();
    story.next().stream().map(JsonPrimitive::new).forEach(next::add);
    json.add("next", next);
    JsonArray life = new JsonArray();
    story.course().forEach(event -> life.add(Table.json(HistoryLine.ALL.all(), event)));
    json.add("life", life);
    return json;
  }
}

package dev.wnm.fleet.model;

import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.Texts;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostState.Groups;
import dev.wnm.fleet.model.HostState.Nodes;
import dev.wnm.fleet.model.HostState.Outlook;
import dev.wnm.fleet.model.HostState.Resource;
import dev.wnm.fleet.model.HostState.Run;
import dev.wnm.fleet.model.HostState.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@link HostState} as a text. A reader of version 1 reads what later versions of it write, and passes over what it does not know. */
public final class HostStateJson {
  /** Of the format. */
  private static final int VERSION = 1;
  /** Longer states are not read: one that is written is a tenth of it. */
  private static final int LONGEST = 65_536;
  private static final int LONGEST_SENTENCE = 400;
  private static final int LONGEST_WORD = 64;
  private static final int MOST_TROUBLES = 5;
  private static final int MOST_GROUPS = 64;
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(7);

  private HostStateJson() {}

  /** The text of it, in one line. */
  public static String write(HostState state) {
    Run run = state.run();
    Nodes nodes = state.nodes();
    Outlook outlook = state.outlook();
    JsonOut json = new JsonOut().put("v", VERSION).put("host", state.host().text()).put("id", run.hostId()).put("boot", run.bootId())
        .put("seq", run.sequence()).put("time", state.at()).put("every", state.interval().toSeconds()).put("wnm", state.wnm())
        .put("labels", state.labels().values())
        .put("nodes", new JsonOut().put("status", nodes.byStatus()).put("versions", nodes.byVersion()).put("cap", nodes.cap())
            .put("troubled", nodes.troubled()).putTime("looked_at", nodes.lookedAt()))
        .putParts("resources", state.resources().stream().map(HostStateJson::write).toList())
        .put("outlook", new JsonOut().put("verdict", outlook.verdict()).put("sentence", cut(outlook.sentence()))
            .putParts("troubles", outlook.troubles().stream().limit(MOST_TROUBLES)
                .map(trouble -> new JsonOut().put("word", Texts.plain(trouble.word(), LONGEST_WORD)).put("what", cut(trouble.what())).put("mend", cut(trouble.mend()))).toList())
            .putTexts("next", outlook.next().stream().map(HostStateJson::cut).toList())
            .putTexts("why_not_more", outlook.whyNotMore().stream().map(HostStateJson::cut).toList())
            .put("last", cut(outlook.last())).putTime("last_at", outlook.lastAt()))
        .put("limits", state.limits())
        .put("wish", new JsonOut().put("generation", state.answer().generation()).put("outcome", state.answer().outcome().name())
            .put("reason", cut(state.answer().reason())));
    state.groups().ifPresent(groups -> json.put("groups", new JsonOut().put("size", groups.size()).put("port_start", groups.portStart())
        .put("blocks", groups.allowed().toString()).putParts("there", groups.there().stream().limit(MOST_GROUPS)
            .map(group -> new JsonOut().put("name", group.name()).put("block", group.block()).put("nodes", group.nodes())).toList())));
    run.twin().ifPresent(boot -> json.put("twin", boot));
    return json.toString();
  }

  private static JsonOut write(Resource resource) {
    return new JsonOut().put("name", resource.name()).put("state", resource.state()).put("used", resource.used()).put("room", resource.room())
        .put("pressure", resource.pressure()).put("nodes", resource.roomForNodes());
  }

  private static String cut(String text) {
    return Texts.plain(text, LONGEST_SENTENCE);
  }

  /** @throws UnreadableException when it is none, or one of a version that cannot be read */
  public static HostState read(String text) throws UnreadableException {
    JsonPart json = JsonPart.parse("the state", text, LONGEST);
    if (json.number("v") != VERSION) {
      throw new UnreadableException("the state is of version " + json.number("v") + ", and this wnm reads version " + VERSION);
    }
    try {
      Run run = new Run(json.text("id", LONGEST_WORD), json.text("boot", LONGEST_WORD), json.number("seq"),
          json.optionalText("twin").map(boot -> Texts.plain(boot, LONGEST_WORD)));
      return new HostState(new HostName(json.text("host", LONGEST_WORD)), run, json.time("time"), new Labels(json.textsByName("labels", LONGEST_WORD)),
          json.text("wnm", LONGEST_WORD, "unknown"), interval(json), nodes(json.part("nodes")), resources(json), outlook(json.part("outlook")),
          json.textsByName("limits", LONGEST_WORD), groups(json), answer(json.part("wish")));
    } catch (IllegalArgumentException wrong) {
      throw new UnreadableException(String.valueOf(wrong.getMessage()));
    }
  }

  private static Duration interval(JsonPart json) throws UnreadableException {
    Duration said = Duration.ofSeconds(json.count("every"));
    return said.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : said.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : said;
  }

  private static Nodes nodes(JsonPart json) throws UnreadableException {
    return new Nodes(json.countsByName("status", LONGEST_WORD), json.countsByName("versions", LONGEST_WORD), json.optionalCount("cap"),
        json.optionalCount("troubled"), json.optionalTime("looked_at"));
  }

  private static List<Resource> resources(JsonPart json) throws UnreadableException {
    List<Resource> resources = new ArrayList<>();
    for (JsonPart part : json.parts("resources")) {
      OptionalDouble used = part.optionalDecimal("used");
      resources.add(new Resource(part.text("name", LONGEST_WORD), part.text("state", LONGEST_WORD, "unknown"), used, part.optionalDecimal("room"),
          part.optionalDecimal("pressure"), part.optionalNumber("nodes")));
    }
    return resources;
  }

  private static Outlook outlook(JsonPart json) throws UnreadableException {
    List<Trouble> troubles = new ArrayList<>();
    for (JsonPart part : json.parts("troubles")) {
      troubles.add(new Trouble(part.text("word", LONGEST_WORD, ""), part.text("what", LONGEST_SENTENCE), part.text("mend", LONGEST_SENTENCE, "")));
    }
    return new Outlook(json.text("verdict", LONGEST_WORD, "unknown"), json.text("sentence", LONGEST_SENTENCE, ""), troubles,
        json.texts("next", LONGEST_SENTENCE), json.texts("why_not_more", LONGEST_SENTENCE), json.text("last", LONGEST_SENTENCE, ""),
        json.optionalTime("last_at"));
  }

  private static Optional<Groups> groups(JsonPart json) throws UnreadableException {
    Optional<JsonPart> part = json.optionalPart("groups");
    return part.isEmpty() ? Optional.empty() : Optional.of(GroupsJson.read(part.get()));
  }

  private static WishAnswer answer(JsonPart json) throws UnreadableException {
    return new WishAnswer(json.number("generation"), WishAnswer.Outcome.valueOf(json.text("outcome", LONGEST_WORD)),
        json.text("reason", LONGEST_SENTENCE, ""));
  }
}

package dev.wnm.fleet.rollout;

import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.WantedProgram;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@link RollOut} as a text. */
public final class RollOutJson {
  private static final int VERSION = 1;
  private static final int LONGEST = 1_000_000;
  private static final int LONGEST_WORD = 200;
  private static final int LONGEST_SENTENCE = 2_000;

  private RollOutJson() {}

  /** The text of it, in one line. */
  public static String write(RollOut rollOut) {
    RollOut.Order order = rollOut.order();
    List<JsonOut> waves = rollOut.waves().stream().map(hosts -> new JsonOut().putParts("hosts", hosts.stream().map(host -> write(rollOut, host)).toList()))
        .toList();
    return new JsonOut().put("v", VERSION).put("id", rollOut.id())
        .put("order", new JsonOut().put("version", order.program().version()).put("sha256", order.program().sha256()).put("gate", order.gate().text())
            .put("soak", order.soak().toSeconds()).put("patience", order.patience().toSeconds()).put("most_silent", order.mostSilentPercent()))
        .putParts("waves", waves).put("at", rollOut.at()).put("stage", rollOut.stage().name()).put("since", rollOut.since())
        .put("state", rollOut.state().name()).put("why", rollOut.why()).put("owner", rollOut.owner()).toString();
  }

  private static JsonOut write(RollOut rollOut, HostName host) {
    JsonOut json = new JsonOut().put("name", host.text());
    if (rollOut.before().containsKey(host)) {
      json.put("before", rollOut.before().get(host));
    }
    rollOut.earlierOf(host).ifPresent(program -> json.put("version", program.version()).put("sha256", program.sha256()));
    return json;
  }

  /** @throws UnreadableException when it is none */
  public static RollOut read(String text) throws UnreadableException {
    JsonPart json = JsonPart.parse("the roll-out", text, LONGEST);
    if (json.number("v") != VERSION) {
      throw new UnreadableException("the roll-out is of version " + json.number("v") + ", and this wnm reads version " + VERSION);
    }
    try {
      JsonPart order = json.part("order");
      Map<HostName, Integer> before = new HashMap<>();
      Map<HostName, WantedProgram> earlier = new TreeMap<>();
      List<List<HostName>> waves = new ArrayList<>();
      for (JsonPart wave : json.parts("waves")) {
        waves.add(hosts(wave, before, earlier));
      }
      return new RollOut(json.text("id", LONGEST_WORD),
          new RollOut.Order(new WantedProgram(order.text("version", LONGEST_WORD), order.text("sha256", LONGEST_WORD)),
              new Gate(order.text("gate", LONGEST_SENTENCE)), Duration.ofSeconds(order.number("soak")), Duration.ofSeconds(order.number("patience")),
              order.count("most_silent")),
          waves, json.count("at"), RollOut.Stage.valueOf(json.text("stage", LONGEST_WORD)), Instant.ofEpochSecond(json.number("since")),
          RollOut.State.valueOf(json.text("state", LONGEST_WORD)), json.text("why", LONGEST_SENTENCE, ""), json.text("owner", LONGEST_WORD), before, earlier);
    } catch (IllegalArgumentException wrong) {
      throw new UnreadableException(String.valueOf(wrong.getMessage()));
    }
  }

  private static List<HostName> hosts(JsonPart wave, Map<HostName, Integer> before, Map<HostName, WantedProgram> earlier) throws UnreadableException {
    List<HostName> hosts = new ArrayList<>();
    for (JsonPart part : wave.parts("hosts")) {
      HostName host = new HostName(part.text("name", LONGEST_WORD));
      hosts.add(host);
      part.optionalCount("before").ifPresent(nodes -> before.put(host, nodes));
      if (part.isThere("version")) {
        earlier.put(host, new WantedProgram(part.text("version", LONGEST_WORD), part.text("sha256", LONGEST_WORD)));
      }
    }
    return hosts;
  }
}

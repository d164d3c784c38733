package dev.wnm.fleet.transport;

import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.Texts;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a host is given so that it can join: it has the host's key in it, and is for nobody else's eyes.
 *
 * @param fleet which fleet
 * @param transport by which it is reached
 * @param host what the host is called there
 * @param labels what operators say of it
 * @param parts what the transport needs, by name: texts of one line each
 */
public record Invitation(String fleet, String transport, HostName host, Labels labels, Map<String, String> parts) {
  private static final int VERSION = 1;
  private static final int LONGEST = 1 << 20;
  private static final int LONGEST_WORD = 200;

  public Invitation {
    parts = Map.copyOf(new TreeMap<>(parts));
    parts.forEach((name, part) -> {
      if (!Texts.plain(part, LONGEST).equals(part)) {
        throw new IllegalArgumentException("the part " + name + " of an invitation must be a text of one line");
      }
    });
  }

  /** A text of it. */
  public String text() {
    return new JsonOut().put("v", VERSION).put("fleet", fleet).put("transport", transport).put("host", host.text()).put("labels", labels.values())
        .put("parts", parts).toString();
  }

  /** @throws UnreadableException when it is none */
  public static Invitation read(String text) throws UnreadableException {
    JsonPart json = JsonPart.parse("the invitation", text, LONGEST);
    if (json.number("v") != VERSION) {
      throw new UnreadableException("the invitation is of version " + json.number("v") + ", and this wnm reads version " + VERSION);
    }
    try {
      return new Invitation(json.text("fleet", LONGEST_WORD), json.text("transport", LONGEST_WORD), new HostName(json.text("host", LONGEST_WORD)),
          new Labels(json.textsByName("labels", LONGEST_WORD)), json.textsByName("parts", LONGEST));
    } catch (IllegalArgumentException wrong) {
      throw new UnreadableException(String.valueOf(wrong.getMessage()));
    }
  }

  /** A part. @throws FleetException when it has none of this name */
  public String part(String name) throws FleetException {
    String part = parts.get(name);
    if (part == null) {
      throw new FleetException("the invitation says nothing of " + name + "; ask for a new one");
    }
    return part;
  }
}

package dev.wnm.fleet.model;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import java.util.Optional;

/** {@link Wish} as a text. */
public final class WishJson {
  private static final int VERSION = 1;
  private static final int LONGEST = 65_536;
  private static final int LONGEST_WORD = 200;

  private WishJson() {}

  /** The text of it, in one line. */
  public static String write(Wish wish) {
    JsonOut json = new JsonOut().put("v", VERSION).put("host", wish.host().text()).put("generation", wish.generation()).put("by", wish.by())
        .put("time", wish.at()).put("settings", wish.settings()).put("hold", wish.hold());
    wish.program().ifPresent(program -> json.put("program", new JsonOut().put("version", program.version()).put("sha256", program.sha256())));
    wish.blocks().ifPresent(blocks -> json.put("blocks", blocks.toString()));
    return json.toString();
  }

  /** @throws UnreadableException when it is none, or one of a version that cannot be read */
  public static Wish read(String text) throws UnreadableException {
    JsonPart json = JsonPart.parse("the wish", text, LONGEST);
    if (json.number("v") != VERSION) {
      throw new UnreadableException("the wish is of version " + json.number("v") + ", and this wnm reads version " + VERSION);
    }
    try {
      Optional<JsonPart> program = json.optionalPart("program");
      Optional<WantedProgram> wanted = program.isEmpty() ? Optional.empty()
          : Optional.of(new WantedProgram(program.get().text("version", LONGEST_WORD), program.get().text("sha256", LONGEST_WORD)));
      return new Wish(new HostName(json.text("host", LONGEST_WORD)), json.number("generation"), json.text("by", LONGEST_WORD), json.time("time"),
          json.textsByName("settings", LONGEST_WORD), wanted, blocks(json), json.isTrue("hold"));
    } catch (IllegalArgumentException wrong) {
      throw new UnreadableException(String.valueOf(wrong.getMessage()));
    }
  }

  private static Optional<BlockList> blocks(JsonPart json) throws UnreadableException {
    Optional<String> text = json.optionalText("blocks");
    Optional<BlockList> blocks = text.flatMap(BlockList::parse);
    if (text.isPresent() && blocks.isEmpty()) {
      throw new UnreadableException("the blocks of the wish must be such as 1-3,7");
    }
    return blocks;
  }
}

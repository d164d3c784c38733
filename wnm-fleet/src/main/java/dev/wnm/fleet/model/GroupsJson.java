package dev.wnm.fleet.model;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import java.util.ArrayList;
import java.util.List;

/** {@link HostState.Groups} in JSON, as states and {@code wnm --report status --json} have them. */
public final class GroupsJson {
  private static final int LONGEST_WORD = 64;
  private static final int LONGEST_BLOCKS = 2_000;

  private GroupsJson() {}

  /** @throws UnreadableException when it is none */
  public static HostState.Groups read(JsonPart json) throws UnreadableException {
    List<HostState.Group> there = new ArrayList<>();
    for (JsonPart part : json.parts("there")) {
      int block = part.count("block");
      if (block < 1 || block > BlockList.HIGHEST) {
        throw new UnreadableException("block " + block + " of a group is none from 1 to " + BlockList.HIGHEST);
      }
      there.add(new HostState.Group(part.text("name", LONGEST_WORD), block, part.count("nodes")));
    }
    BlockList allowed = BlockList.parse(json.text("blocks", LONGEST_BLOCKS))
        .orElseThrow(() -> new UnreadableException("the blocks of its groups must be such as 1-3,7"));
    try {
      return new HostState.Groups(json.count("size"), json.count("port_start"), allowed, there);
    } catch (IllegalArgumentException wrong) {
      throw new UnreadableException(String.valueOf(wrong.getMessage()));
    }
  }
}

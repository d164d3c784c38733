package dev.wnm.programs;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.wnm.spi.program.NodeView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The data folder of an ant-node, read while it runs.
 *
 * @param view how it is looked at
 * @param folder the data folder
 */
record NodeFiles(NodeView view, Path folder) {
  private static final String ROUTING = "routing_snapshot.json";
  private static final int MOST_BYTES_OF_ROUTING = 4 * 1024 * 1024;
  /** Chunks are {@code chunks/<last two hex digits>/<64 hex digits>}. */
  private static final String CHUNKS = "chunks";
  private static final Pattern SHARD = Pattern.compile("[0-9a-f]{2}");
  private static final Pattern CHUNK = Pattern.compile("[0-9a-f]{64}");

  /** How many peers its routing table had when it was written last: after joining, every ten minutes, and at a stop. */
  Optional<Long> routingPeers() throws IOException {
    Optional<byte[]> file = view.read(folder.resolve(ROUTING), MOST_BYTES_OF_ROUTING);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonObject snapshot = new Gson().fromJson(new String(file.get(), StandardCharsets.UTF_8), JsonObject.class);
      return snapshot != null && snapshot.get("peers") instanceof JsonArray peers ? Optional.of((long) peers.size()) : Optional.empty();
    } catch (JsonParseException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /** How many records it stores, by their names; not known where there is no place for them, as on a disk that is not mounted. */
  Optional<Long> records() throws IOException {
    if (!view.names(folder).contains(CHUNKS)) {
      return Optional.empty();
    }
    Path chunks = folder.resolve(CHUNKS);
    long count = 0;
    for (String shard : view.names(chunks)) {
      if (SHARD.matcher(shard).matches()) {
        count += view.names(chunks.resolve(shard)).stream().filter(name -> CHUNK.matcher(name).matches()).count();
      }
    }
    return Optional.of(count);
  }
}

package dev.wnm.web.api;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.work.Work;
import java.util.List;
import java.util.Optional;

/**
 * How far the work of an order has come.
 *
 * @param work what is known of it
 * @param latest the node that was begun last of those under way, or that was under way last; empty before the first one
 */
record Progress(Work work, Optional<String> latest) {
  /** This, and then that. */
  static Progress after(Optional<Progress> before, Work now) {
    List<String> underWay = now.underWay();
    return new Progress(now, underWay.isEmpty() ? before.flatMap(Progress::latest) : Optional.of(underWay.get(underWay.size() - 1)));
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("doing", work.phrase());
    json.addProperty("total", work.total());
    json.addProperty("done", work.done());
    json.addProperty("failed", work.failed());
    json.addProperty("under_way", work.underWay().size());
    json.add("latest", latest.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
    return json;
  }
}

package dev.wnm.fleet.site;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.report.table.Selection;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.rollout.Driver;
import dev.wnm.fleet.rollout.Figures;
import dev.wnm.fleet.rollout.Lane;
import dev.wnm.fleet.rollout.RollOut;
import dev.wnm.fleet.view.HostColumns;
import dev.wnm.fleet.view.HostRow;
import dev.wnm.web.http.Answer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A fleet for programs: its hosts as they said themselves, what is believed of them, and its roll-out. What is not known is null. */
public final class FleetJson {
  private FleetJson() {}

  /**
   * A fleet.
   *
   * @param trouble why the sight is old; empty when it is not
   * @param where a condition on hosts, in the language of {@code --where}; empty for all of them
   * @throws dev.wnm.spi.config.BadInputException when it is none
   */
  static Answer answer(Sight sight, String trouble, String where) {
    Selection.Asked nothing = new Selection.Asked("", "");
    Selection.Selected<HostRow> selected = Selection.of(HostColumns.of(sight.rows()), new Selection.Asked("where", where), nothing, nothing, sight.at())
        .of(sight.rows());
    JsonObject json = new JsonObject();
    json.addProperty("time", sight.at().getEpochSecond());
    json.addProperty("trouble", trouble);
    json.addProperty("of", selected.of());
    json.addProperty("unknown", selected.unknown());
    JsonArray hosts = new JsonArray();
    selected.rows().forEach(row -> hosts.add(host(row)));
    json.add("hosts", hosts);
    json.add("rollout", sight.rollOut().<JsonElement>map(rollOut -> rollOut(rollOut, sight)).orElse(JsonNull.INSTANCE));
    return Answer.json(json.toString());
  }

  private static JsonObject host(HostRow row) {
    JsonObject json = new JsonObject();
    json.addProperty("name", row.name().text());
    json.addProperty("belief", row.belief().word());
    json.add("heard", row.heard().<JsonElement>map(at -> new JsonPrimitive(at.getEpochSecond())).orElse(JsonNull.INSTANCE));
    json.add("room", row.state().<JsonElement>map(state -> state.room().isPresent() ? new JsonPrimitive(state.room().getAsLong()) : JsonNull.INSTANCE)
        .orElse(JsonNull.INSTANCE));
    json.add("site", row.state().<JsonElement>map(state -> new JsonPrimitive(state.labels().site(state.host()))).orElse(JsonNull.INSTANCE));
    json.add("remarks", texts(row.remarks()));
    json.add("state", row.state().<JsonElement>map(state -> JsonParser.parseString(HostStateJson.write(state))).orElse(JsonNull.INSTANCE));
    return json;
  }

  /** A roll-out, with how its hosts do. */
  public static JsonObject rollOut(RollOut rollOut, Sight sight) {
    Driver.Step step = Driver.step(rollOut, sight.rows(), sight.at());
    Figures figures = step.figures();
    JsonObject json = new JsonObject();
    json.addProperty("id", rollOut.id());
    json.addProperty("version", rollOut.order().program().version());
    json.addProperty("state", rollOut.state().name().toLowerCase(Locale.ROOT));
    json.addProperty("owner", rollOut.owner());
    json.addProperty("words", step.words());
    json.addProperty("gate", rollOut.order().gate().text());
    json.add("running_percent", number(figures.runningPercent()));
    json.add("dead_percent", number(figures.deadPercent()));
    json.addProperty("figures", figures.inWords());
    JsonArray waves = new JsonArray();
    Lane.of(rollOut, sight.rows()).forEach(wave -> {
      JsonArray hosts = new JsonArray();
      wave.forEach(place -> hosts.add(place(place)));
      waves.add(hosts);
    });
    json.add("waves", waves);
    return json;
  }

  private static JsonObject place(Lane.Place place) {
    JsonObject json = new JsonObject();
    json.addProperty("host", place.host().text());
    json.addProperty("phase", place.phase().name().toLowerCase(Locale.ROOT));
    json.addProperty("updated", place.updated());
    json.addProperty("running", place.running());
    return json;
  }

  private static JsonElement number(Optional<BigDecimal> value) {
    return value.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE);
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}

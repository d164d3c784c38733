package dev.wnm.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.web.api.OrderApi;
import dev.wnm.web.http.EventStreams;
import dev.wnm.web.http.Routes;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API answers, held to its description, which programs of others are made by. */
class ApiTest {
  @TempDir
  private static Path home;
  private static ServedColony served;
  private static JsonObject description;

  @BeforeAll
  static void aColonyWithAPast() throws Exception {
    served = new ServedColony(home).grown();
    description = served.json("openapi.json").getAsJsonObject();
    HttpResponse<String> order = served.post("orders", "{\"action\": \"stop\", \"nodes\": [2]}");
    assertThat(order.statusCode()).as(order.body()).isEqualTo(202);
    served.served("orders/1", json -> json.getAsJsonObject().get("state").getAsString().equals("done"));
    served.machine.kill(1);
    while (served.json("incidents").getAsJsonArray().isEmpty()) {
      served.cycle();
    }
  }

  @AfterAll
  static void nothingIsServedAnyMore() {
    served.close();
  }

  private static JsonObject paths() {
    return description.getAsJsonObject("paths");
  }

  @Test
  void eachPathIsDescribedAndNoOther() {
    Set<String> described = new TreeSet<>();
    paths().asMap().forEach((path, methods) -> methods.getAsJsonObject().keySet()
        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    Set<String> there = new TreeSet<>(routes());
    there.add("GET " + Site.API + "/events");
    assertThat(described).isEqualTo(there);
  }

  /** Without the files of the page. */
  private static Set<String> routes() {
    EventStreams streams = new EventStreams();
    Routes routes = Site.routes(served.live(), new OrderApi(served.live(), streams), streams);
    return routes.all().stream().filter(route -> !route.equals("GET /") && !route.startsWith("GET /assets/")).collect(Collectors.toSet());
  }

  @Test
  void eachAnswerIsAsDescribed() {
    Map<String, List<String>> faults = new TreeMap<>();
    Set<String> asked = new TreeSet<>();
    String decision = served.json("decisions?acted=yes").getAsJsonArray().get(0).getAsJsonObject().get("id").getAsString();
    Map<String, List<String>> examples = Map.of(
        "/api/v1/nodes", List.of("", "?filter=status%3DRUNNING&sort=-id", "?columns=id,peers,supervision"),
        "/api/v1/nodes/{id}", List.of("1", "2"), "/api/v1/nodes/{id}/course", List.of("1?since=30d", "2"), "/api/v1/nodes/{id}/log", List.of("1?lines=3", "2"),
        "/api/v1/decisions/{id}", List.of(decision), "/api/v1/orders/{id}", List.of("1"), "/api/v1/why-not/{action}", List.of("add", "start", "upgrade"),
        "/api/v1/what-if", List.of("?set=cpu_less_than%3D60&since=1h"), "/api/v1/operations", List.of("", "?node=1&limit=2", "?decision=" + decision));
    Schemas schemas = new Schemas(description);
    for (String path : paths().keySet()) {
      JsonElement schema = jsonOf(paths().getAsJsonObject(path));
      if (!schema.isJsonNull()) {
        for (String example : examples.getOrDefault(path, List.of(""))) {
          String url = path.contains("{") ? path.replaceFirst("\\{[a-z]+}", example.replaceAll("\\?.*", "")) + example.replaceFirst("^[^?]*", "") : path + example;
          HttpResponse<String> answer = served.get(url);
          assertThat(answer.statusCode()).as(url + " " + answer.body()).isEqualTo(200);
          List<String> wrong = schemas.faults(schema, JsonParser.parseString(answer.body()));
          if (!wrong.isEmpty()) {
            faults.put(url, wrong);
          }
        }
        asked.add(path);
      }
    }
    assertThat(faults).isEmpty();
    assertThat(asked).hasSizeGreaterThan(16);
    Set<String> answered = new TreeSet<>(description.getAsJsonObject("components").getAsJsonObject("schemas").keySet());
    answered.removeAll(Set.of("Problem", "Order", "Settings", "SnapshotEvent"));
    assertThat(schemas.used()).as("each was found in an answer").isEqualTo(answered);
  }

  private static JsonElement jsonOf(JsonObject path) {
    JsonObject content = path.getAsJsonObject("get").getAsJsonObject("responses").getAsJsonObject("200").getAsJsonObject("content");
    return content.has("application/json") ? content.getAsJsonObject("application/json").get("schema") : JsonNull.INSTANCE;
  }

  @Test
  void eachFieldSaysWhatItIsAndEachNameThatItRefersToIsThere() {
    List<String> silent = new ArrayList<>();
    look(description, "$", silent);
    assertThat(silent).isEmpty();
  }

  private static void look(JsonElement element, String where, List<String> silent) {
    if (element instanceof JsonArray array) {
      array.forEach(each -> look(each, where, silent));
    } else if (element instanceof JsonObject object) {
      if (object.has("$ref")) {
        new Schemas(description).resolve(object);
      }
      boolean hasFields = object.has("properties") && object.has("type");
      if (hasFields) {
        object.getAsJsonObject("properties").asMap().forEach((name, field) -> {
          if (!field.getAsJsonObject().has("description")) {
            silent.add(where + "." + name);
          }
        });
      }
      object.asMap().forEach((name, each) -> look(each, where + "." + name, silent));
    }
  }

  @Test
  void refusalsAreProblemsAsDescribed() {
    Schemas schemas = new Schemas(description);
    JsonElement problem = description.getAsJsonObject("components").getAsJsonObject("schemas").get("Problem");
    for (String path : List.of("nodes/99", "nodes/x", "nothing", "nodes?colour=red", "nodes?filter=colour%3Dred", "machine?points=0",
        "machine?since=soon", "machine?from=2&until=1", "decisions/99999", "orders/77", "why-not/fly", "what-if?set=cpu", "what-if?set=colour%3Dred",
        "what-if?set=cpu_less_than%3Dred", "nodes/1/log?lines=0", "status?x=1", "operations?node=0", "columns?x=1", "settings?x=1",
        "decisions/1?x=1", "orders/1?x=1", "orders?x=1", "openapi.json?x=1", "decisions?acted=perhaps")) {
      HttpResponse<String> answer = served.get("/api/v1/" + path);
      assertThat(answer.statusCode()).as(path).isBetween(400, 404);
      assertThat(answer.headers().firstValue("Content-Type")).as(path).contains("application/problem+json");
      assertThat(schemas.faults(problem, JsonParser.parseString(answer.body()))).as(path).isEmpty();
      assertThat(JsonParser.parseString(answer.body()).getAsJsonObject().get("detail").getAsString()).as(path).isNotBlank()
          .doesNotContain("Exception", "dev.wnm", "null");
    }
  }

  @Test
  void theRefusalOfASettingSaysWhichAndWhatIsAllowed() {
    HttpResponse<String> answer = served.get("/api/v1/what-if?set=cpu_less_than%3Dred");
    assertThat(answer.body()).contains("cpu_less_than", "red");
  }

  @Test
  void itIsReadyOnceACycleIsOver() {
    assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(served.get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void itIsNotReadyBeforeTheFirstCycleAndSaysSo(@TempDir Path other) throws Exception {
    try (ServedColony fresh = new ServedColony(other)) {
      assertThat(fresh.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(fresh.get("/healthz").statusCode()).isEqualTo(200);
      JsonObject status = fresh.json("status").getAsJsonObject();
      assertThat(status.get("last_cycle").isJsonNull()).isTrue();
      JsonObject watch = status.getAsJsonObject("watch");
      assertThat(watch.get("last_end").isJsonNull()).isTrue();
      assertThat(watch.get("last_took_seconds").isJsonNull()).as("no cycle took 0 s").isTrue();
      assertThat(fresh.json("nodes").getAsJsonObject().getAsJsonArray("rows")).isEmpty();
      List<String> faults = new Schemas(description).faults(jsonOf(paths().getAsJsonObject("/api/v1/status")), status);
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void whatIsUnknownIsNullAndNotNothing(@TempDir Path other) throws Exception {
    try (ServedColony colony = new ServedColony(other).grown()) {
      colony.forgetMemory();
      colony.machine.garble(1);
      colony.machine.pretend(1, new ProcessState.Unknown("nobody knows"));
      for (int i = 0; i < 3; i++) {
        colony.cycle();
      }
      colony.advance(Duration.ofMinutes(1));
      JsonObject status = colony.served("status", json -> resource(json, "memory").get("used").isJsonNull()).getAsJsonObject();
      assertThat(resource(status, "memory").get("state").getAsString()).isEqualTo("unknown");
      assertThat(resource(status, "CPU").get("used").getAsDouble()).isEqualTo(10);
      JsonObject machine = colony.json("machine").getAsJsonObject();
      JsonArray memory = machine.getAsJsonObject("used_mem_percent").getAsJsonArray("mean");
      assertThat(memory.get(memory.size() - 1).isJsonNull()).isTrue();
      assertThat(machine.getAsJsonObject("netio_read_bytes").getAsJsonArray("mean")).allMatch(JsonElement::isJsonNull);
      JsonObject node = colony.json("nodes?filter=id%3D1&columns=id,peers,records,status,missed_probes").getAsJsonObject().getAsJsonArray("rows").get(0)
          .getAsJsonObject();
      assertThat(node.get("status").getAsString()).isEqualTo("UNKNOWN");
      assertThat(node.get("connected_peers").isJsonNull()).as(node.toString()).isTrue();
      Schemas schemas = new Schemas(description);
      for (String path : List.of("status", "machine", "nodes", "states")) {
        assertThat(schemas.faults(jsonOf(paths().getAsJsonObject("/api/v1/" + path)), colony.json(path))).as(path).isEmpty();
      }
    }
  }

  private static JsonObject resource(JsonElement status, String name) {
    return status.getAsJsonObject().getAsJsonArray("resources").asList().stream().map(JsonElement::getAsJsonObject)
        .filter(resource -> resource.get("name").getAsString().equals(name)).findFirst().orElseThrow();
  }
}

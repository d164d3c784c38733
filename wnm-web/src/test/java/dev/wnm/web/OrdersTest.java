package dev.wnm.web;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.CycleLock;
import dev.wnm.core.config.Options;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.history.TimeRange;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.testkit.manager.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders over the API: the way of the command line, and no further. */
class OrdersTest {
  @TempDir
  private Path home;
  private ServedColony served;

  @BeforeEach
  void aColony() throws Exception {
    served = new ServedColony(home).grown();
  }

  @AfterEach
  void nothingIsServedAnyMore() {
    served.close();
  }

  private static JsonObject object(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  /** Places it and waits until it is over. */
  private JsonObject over(String path, String body) {
    HttpResponse<String> answer = served.post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return overNow(object(answer).get("id").getAsString());
  }

  private JsonObject overNow(String id) {
    return served.served("orders/" + id, json -> Set.of("done", "failed").contains(json.getAsJsonObject().get("state").getAsString())).getAsJsonObject();
  }

  private static String text(JsonObject order) {
    return order.getAsJsonArray("lines").toString();
  }

  private JsonArray byHand() {
    JsonArray all = new JsonArray();
    served.json("operations").getAsJsonArray().asList().stream()
        .filter(operation -> operation.getAsJsonObject().get("asked_by").getAsString().startsWith("web:")).forEach(all::add);
    return all;
  }

  private String nodeCap() throws IOException {
    try (Colony colony = served.openToRead()) {
      return colony.settings().get(Options.NODE_CAP).toString();
    }
  }

  @Test
  void withoutATokenNothingIsDone() throws IOException {
    assertThat(served.postWithoutToken("orders", "{\"action\": \"stop\", \"nodes\": [1]}").statusCode()).isEqualTo(401);
    assertThat(served.postWithoutToken("settings", "{\"node_cap\": 7}").statusCode()).isEqualTo(401);
    assertThat(served.json("orders").getAsJsonArray()).isEmpty();
    assertThat(served.machine.running()).containsExactly(1, 2);
    assertThat(nodeCap()).isEqualTo("2");
  }

  @Test
  void anOrderIsDoneAndRecordedWithWhoAsked() {
    HttpResponse<String> answer = served.post("orders", "{\"action\": \"stop\", \"nodes\": [\"antnode0001\"]}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(object(answer).get("state").getAsString()).isEqualTo("waiting");
    assertThat(object(answer).get("ended").isJsonNull()).isTrue();
    JsonObject done = overNow(object(answer).get("id").getAsString());
    assertThat(done.get("state").getAsString()).as(done.toString()).isEqualTo("done");
    assertThat(done.get("command").getAsString()).isEqualTo("wnm --force_action stop --service_name antnode0001");
    assertThat(done.get("asked_by").getAsString()).isEqualTo("admin");
    assertThat(served.machine.running()).containsExactly(2);
    JsonObject operation = byHand().get(0).getAsJsonObject();
    assertThat(operation.get("asked_by").getAsString()).isEqualTo("web:admin");
    assertThat(operation.get("kind").getAsString()).isEqualTo("stop");
    assertThat(operation.get("node").getAsInt()).isEqualTo(1);
    assertThat(operation.get("ending").getAsString()).isEqualTo("done");
    served.served("nodes?filter=id%3D1", json -> json.getAsJsonObject().getAsJsonArray("rows").get(0).getAsJsonObject().get("status").getAsString()
        .equals("STOPPED"));
  }

  @Test
  void nodesAreAddedAndStartedAgain() {
    assertThat(over("orders", "{\"action\": \"add\", \"count\": 2}").get("state").getAsString()).isEqualTo("done");
    assertThat(served.machine.nodes()).containsExactly(1, 2, 3, 4);
    over("orders", "{\"action\": \"disable\", \"nodes\": [4]}");
    assertThat(served.machine.running()).containsExactly(1, 2, 3);
    over("orders", "{\"action\": \"enable\", \"nodes\": [4]}");
    over("orders", "{\"action\": \"start\", \"nodes\": [4]}");
    assertThat(served.machine.running()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void whatListensIsToldHowItGoes() throws Exception {
    try (InputStream in = served.client.send(served.request("/api/v1/events").build(), HttpResponse.BodyHandlers.ofInputStream()).body()) {
      String told = until(in, "event: snapshot");
      over("orders", "{\"action\": \"stop\", \"nodes\": [1]}");
      told += until(in, "\"state\":\"done\"");
      assertThat(told).contains("\"state\":\"running\"", "event: order");
    }
  }

  @Test
  void whileAnOrderIsUnderWayAllAreToldHowFarItHasCome() throws Exception {
    CountDownLatch mayStop = new CountDownLatch(1);
    served.machine.intercept((operation, node) -> operation == Operation.STOP && node.id() == 1 ? Optional.of(OperationResult.failed("it will not", false))
        : hold(operation == Operation.STOP, mayStop));
    try (InputStream in = served.client.send(served.request("/api/v1/events").build(), HttpResponse.BodyHandlers.ofInputStream()).body()) {
      String id = object(served.post("orders", "{\"action\": \"stop\", \"nodes\": [1, 2]}")).get("id").getAsString();
      until(in, "\"progress\":{\"doing\":\"stopping nodes\",\"total\":2,\"done\":0,\"failed\":1,\"under_way\":1,\"latest\":\"antnode0002.service\"}");
      JsonObject underWay = served.json("orders/" + id).getAsJsonObject();
      assertThat(underWay.get("state").getAsString()).isEqualTo("running");
      assertThat(underWay.getAsJsonObject("progress").get("failed").getAsInt()).isEqualTo(1);
      mayStop.countDown();
      String end = until(in, "\"state\":\"failed\"");
      assertThat(end.substring(end.lastIndexOf("event: order"))).contains("\"total\":2,\"done\":1,\"failed\":1,\"under_way\":0,\"latest\":\"antnode0002.service\"");
      assertThat(overNow(id).getAsJsonObject("progress").get("done").getAsInt()).isEqualTo(1);
    }
  }

  /** Waits where that is meant, and then lets the operation be done. */
  private static Optional<OperationResult> hold(boolean isMeant, CountDownLatch mayGoOn) {
    try {
      if (isMeant) {
        mayGoOn.await();
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(OperationResult.failed("interrupted", true));
    }
  }

  @Test
  void ofQuickWorkAFewEventsASecondAreToldAndItsEndAlways() throws Exception {
    try (InputStream in = served.client.send(served.request("/api/v1/events").build(), HttpResponse.BodyHandlers.ofInputStream()).body()) {
      long begin = System.nanoTime();
      served.post("orders", "{\"action\": \"add\", \"count\": 20, \"confirm\": 20}");
      String told = until(in, "\"state\":\"done\"");
      double seconds = (System.nanoTime() - begin) / 1e9;
      assertThat(told.substring(told.lastIndexOf("event: order"))).contains("\"total\":20,\"done\":20,\"failed\":0,\"under_way\":0");
      assertThat(told.split("event: order", -1).length - 1).as(told).isLessThanOrEqualTo(3 + (int) (3 * seconds));
    }
  }

  @Test
  void whatIsUnderWayWhenTheServerEndsComesToItsEndWhichIsRecorded() throws Exception {
    CountDownLatch mayStop = new CountDownLatch(1);
    CountDownLatch stopping = new CountDownLatch(1);
    served.machine.intercept((operation, node) -> {
      if (operation == Operation.STOP) {
        stopping.countDown();
      }
      return hold(operation == Operation.STOP, mayStop);
    });
    try (InputStream in = served.client.send(served.request("/api/v1/events").build(), HttpResponse.BodyHandlers.ofInputStream()).body()) {
      served.post("orders", "{\"action\": \"stop\", \"nodes\": [1]}");
      served.post("orders", "{\"action\": \"stop\", \"nodes\": [2]}");
      stopping.await();
      Thread ending = new Thread(served::endServing);
      ending.start();
      eventually("nothing more is taken", () -> served.post("orders", "{\"action\": \"survey\"}").body().contains("wnm ended"));
      mayStop.countDown();
      ending.join();
      List<String> told = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(told).anyMatch(line -> line.contains("--service_name 1\"") && line.contains("\"state\":\"done\""));
      assertThat(told).anyMatch(line -> line.contains("--service_name 2\"") && line.contains("wnm ended before this was begun"));
    }
    assertThat(served.machine.running()).containsExactly(2);
    try (Colony colony = served.openToRead()) {
      OperationQuery all = OperationQuery.of(new TimeRange(Instant.EPOCH, Instant.ofEpochSecond(4_000_000_000L)), 100);
      assertThat(colony.history().operations(all)).filteredOn(operation -> operation.motive().askedBy().equals("web:admin"))
          .singleElement().satisfies(operation -> {
            assertThat(operation.service()).isEqualTo("antnode0001.service");
            assertThat(operation.ending()).isEqualTo(PastOperation.Ending.DONE);
          });
    }
  }

  private static String until(InputStream in, String end) throws Exception {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[4_096];
    while (text.indexOf(end) < 0) {
      int read = in.read(buffer);
      assertThat(read).as(text.toString()).isPositive();
      text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  @Test
  void aRemovalIsConfirmedByItsNumberOrNotBegun() {
    for (String confirm : List.of("", ", \"confirm\": 2", ", \"confirm\": 11")) {
      HttpResponse<String> refused = served.post("orders", "{\"action\": \"remove\", \"nodes\": [1]" + confirm + "}");
      assertThat(refused.statusCode()).as(confirm).isEqualTo(409);
      assertThat(refused.body()).contains("1 node");
    }
    assertThat(served.post("orders", "{\"action\": \"stop\", \"count\": 11}").statusCode()).isEqualTo(409);
    assertThat(served.json("orders").getAsJsonArray()).isEmpty();
    assertThat(served.machine.nodes()).containsExactly(1, 2);
    assertThat(over("orders", "{\"action\": \"remove\", \"nodes\": [1], \"confirm\": 1}").get("state").getAsString()).isEqualTo("done");
    assertThat(served.machine.nodes()).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"action\": \"teardown\"}", "{\"action\": \"teardown\", \"confirm\": 2}", "{\"action\": \"move\", \"nodes\": [1]}",
      "{\"action\": \"forget\"}", "{\"action\": \"\"}", "{}", "[]", "", "null", "{\"action\": \"stop\", \"nodes\": [1], \"rewards_address\": \"0x2\"}",
      "{\"action\": \"stop\", \"nodes\": [\"--init\"], \"force\": true}", "{\"action\": \"stop\", \"nodes\": [\"a b\"]}", "{\"action\": \"stop\", \"nodes\": \"1\"}",
      "{\"action\": \"stop\", \"nodes\": [[1]]}", "{\"action\": \"stop\", \"nodes\": [1], \"count\": 2}", "{\"action\": \"stop\", \"count\": 0}",
      "{\"action\": \"stop\", \"count\": -1}", "{\"action\": \"stop\", \"count\": 1.5}", "{\"action\": \"stop\", \"nodes\": [1], \"dry_run\": \"yes\"}",
      "{\"action\": \"stop\", \"count\": [3]}", "{\"action\": [\"stop\"]}", "{\"action\": \"stop\", \"nodes\": []}"})
  void whatIsNotAnOrderIsRefusedAndNothingIsDone(String body) {
    HttpResponse<String> refused = served.post("orders", body);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(served.json("orders").getAsJsonArray()).isEmpty();
    assertThat(served.machine.running()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rewards_address", "node_storage", "process_manager", "dbpath", "antnode_path", "plugin_path", "token_file", "serve", "port_start",
      "environment", "node cap", "--init"})
  void walletFoldersAndProgramsAreNotChangedFromHere(String name) throws IOException {
    HttpResponse<String> refused = served.post("settings", "{\"" + name + "\": \"/tmp/x\", \"node_cap\": 7}");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains(name);
    assertThat(nodeCap()).isEqualTo("2");
  }

  @Test
  void settingsAreStoredAndServed() throws IOException {
    JsonObject done = over("settings", "{\"node_cap\": 7, \"cpu_less_than\": \"55\"}");
    assertThat(done.get("state").getAsString()).as(done.toString()).isEqualTo("done");
    assertThat(done.get("command").getAsString()).isEqualTo("wnm --cpu_less_than=55 --node_cap=7");
    assertThat(nodeCap()).isEqualTo("7");
    served.served("settings", json -> json.getAsJsonArray().asList().stream().map(JsonElement::getAsJsonObject)
        .anyMatch(setting -> setting.get("name").getAsString().equals("node_cap") && setting.get("value").getAsString().equals("7")));
    served.served("status", json -> json.getAsJsonObject().get("node_cap").getAsInt() == 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"node_cap\": -1}", "{\"node_cap\": \"many\"}", "{\"cpu_less_than\": 101}", "{\"cpu_less_than\": 90, \"cpu_remove\": 80}",
      "{\"node_cap\": 5, \"mem_remove\": \"\\u0000\"}"})
  void badValuesAreToldAsOnTheCommandLineAndNothingIsStored(String body) throws IOException {
    JsonObject failed = over("settings", body);
    assertThat(failed.get("state").getAsString()).as(failed.toString()).isEqualTo("failed");
    String setting = body.contains("cpu") ? "cpu_" : body.contains("mem") ? "mem_remove" : "node_cap";
    assertThat(text(failed)).contains(setting).doesNotContain("Exception", "defect");
    assertThat(nodeCap()).isEqualTo("2");
  }

  @Test
  void anOrderOnWhatIsNotThereFailsWithASentence() {
    JsonObject failed = over("orders", "{\"action\": \"stop\", \"nodes\": [\"antnode0099\"]}");
    assertThat(failed.get("state").getAsString()).as(failed.toString()).isEqualTo("failed");
    assertThat(text(failed)).contains("antnode0099").doesNotContain("Exception", "defect");
  }

  @Test
  void aDryRunOnlySaysWhatWouldBeDone() {
    JsonObject done = over("orders", "{\"action\": \"remove\", \"nodes\": [1], \"dry_run\": true}");
    assertThat(done.get("state").getAsString()).as(done.toString()).isEqualTo("done");
    assertThat(done.get("command").getAsString()).endsWith("--dry_run");
    assertThat(text(done)).contains("antnode0001");
    assertThat(served.machine.nodes()).containsExactly(1, 2);
    assertThat(byHand()).isEmpty();
  }

  @Test
  void anOrderWaitsWhileAnotherWnmIsAtWorkAndIsDoneThen() throws Exception {
    String id;
    try (CycleLock lock = CycleLock.take(served.database, Instant.now())) {
      assertThat(lock).isNotNull();
      id = object(served.post("orders", "{\"action\": \"stop\", \"nodes\": [1]}")).get("id").getAsString();
      served.served("orders/" + id, json -> json.getAsJsonObject().get("state").getAsString().equals("running"));
      assertThat(served.json("nodes").getAsJsonObject().getAsJsonArray("rows")).as("reading goes on").hasSize(2);
      assertThat(served.machine.running()).containsExactly(1, 2);
    }
    assertThat(overNow(id).get("state").getAsString()).isEqualTo("done");
    assertThat(served.machine.running()).containsExactly(2);
  }

  @Test
  void whatOneAsksForWhileAnotherIsWaitingComesAfterIt() throws Exception {
    String second;
    try (CycleLock lock = CycleLock.take(served.database, Instant.now())) {
      assertThat(lock).isNotNull();
      served.post("orders", "{\"action\": \"stop\", \"nodes\": [1]}");
      second = object(served.post("orders", "{\"action\": \"start\", \"nodes\": [1]}")).get("id").getAsString();
      for (int i = 0; i < 32; i++) {
        served.post("orders", "{\"action\": \"survey\"}");
      }
      HttpResponse<String> tooMany = served.post("orders", "{\"action\": \"survey\"}");
      assertThat(tooMany.statusCode()).isEqualTo(503);
    }
    assertThat(overNow(second).get("state").getAsString()).isEqualTo("done");
    assertThat(served.machine.running()).containsExactly(1, 2);
  }
}

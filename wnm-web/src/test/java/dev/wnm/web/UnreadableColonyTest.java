package dev.wnm.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database cannot be read for a while, such as when its disk is gone. */
class UnreadableColonyTest {
  @TempDir
  private Path home;
  private ServedColony served;
  private Path aside;

  @BeforeEach
  void itsDatabaseIsGone() throws Exception {
    served = new ServedColony(home).grown();
    aside = home.resolve("aside.db");
    Files.move(served.database, aside);
    served.advance(Duration.ofMinutes(5));
  }

  @AfterEach
  void nothingIsServedAnyMore() {
    served.close();
  }

  @Test
  void whatWasSeenLastIsShownAndThatItIsOldIsSaid() {
    JsonObject status = served.served("status", json -> !json.getAsJsonObject().get("trouble_of_the_page").isJsonNull()).getAsJsonObject();
    assertThat(status.get("trouble_of_the_page").getAsString()).contains(served.database.toString());
    assertThat(status.getAsJsonObject("nodes").get("RUNNING").getAsInt()).isEqualTo(ServedColony.NODES);
    assertThat(served.json("nodes").getAsJsonObject().getAsJsonArray("rows")).hasSize(ServedColony.NODES);
    assertThat(served.get("/metrics").body()).contains("wnm_nodes{status=\"RUNNING\"} 2");
    assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void whatHasToBeReadIsRefusedWithASentenceAndOrdersFailWithOne() {
    for (String path : List.of("machine", "states", "decisions", "operations", "incidents", "nodes/1", "nodes/1/course", "nodes/1/log", "why-not/add", "what-if")) {
      HttpResponse<String> answer = served.get("/api/v1/" + path);
      assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(503);
      assertThat(JsonParser.parseString(answer.body()).getAsJsonObject().get("detail").getAsString()).contains(served.database.toString())
          .doesNotContain("Exception");
    }
    assertThat(served.post("orders", "{\"action\": \"stop\", \"nodes\": [1]}").statusCode()).isEqualTo(202);
    JsonObject failed = served.served("orders/1", json -> json.getAsJsonObject().get("state").getAsString().equals("failed")).getAsJsonObject();
    assertThat(failed.getAsJsonArray("lines").toString()).contains(served.database.toString()).doesNotContain("Exception", "defect");
    assertThat(served.machine.running()).containsExactly(1, 2);
    assertThat(served.database).as("none is made").doesNotExist();
  }

  @Test
  void onceItIsBackAllIsNewAgain() throws Exception {
    served.served("status", json -> !json.getAsJsonObject().get("trouble_of_the_page").isJsonNull());
    Files.move(aside, served.database);
    served.advance(Duration.ofMinutes(5));
    served.served("status", json -> json.getAsJsonObject().get("trouble_of_the_page").isJsonNull());
    assertThat(served.get("/api/v1/machine").statusCode()).isEqualTo(200);
  }
}

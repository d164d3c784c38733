package dev.wnm.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RoutesTest {
  private final Routes routes = new Routes().get("/a/{id}/log", request -> Answer.json("1")).post("/a", request -> Answer.json("2"))
      .open("/up", request -> Answer.json("3"));

  @Test
  void aPartStandsForOneNameAndNoMore() {
    assertThat(routes.find("GET", "/a/7/log").parts()).containsEntry("id", "7");
    assertThatThrownBy(() -> routes.find("GET", "/a/7/8/log")).isInstanceOf(Refusal.class).hasMessage("there is no /a/7/8/log");
    assertThatThrownBy(() -> routes.find("GET", "/a/7/log/")).isInstanceOf(Refusal.class);
  }

  @Test
  void whatChangesAnythingNeedsAToken() {
    assertThat(routes.find("POST", "/a").access()).isEqualTo(Routes.Access.ACT);
    assertThat(routes.find("GET", "/up").access()).isEqualTo(Routes.Access.OPEN);
    assertThatThrownBy(() -> routes.find("GET", "/a")).isInstanceOf(Refusal.class).hasMessage("/a is for POST, not for GET");
  }
}

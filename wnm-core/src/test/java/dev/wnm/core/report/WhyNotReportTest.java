package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.Situation;
import dev.wnm.core.decision.WhyNot;
import dev.wnm.core.report.table.Screen;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WhyNotReportTest {
  private static WhyNot busy() {
    Situation situation = new Situation().running(2).cap(5);
    situation.memory = 66;
    situation.cpu = Double.NaN;
    return DecisionEngine.whyNot(ActionType.ADD, situation.input());
  }

  @Test
  void whatIsNotMetComesFirstThenWhatIsUnknown() {
    assertThat(WhyNotReport.print(busy(), ReportFormat.TEXT, Screen.NONE).lines().limit(5)).containsExactly(
        "No node is added now: 2 of 18 conditions are not met.", "",
        "\u2717 no       memory                  66.0 %   below 60 % (mem_less_than): 6.0 points too much",
        "? unknown  CPU                     unknown  below 50 % (cpu_less_than): it cannot be measured",
        "\u2713 yes      disk                    10.0 %   below 75 % (hd_less_than)");
  }

  @Test
  void aNarrowTerminalLosesNothing() {
    String text = WhyNotReport.print(busy(), ReportFormat.TEXT, new Screen(true, OptionalInt.of(72), true));

    assertThat(text.replaceAll("\u001b\\[[0-9]*m", "").lines()).allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(72));
    assertThat(text).contains("\u001b[31m\u2717 no").contains("\u001b[32m\u2713 yes").contains("much");
  }

  @Test
  void whereAllIsMetItSaysWhatComes() {
    assertThat(WhyNotReport.print(DecisionEngine.whyNot(ActionType.ADD, new Situation().input()), ReportFormat.TEXT, Screen.NONE))
        .startsWith("The next cycle would add 1 node: all 18 conditions are met.\n").doesNotContain("\u2717");
  }

  @Test
  void programsReadTheSame() {
    JsonObject json = JsonParser.parseString(WhyNotReport.print(busy(), ReportFormat.JSON, Screen.NONE)).getAsJsonObject();

    assertThat(json.get("planned").getAsInt()).isZero();
    assertThat(json.getAsJsonArray("conditions").get(1)).hasToString("{\"key\":\"memory\",\"what\":\"memory\",\"state\":\"unmet\","
        + "\"present\":\"66.0 %\",\"needed\":\"below 60 %\",\"option\":\"mem_less_than\",\"gap\":\"6.0 points too much\"}");
  }
}

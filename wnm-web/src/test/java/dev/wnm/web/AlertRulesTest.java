package dev.wnm.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules that operators are given, tried with Prometheus' own tool: {@code alert-rules-test.yml} says when which has to fire. */
class AlertRulesTest {
  static final Path RULES = Path.of("../docs/monitoring/wnm-alerts.yml");

  @TempDir
  private Path folder;
  private String rules;

  @BeforeEach
  void theRulesAndWhatIsPlayedToThem() throws IOException {
    rules = Files.readString(RULES);
    Files.writeString(folder.resolve("wnm-alerts.yml"), rules);
    try (InputStream in = AlertRulesTest.class.getResourceAsStream("alert-rules-test.yml")) {
      assertThat(in).isNotNull();
      Files.write(folder.resolve("alert-rules-test.yml"), in.readAllBytes());
    }
  }

  @Test
  void promtoolHasNothingToSayAgainstThem() throws Exception {
    assertThat(Promtool.accepts("", folder, "check", "rules", "wnm-alerts.yml")).contains("8 rules found");
  }

  @Test
  void eachFiresWhenItShouldAndNoneWhenAllIsWell() throws Exception {
    assertThat(Promtool.accepts("", folder, "test", "rules", "alert-rules-test.yml")).contains("SUCCESS");
  }

  @Test
  void eachIsTried() throws Exception {
    String tests = Files.readString(folder.resolve("alert-rules-test.yml"), StandardCharsets.UTF_8);
    assertThat(rules.lines().filter(line -> line.contains("- alert: ")).map(line -> line.substring(line.indexOf(": ") + 2)))
        .hasSize(8).allSatisfy(alert -> assertThat(tests).containsPattern("alertname: " + alert + "\n        exp_alerts:\n"));
  }
}

package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wnm.core.model.Check;
import dev.wnm.core.model.Check.Verdict;
import dev.wnm.spi.internal.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code --doctor} prints: text, or JSON. */
public final class CheckReport {
  private CheckReport() {}

  /** As JSON where that is asked for, else as text with a sentence that sums it up last. */
  public static String print(List<Check> checks, ReportFormat format) {
    return format.isJson() ? Json.pretty(json(checks)) : text(checks);
  }

  private static String text(List<Check> checks) {
    int names = checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
    int verdicts = "TROUBLE".length();
    List<String> lines = new ArrayList<>();
    for (Check check : checks) {
      lines.add(PlainText.of(String.format(Locale.ROOT, "%-" + verdicts + "s  %-" + names + "s  %s", check.verdict(), check.name(),
          check.seen())));
      if (!check.mend().isEmpty()) {
        lines.add(PlainText.of(" ".repeat(verdicts + 2) + String.format(Locale.ROOT, "%-" + names + "s  to mend it: %s", "", check.mend())));
      }
    }
    lines.add("");
    lines.add(count(checks, Verdict.TROUBLE, "trouble") + ", " + count(checks, Verdict.WARNING, "warnings") + ", "
        + count(checks, Verdict.UNKNOWN, "unknown") + ", " + count(checks, Verdict.OK, "ok"));
    return String.join("\n", lines);
  }

  private static String count(List<Check> checks, Verdict verdict, String word) {
    return checks.stream().filter(check -> check.verdict() == verdict).count() + " " + word;
  }

  private static JsonArray json(List<Check> checks) {
    JsonArray array = new JsonArray();
    for (Check check : checks) {
      JsonObject object = new JsonObject();
      object.addProperty("name", check.name());
      object.addProperty("verdict", check.verdict().name().toLowerCase(Locale.ROOT));
      object.addProperty("seen", check.seen());
      object.addProperty("mend", check.mend());
      array.add(object);
    }
    return array;
  }
}

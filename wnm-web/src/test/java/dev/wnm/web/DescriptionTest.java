package dev.wnm.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.decision.Resource;
import dev.wnm.core.history.Measure;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.query.FieldType;
import dev.wnm.core.report.NodeColumns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of the description of the API, also those that no colony of a test comes to say, are those of the program. */
class DescriptionTest {
  private final JsonObject schemas = read();

  private static JsonObject read() {
    try (InputStream in = DescriptionTest.class.getResourceAsStream("openapi.json")) {
      assertThat(in).isNotNull();
      return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8)).getAsJsonObject().getAsJsonObject("components")
          .getAsJsonObject("schemas");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private JsonObject fields(String schema) {
    return schemas.getAsJsonObject(schema).getAsJsonObject("properties");
  }

  private List<String> words(String schema, String field) {
    return fields(schema).getAsJsonObject(field).getAsJsonArray("enum").asList().stream().map(JsonElement::getAsString).toList();
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  private static List<String> small(Collection<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  @Test
  void ofNodes() {
    assertThat(words("Node", "status")).containsExactlyInAnyOrderElementsOf(Stream.concat(names(NodeStatus.values()).stream(), Stream.of("UNKNOWN")).toList());
    assertThat(words("Node", "down_cause")).containsExactlyInAnyOrderElementsOf(names(DownCause.values()));
    assertThat(fields("Node").keySet()).containsExactlyInAnyOrderElementsOf(NodeColumns.ALL.all().stream().map(column -> column.jsonName()).toList());
    assertThat(words("Column", "kind")).containsExactlyElementsOf(small(names(FieldType.Kind.values())));
    assertThat(fields("NodeCourse").keySet()).containsAll(Stream.of(NodeMetric.values()).map(NodeMetric::column).toList()).hasSize(NodeMetric.values().length + 3);
    assertThat(fields("States").keySet()).containsAll(names(NodeStatus.values())).hasSize(NodeStatus.values().length + 3);
    assertThat(fields("Status").getAsJsonObject("nodes").getAsJsonObject("properties").keySet()).containsAll(words("Node", "status"));
  }

  @Test
  void ofWhatIsDoneAndDecided() {
    assertThat(words("Operation", "kind")).containsExactlyInAnyOrderElementsOf(small(names(OperationKind.values())));
    assertThat(words("Operation", "ending")).containsExactlyInAnyOrderElementsOf(small(names(PastOperation.Ending.values())));
    assertThat(words("LastOperation", "kind")).containsExactlyInAnyOrderElementsOf(names(OperationKind.values()));
    assertThat(words("Incident", "kind")).containsExactlyInAnyOrderElementsOf(small(names(Incident.Kind.values())));
    assertThat(words("LastIncident", "kind")).containsExactlyInAnyOrderElementsOf(names(Incident.Kind.values()));
    for (String action : List.of("Action", "Next")) {
      assertThat(words(action, "type")).containsExactlyInAnyOrderElementsOf(names(ActionType.values()));
      assertThat(words(action, "target")).containsExactlyInAnyOrderElementsOf(names(PlannedAction.Target.values()));
    }
  }

  @Test
  void ofTheMachine() {
    assertThat(fields("Machine").keySet()).containsAll(Stream.of(Measure.values()).map(Measure::key).toList()).hasSize(Measure.values().length + 2);
    assertThat(words("Resource", "state")).containsExactlyInAnyOrderElementsOf(Stream.of(Resource.State.values()).map(Resource.State::word).toList());
    List<String> limits = Options.OF_DECISIONS.stream().map(Option::name)
        .filter(name -> name.endsWith("_less_than") || name.endsWith("_remove") && !name.startsWith("delay") || name.contains("load_average")).toList();
    assertThat(fields("Resource").keySet()).containsAll(limits).hasSize(limits.size() + 4);
  }
}

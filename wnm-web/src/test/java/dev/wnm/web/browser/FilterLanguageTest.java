package dev.wnm.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.report.NodeColumns;
import dev.wnm.core.report.table.Column;
import dev.wnm.web.ServedColony;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The language of {@code --filter} is read twice: by core, and by the page, for rows that it has already. {@code filters.json} holds both to one truth. */
@ExtendWith(BrowserExtension.class)
class FilterLanguageTest {
  private static final int NODES = 5;
  private static final String REFUSED = "refused";
  /** What the page finds by a filter: ids, or the sentence with which it is refused. The page's clock stands still, at the time of the rows. */
  private static final String FIND = """
      wnm.now = () => arguments[1];
      return arguments[0].map(filter => {
        try {
          return wnm.data.nodes.filter(wnm.filter(filter)).map(node => node.id);
        } catch (wrong) {
          return wrong.message;
        }
      });""";

  @TempDir
  private static Path home;
  private static ServedColony served;
  private static Map<String, Object> finds;
  private Browser browser;

  @BeforeAll
  static void theColonyOfTheFile() throws Exception {
    try (InputStream in = FilterLanguageTest.class.getResourceAsStream("filters.json")) {
      JsonObject corpus = JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8)).getAsJsonObject();
      served = new ServedColony(home, NODES).grown().stored(corpus.getAsJsonArray("stored").asList().stream().map(JsonElement::getAsString).toList());
      finds = corpus.getAsJsonObject("finds").entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
          entry -> entry.getValue() instanceof JsonArray ids ? numbers(ids) : entry.getValue().getAsString()));
    }
  }

  @AfterAll
  static void nothingIsServedAnyMore() {
    served.close();
  }

  @BeforeEach
  void thePage(Browser shared) {
    browser = shared;
    browser.open(served.page() + "#nodes");
    browser.awaitText("#found", "5 of 5 nodes");
  }

  private static List<Long> numbers(JsonArray ids) {
    return ids.asList().stream().map(JsonElement::getAsLong).toList();
  }

  private static Object ofCore(String filter) {
    HttpResponse<String> answer = served.get("/api/v1/nodes?columns=id&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
    return answer.statusCode() == 200
        ? numbers(json.getAsJsonArray("rows").asList().stream().map(row -> row.getAsJsonObject().get("id")).collect(JsonArray::new, JsonArray::add, JsonArray::addAll))
        : json.get("detail").getAsString();
  }

  private Map<String, Object> ofPage(List<String> filters) {
    List<?> found = (List<?>) browser.run(FIND, filters, served.json("nodes").getAsJsonObject().get("time").getAsLong());
    Map<String, Object> results = new TreeMap<>();
    for (int i = 0; i < filters.size(); i++) {
      results.put(filters.get(i), found.get(i));
    }
    return results;
  }

  private static Object withoutSentence(Object result) {
    return result instanceof String ? REFUSED : result;
  }

  @Test
  void bothFindTheSameNodesAndRefuseTheSame() {
    Map<String, Object> page = ofPage(List.copyOf(finds.keySet()));
    List<String> wrong = new ArrayList<>();
    finds.forEach((filter, expected) -> {
      Object core = ofCore(filter);
      if (!withoutSentence(core).equals(expected)) {
        wrong.add(filter + " in core: " + core);
      }
      if (!withoutSentence(page.get(filter)).equals(expected)) {
        wrong.add(filter + " in the page: " + page.get(filter));
      } else if (page.get(filter) instanceof String sentence && !String.valueOf(core).contains(sentence)) {
        wrong.add(filter + " is refused in the page by: " + sentence + ", in core by: " + core);
      }
    });
    assertThat(wrong).isEmpty();
  }

  @Test
  void noFilterIsLongerOrDeeperThanItMayBe() {
    List<String> atMost = List.of("id=1" + " ".repeat(3_995) + "x", "not ".repeat(48) + "id=1", "not ".repeat(49) + "id=1", "not ".repeat(50) + "id=1",
        "(".repeat(60) + "id=1" + ")".repeat(60), "id=1 or ".repeat(499) + "id=1", "id=1 or ".repeat(500) + "id=1");
    ofPage(atMost).forEach((filter, result) -> assertThat(withoutSentence(result)).as(filter).isEqualTo(withoutSentence(ofCore(filter))));
  }

  @Test
  void eachColumnCanBeAskedForUnderAllItsNamesOrIsRefusedInOneSentence() {
    List<Column<?>> columns = List.copyOf(NodeColumns.ALL.all());
    for (Column<?> column : columns) {
      for (String name : Stream.concat(Stream.of(column.name()), column.field().aliases().stream()).toList()) {
        Object found = ofPage(List.of(name + "=unknown")).get(name + "=unknown");
        if (found instanceof String sentence) {
          assertThat(sentence).contains("the page does not have '" + column.name() + "' of all nodes");
        } else {
          assertThat(found).as(name).isEqualTo(ofCore(name + "=unknown"));
        }
      }
    }
  }

  @Test
  void anyTextIsWhatOneOfTheUsualFieldsContains() {
    assertThat(ofPage(List.of("0003", "rc.1", "IT'S DOWN", "exit code 1", "A1", "killed by", "qmfirst", "unknown", "no such text")))
        .containsEntry("0003", List.of(3L)).containsEntry("rc.1", List.of(3L)).containsEntry("IT'S DOWN", List.of(2L)).containsEntry("exit code 1", List.of(2L, 3L))
        .containsEntry("A1", List.of(1L)).containsEntry("killed by", List.of(3L)).containsEntry("qmfirst", List.of(1L)).containsEntry("unknown", List.of(5L))
        .containsEntry("no such text", List.of());
  }

  /** Writes a text into the search box, presses the button, and lets a shell take the command apart. @return the words behind {@code wnm} */
  private List<String> copied(String search) throws Exception {
    browser.run("document.getElementById('search').value = arguments[0]; document.getElementById('search').dispatchEvent(new Event('input'))", search);
    browser.run("document.getElementById('news').replaceChildren()");
    browser.press("#actions", "Copy as command");
    assertThat(browser.text("#news")).contains("Copied");
    String command = browser.clipboard();
    assertThat(command).startsWith("wnm ");
    Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + command.substring("wnm ".length())).redirectErrorStream(true).start();
    List<String> words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(shell.waitFor()).isZero();
    assertThat(words).startsWith("--report", "node-status");
    return words.subList(2, words.size());
  }

  private static Object found(List<String> words) {
    assertThat(words).hasSize(2).startsWith("--filter");
    return ofCore(words.get(1));
  }

  @Test
  void theCopiedCommandFindsInCoreWhatThePageShows() throws Exception {
    assertThat(copied("")).as("without a filter all are there").isEmpty();
    assertThat(found(copied("0003"))).isEqualTo(List.of(3L));
    assertThat(found(copied("it's down"))).isEqualTo(List.of(2L));
    assertThat(found(copied("died (exit code 1)"))).isEqualTo(List.of(3L));
    assertThat(found(copied("last_error!='' and id<3"))).isEqualTo(List.of(2L));
    assertThat(found(copied("unknown"))).isEqualTo(List.of(5L));
    assertThat(copied("binary~antnode")).as("what only the command line can ask for").isEqualTo(List.of("--filter", "binary~antnode"));
  }

  @Test
  void selectedNodesAreCopiedInsteadOfTheSearch() throws Exception {
    browser.run("[1, 2, 3, 5].forEach(id => wnm.selected.add(id)); wnm.go('nodes', {})");
    try {
      assertThat(found(copied("0004"))).isEqualTo(List.of(1L, 2L, 3L, 5L));
    } finally {
      browser.run("wnm.selected.clear()");
    }
  }

  @Test
  void whatCannotBeReadIsNotCopied() {
    browser.run("document.getElementById('search').value = 'colour=red'");
    browser.press("#actions", "Copy as command");
    browser.awaitText("#news", "No command does this: at character 1, 'colour=red': there is no 'colour'.");
  }
}

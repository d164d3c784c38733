package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.core.report.table.Table;
import dev.wnm.spi.config.BadInputException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the reports on nodes have in common: how they choose rows and columns, their JSON shapes, and what they say when there are no nodes.
 *
 * @param selected the nodes that are shown
 * @param columns those that were asked for; empty when none were
 * @param screen what it is shown on
 */
record NodeReport(Selection.Selected<NodeLine> selected, Optional<List<Column<NodeLine>>> columns, Screen screen) {
  private static final String NO_NODES = "No nodes found";

  NodeReport(List<NodeLine> nodes, Selection<NodeLine> selection, Screen screen) {
    this(selection.of(nodes), selection.columns(), screen);
  }

  List<NodeLine> nodes() {
    return selected.rows();
  }

  /** What is said instead of no rows at all. */
  String nothing() {
    return NO_NODES + selected.remark().map(remark -> ": " + remark).orElse("") + ".";
  }

  /** For a person, under the rows. */
  String sum() {
    return new Fleet(nodes().stream().map(NodeLine::node).toList()).inWords() + selected.remark().map(remark -> "; " + remark).orElse("");
  }

  /** Always an array. */
  String json(Function<NodeLine, JsonObject> usual) {
    JsonArray array = new JsonArray();
    nodes().forEach(node -> array.add(columns.map(asked -> Table.json(asked, node)).orElseGet(() -> usual.apply(node))));
    return Json.pretty(array);
  }

  String csv(List<Column<NodeLine>> usual) {
    return Table.csv(columns.orElse(usual), nodes());
  }

  /** The shape of the Python wnm: one node is an object, several are an array, none is an error. */
  String pythonJson(Function<NodeLine, JsonObject> json) {
    if (columns.isPresent()) {
      throw new BadInputException("--columns does not go with --report_format json-compat, which has the keys of the Python wnm; take --json");
    }
    JsonArray array = new JsonArray();
    nodes().forEach(node -> array.add(json.apply(node.asStored())));
    JsonObject error = new JsonObject();
    error.addProperty("error", NO_NODES);
    return Json.pretty(array.isEmpty() ? error : array.size() == 1 ? array.get(0) : (JsonElement) array);
  }
}

package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.report.table.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportsPageTest {
  private static final Path PAGE = Path.of("../docs/reports.md");
  private static final String COMMAND = "mvn -pl wnm-core -am test -Dtest=ReportsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dwnm.docs.write=true";
  private static final String TITLE = "## Columns of nodes\n";

  @Test
  void thePageHasEveryColumn() throws IOException {
    String page = Files.readString(PAGE);
    int tables = page.indexOf(TITLE);
    String written = (tables < 0 ? page : page.substring(0, tables)) + tables();
    if (Boolean.getBoolean("wnm.docs.write")) {
      Files.writeString(PAGE, written);
    }

    assertThat(Files.readString(PAGE)).as("docs/reports.md is out of date; renew it with: " + COMMAND).isEqualTo(written);
  }

  private static String tables() {
    return TITLE + "\n<!-- From here on made from the registry of columns; renewed by: " + COMMAND + " -->\n\n" + table(NodeColumns.ALL.all())
        + "\n## Columns of services beside nodes\n\n" + table(CompanionLine.ALL.all())
        + "\n## Columns of container groups\n\n" + table(PortLine.ALL.all())
        + "\n## Columns of the past\n\n" + table(HistoryLine.ALL.all());
  }

  private static <T> String table(List<Column<T>> columns) {
    return "| name | also called | title | what it is | key in JSON |\n|---|---|---|---|---|\n" + columns.stream().map(column -> "| "
        + String.join(" | ", "`" + column.name() + "`", Stream.of(column.field().aliases()).flatMap(List::stream).map(name -> "`" + name + "`")
            .collect(Collectors.joining(" ")), column.title(), column.field().type().allowed().replaceAll("( such as|, in quotes).*", ""), "`" + column.jsonName() + "`") + " |\n")
        .collect(Collectors.joining());
  }
}

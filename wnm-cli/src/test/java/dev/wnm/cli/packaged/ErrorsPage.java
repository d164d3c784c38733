package dev.wnm.cli.packaged;

import java.util.List;

/** Renders {@code docs/errors.md} from the table of bad input. */
final class ErrorsPage {
  static final String COMMAND =
      "mvn verify -pl wnm-cli -am -Dit.test=BadInputIT -Dfailsafe.failIfNoSpecifiedTests=false -Dwnm.docs.write=true";

  private ErrorsPage() {}

  static String render(List<BadInput> badInputs) {
    StringBuilder page = new StringBuilder("""
        # What wnm refuses

        Bad input ends a run before anything is changed, with one sentence on standard error and an exit code: 1 when
        another wnm is at work or an operation failed, 2 for bad input, 3 when the process manager cannot work here, 4 when
        the database cannot be used. Each row was tried with the packaged program (`BadInputIT`, which this page is
        rendered from). `…` stands for what depends on the machine, `~/case` for a folder made for the case.

        | what is wrong | for example | exit | what wnm says |
        |---|---|---|---|
        """);
    for (BadInput bad : badInputs) {
      page.append("| ").append(bad.name()).append(" | `").append(example(bad)).append("` | ").append(bad.exit())
          .append(" | ").append(bad.sentence().replace("|", "\\|")).append(" |\n");
    }
    return page.toString();
  }

  private static String example(BadInput bad) {
    StringBuilder line = new StringBuilder("wnm");
    for (String word : bad.words()) {
      String shown = word.equals("@init") ? "--init …" : word.equals("@@") ? "~/.local/share/autonomi/colony.db"
          : word.replaceFirst("^@", "~/case").replace("\n", "\\n");
      line.append(' ').append(shown.matches(".* .*") && !word.equals("@init") ? "'" + shown + "'" : shown);
    }
    return line.toString();
  }
}

package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.companion.Check;
import dev.wnm.managers.s6overlay.companion.Companion;
import dev.wnm.managers.s6overlay.companion.Forwarding;
import dev.wnm.managers.s6overlay.supervisord.Service.Log;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what became of what. Holds no values of the environment and no words of commands, which may be secrets. */
record ReportPage(
    List<SourceFile> files, List<Service> services, Map<String, Set<String>> bundles, Map<String, Set<String>> dependencies,
    Map<String, Companion> companions, Optional<Forwarding> forwarding, boolean orderedByWish, Findings findings,
    Ending ending) {
  String text() {
    StringBuilder page = new StringBuilder("# What became of " + files.get(0).path().getFileName() + "\n\n");
    page.append("Copy `s6-rc.d` and `user-bundles.d` into `/etc/s6-overlay` of the image, keeping owner root and modes"
        + " (`COPY --chown=root:root`).\nBefore s6-overlay 3.2.3 copy `user-bundles.d/user/contents.d` to"
        + " `s6-rc.d/user/contents.d`.\n\n## Services\n\n");
    row(page, "service", "from", "at boot", "after", "ready when", "standard output", "standard error");
    row(page, "---", "---", "---", "---", "---", "---", "---");
    for (Service service : services) {
      row(page, code(service.name()), service.place().brief(),
          service.autostart() ? "yes" : "no: `s6-rc -u change " + service.name() + "`",
          words(dependencies.get(service.name())), companions.get(service.name()).ready().map(Check::holds).orElse("started"),
          log(service.out()), log(service.err()));
    }
    page.append(orderedByWish ? "\nThe order is that of `--depends`; priorities are not used.\n"
        : "\nThe order follows from the priorities.\n");
    if (orderedByWish) {
      pulledIn(page);
    }
    if (!bundles.isEmpty()) {
      page.append("\n## Bundles\n\n");
      row(page, "bundle", "services");
      row(page, "---", "---");
      bundles.forEach((name, members) -> row(page, code(name), words(members)));
    }
    beyond(page);
    forwarding.ifPresent(target -> page.append("\n## Collected lines\n\nThose of all log folders go ").append(target.says())
        .append(".\n").append(target.packages().isEmpty() ? "" : "The image needs the Debian packages that `packages` lists: "
            + words(target.packages()) + ".\n"));
    page.append("\n## Without an equivalent\n\n");
    if (findings.without().isEmpty()) {
      page.append("Nothing.\n");
    } else {
      row(page, "where", "what", "why", "what to do");
      row(page, "---", "---", "---", "---");
      findings.without().forEach(item -> row(page, item.where(), item.what(), item.why(), item.remedy()));
    }
    if (!findings.notes().isEmpty()) {
      page.append("\n## Works differently\n\n");
      row(page, "where", "what", "how");
      row(page, "---", "---", "---");
      findings.notes().forEach(item -> row(page, item.where(), item.what(), item.why()));
    }
    page.append(ending.text());
    page.append("\n## What was converted\n\nThe copies hold what the files held, secrets too: they are 0600, and nothing that an image"
        + " needs.\n\n");
    row(page, "file", "SHA-256", "copy");
    row(page, "---", "---", "---");
    files.forEach(file -> row(page, code(file.path().toString()), code(file.sha256()), code(file.copy())));
    return page.toString();
  }

  private void beyond(StringBuilder page) {
    if (companions.values().stream().allMatch(companion -> companion.says().isEmpty())) {
      return;
    }
    page.append("\n## Beyond supervisord\n\n`wnm-companions` of the image looks after this; another image needs what is in `usr`.\n\n");
    row(page, "service", "what it has");
    row(page, "---", "---");
    companions.forEach((name, companion) -> {
      if (!companion.says().isEmpty()) {
        row(page, code(name), String.join("; ", companion.says()));
      }
    });
  }

  private void pulledIn(StringBuilder page) {
    List<String> asleep = services.stream().filter(service -> !service.autostart()).map(Service::name).toList();
    services.stream().filter(Service::autostart).forEach(service -> dependencies.get(service.name()).stream()
        .filter(asleep::contains).forEach(earlier -> page.append("`").append(earlier).append("` has autostart=false and"
            + " still comes up at boot, since `").append(service.name()).append("` depends on it.\n")));
  }

  private static String log(Log log) {
    if (log instanceof Log.ToFolder folder) {
      return code(folder.folder().replaceAll(Expander.READ_AT_START.pattern(), "\\${$1}") + "/current");
    }
    if (log instanceof Log.AtStart atStart) {
      return "as " + code(atStart.file().replaceAll(Expander.READ_AT_START.pattern(), "\\${$1}")) + " says at its start";
    }
    return log instanceof Log.ToNothing ? "nowhere" : log instanceof Log.ToOutput ? "with standard output"
        : "container's log";
  }

  private static String words(Collection<String> names) {
    return names.isEmpty() ? "-" : String.join(", ", names.stream().map(ReportPage::code).toList());
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static void row(StringBuilder page, String... cells) {
    page.append('|');
    for (String cell : cells) {
      page.append(' ').append(cell.isEmpty() ? "-" : cell.replace("|", "\\|").replace('\n', ' ')).append(" |");
    }
    page.append('\n');
  }
}

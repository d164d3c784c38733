package dev.wnm.core.cycle;

import dev.wnm.core.companions.CompanionNames;
import dev.wnm.core.companions.Companions;
import dev.wnm.core.model.Wording;
import dev.wnm.spi.manager.CompanionAction;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.CompanionResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries out what a person asks for of services beside nodes. Stores nothing. */
public final class CompanionOrders {
  private final Companions companions;
  private final Wording wording;

  public CompanionOrders(Companions companions, Wording wording) {
    this.companions = companions;
    this.wording = wording;
  }

  /** @param asker the option that the names follow */
  public ManualResult run(CompanionAction action, String asker, List<String> names) {
    CompanionNames resolved = companions.named(asker, names);
    List<String> lines = new ArrayList<>();
    List<String> done = new ArrayList<>();
    Map<String, String> failures = new LinkedHashMap<>(resolved.missing());
    if (wording.dryRun()) {
      resolved.found().forEach(companion -> {
        done.add(companion.toString());
        lines.add(wording.did(action.done()) + " " + companion);
      });
    } else {
      companions.operate(action, resolved.found()).forEach((companion, result) -> note(action, companion, result, done, lines, failures));
    }
    failures.forEach((name, why) -> lines.add(name + ": " + why));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", wording.dryRun() ? action.verb() + "-dryrun" : action.done() + "-companions");
    fields.put(action.done() + "_count", done.size());
    fields.put(action.done() + "_companions", done);
    fields.put("failed_count", failures.size());
    fields.put("failed_companions", failures.isEmpty() ? null : failures.entrySet().stream()
        .map(failure -> Map.of("service", failure.getKey(), "error", failure.getValue())).toList());
    fields.put("message", String.join("\n", lines));
    if (wording.dryRun()) {
      fields.put("dry_run", true);
    }
    return new ManualResult(fields, List.of(), !failures.isEmpty(), wording);
  }

  private void note(CompanionAction action, CompanionName companion, CompanionResult result, List<String> done, List<String> lines,
      Map<String, String> failures) {
    if (result instanceof CompanionResult.Done ended) {
      done.add(companion.toString());
      lines.add(ended.changed() ? wording.did(action.done()) + " " + companion + " (" + ended.words() + ")"
          : companion + ": nothing to do, it is " + ended.words());
    } else if (result instanceof CompanionResult.Failed failed) {
      failures.put(companion.toString(), failed.reason());
    }
  }
}

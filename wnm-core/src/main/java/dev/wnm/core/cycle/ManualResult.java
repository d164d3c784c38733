package dev.wnm.core.cycle;

import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.Wording;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What a forced action came to.
 *
 * @param fields the answer as the Python wnm gives it, by key, in order: texts, whole numbers, lists, maps and nulls
 * @param outcomes how each operation ended
 * @param failed whether anything did not go as asked
 * @param wording the words for what was done, or would have been
 */
@API(status = API.Status.STABLE)
public record ManualResult(Map<String, Object> fields, List<NodeOutcome> outcomes, boolean failed, Wording wording) {

  /** The answer for a person: a line for each node, or the lines of the message. */
  public List<String> lines() {
    return outcomes.isEmpty()
        ? String.valueOf(fields.getOrDefault("message", fields.get("status"))).lines().toList()
        : outcomes.stream().map(outcome -> outcome.succeeded()
            ? wording.did(outcome.kind().pastTense()) + " " + outcome.service()
                + (outcome.detail().isEmpty() ? "" : " (" + outcome.detail() + ")")
            : outcome.service() + ": " + outcome.detail()).toList();
  }
}

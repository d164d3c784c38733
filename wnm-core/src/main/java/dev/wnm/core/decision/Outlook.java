package dev.wnm.core.decision;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What is to be done, what keeps it from being more, and what both were decided from.
 *
 * @param decision what to do and why
 * @param notMore why no more nodes are started and added, a clause each; none where all come that there may be
 * @param resources what the machine has of each thing that is measured, and the thresholds for it
 */
@API(status = API.Status.STABLE)
public record Outlook(Decision decision, List<String> notMore, List<Resource> resources) {
  public Outlook {
    notMore = List.copyOf(notMore);
    resources = List.copyOf(resources);
  }
}

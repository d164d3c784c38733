package dev.wnm.managers.launchd;

import java.util.Map;
import java.util.Optional;

/**
 * The nodes' jobs at one moment.
 *
 * @param domain where they are
 * @param byLabel those that launchd knows there
 */
record Jobs(String domain, Map<JobLabel, Job> byLabel) {
  Optional<Job> of(JobLabel label) {
    return Optional.ofNullable(byLabel.get(label));
  }
}

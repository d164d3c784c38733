package dev.wnm.managers.launchd;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code launchctl print DOMAIN} says of the nodes' jobs; what else runs on the machine is passed over. */
final class DomainListing {
  private static final String BEGIN = "services = {";
  private static final String END = "}";
  /** The pid, or 0; how it ended last, or a dash or a word in brackets; the label. */
  private static final Pattern LINE = Pattern.compile("\\s*(\\d+)\\s+(\\S+)\\s+(\\S+)\\s*");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

  private DomainListing() {}

  static Map<JobLabel, Job> parse(String domain, String printed) {
    Map<JobLabel, Job> jobs = new HashMap<>();
    boolean inside = false;
    for (String line : printed.lines().toList()) {
      if (!inside) {
        inside = line.strip().equals(BEGIN);
      } else if (line.strip().equals(END)) {
        break;
      } else {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          JobLabel.parse(matcher.group(3)).ifPresent(label ->
              jobs.put(label, job(domain + "/" + label, Long.parseLong(matcher.group(1)), matcher.group(2))));
        }
      }
    }
    return jobs;
  }

  private static Job job(String target, long pid, String last) {
    return Job.listed(target, pid > 0 ? OptionalLong.of(pid) : OptionalLong.empty(),
        NUMBER.matcher(last).matches() ? OptionalInt.of(Integer.parseInt(last)) : OptionalInt.empty());
  }
}

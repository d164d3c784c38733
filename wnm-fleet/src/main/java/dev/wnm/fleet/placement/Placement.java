package dev.wnm.fleet.placement;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.view.HostRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may get container groups, by what is believed of the hosts. What a host said last counts for the blocks that it has, however old that is;
 * more groups get only those that were heard of late.
 *
 * @param candidates all hosts whose nodes live in groups
 * @param notes what else there is to say of hosts, a sentence each
 */
public record Placement(List<Candidate> candidates, List<String> notes) {
  public Placement {
    candidates = List.copyOf(candidates);
    notes = List.copyOf(notes);
  }

  /**
   * Looks at all hosts of a fleet.
   *
   * @param labels what the operators said of them; where a host is is not for the host to say
   * @param chosen which may get more groups
   * @param claims the claims that there are
   */
  public static Placement of(Collection<HostRow> rows, Map<HostName, Labels> labels, Set<HostName> chosen, Collection<Claim> claims) {
    Set<String> sites = chosen.stream().map(host -> site(host, labels)).collect(Collectors.toSet());
    List<Candidate> candidates = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (HostRow row : rows) {
      HostName host = row.name();
      boolean isChosen = chosen.contains(host);
      Optional<HostState.Groups> groups = row.state().flatMap(HostState::groups);
      String site = site(host, labels);
      int held = (int) claims.stream().filter(claim -> claim.host().equals(host)).count();
      if (row.state().isEmpty()) {
        notes.add(host + " was never heard: which blocks it has is not known");
      } else if (isChosen && groups.isEmpty()) {
        notes.add(host + " gets none: its nodes do not live in container groups");
      } else if (isChosen && row.fresh().isEmpty()) {
        notes.add(host + " gets none: how it stands now is not known, it is " + row.belief().word());
      }
      if (!isChosen && sites.contains(site) && groups.filter(said -> said.allowed().areAll()).isPresent()) {
        notes.add(host + " is of site " + site + ", too, and may take any block: choose it as well, so that it keeps to its own");
      }
      groups.ifPresent(said -> candidates.add(Candidate.of(host, site, row.state().orElseThrow(), said, held, isChosen && row.fresh().isPresent())));
    }
    return new Placement(candidates, notes);
  }

  private static String site(HostName host, Map<HostName, Labels> labels) {
    return labels.getOrDefault(host, Labels.NONE).site(host);
  }
}

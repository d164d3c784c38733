package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.model.ContainerGroup;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the image of the settings to all container groups, one after another: the next one is touched only when the nodes
 * of the one before have answered for the settling time. A group that does not do well gets its old image again, and no other is
 * touched.
 */
final class RollOut {
  private static final System.Logger LOG = System.getLogger(RollOut.class.getName());
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final int MOST_LOOKS_IN_VAIN = 60;

  private final Crew crew;
  private final Groups groups;
  private final Pause pause;
  private final Duration settlingTime;

  RollOut(Crew crew, Groups groups, Pause pause) {
    this.crew = crew;
    this.groups = groups;
    this.pause = pause;
    settlingTime = crew.settings().get(Options.UPGRADE_SETTLING_TIME);
  }

  ForcedResult run() {
    List<ContainerGroup> all = groups.all();
    List<String> done = new ArrayList<>();
    Optional<String> failure = Optional.empty();
    for (ContainerGroup group : all) {
      failure = crew.isDryRun() ? Optional.empty() : roll(group);
      if (failure.isPresent()) {
        LOG.log(System.Logger.Level.ERROR, "the roll-out stops at group {0}: {1}", group.name(), failure.get());
        break;
      }
      done.add(group.name());
      LOG.log(System.Logger.Level.INFO, crew.isDryRun() ? "DRYRUN: group {0} would have been made anew from {1}"
          : "group {0} runs on {1}", group.name(), image());
    }
    return answer(all, done, failure);
  }

  private String image() {
    return crew.settings().get(Options.DOCKER_IMAGE);
  }

  /** @return why the group does not run on the new image, if it does not, and what it runs on */
  private Optional<String> roll(ContainerGroup group) {
    Set<Integer> ran = groups.members(group).stream().filter(Fleet.in(NodeStatus.RUNNING)).map(Node::id)
        .collect(Collectors.toSet());
    Optional<String> before = groups.image(group);
    LOG.log(System.Logger.Level.INFO, "group {0} is made anew from {1}; its nodes have to answer for {2} s", group.name(),
        image(), Long.toString(settlingTime.toSeconds()));
    Optional<String> failure = groups.rebuild(group).or(() -> settle(group, ran, settlingTime));
    return failure.map(reason -> reason + "; " + putBack(group, ran, before));
  }

  private String putBack(ContainerGroup group, Set<Integer> ran, Optional<String> before) {
    if (before.isEmpty()) {
      return "what it was made from before is not known";
    }
    return groups.rebuild(group, before.get()).or(() -> settle(group, ran, Duration.ZERO))
        .map(again -> "its old image is put back, but " + again).orElse("it runs on its old image again");
  }

  /** Waits until the nodes that ran answer, and then for the settling time. @return why the group is no good, if it is not */
  private Optional<String> settle(ContainerGroup group, Set<Integer> ran, Duration time) {
    crew.reload();
    crew.waves().silence(groups.members(group));
    Optional<String> life = groups.life(group);
    Optional<Instant> answers = Optional.empty();
    for (int looksInVain = 0; ; ) {
      if (life.isEmpty() || !groups.life(group).equals(life)) {
        return Optional.of("its container ended and was started again");
      }
      List<Node> silent = crew.survey(groups.members(group).stream().filter(node -> ran.contains(node.id())).toList())
          .stream().filter(node -> node.status() != NodeStatus.RUNNING || node.health().missedProbes() > 0).toList();
      if (silent.isEmpty()) {
        answers = answers.or(() -> Optional.of(crew.now()));
        if (!answers.get().plus(time).isAfter(crew.now())) {
          return Optional.empty();
        }
      } else {
        answers = Optional.empty();
        looksInVain++;
      }
      if (looksInVain == MOST_LOOKS_IN_VAIN) {
        return Optional.of(silent.size() + " of its " + ran.size() + " nodes do not answer: "
            + silent.stream().map(Node::service).collect(Collectors.joining(", ")));
      }
      pause.of(BETWEEN_LOOKS);
    }
  }

  private ForcedResult answer(List<ContainerGroup> all, List<String> done, Optional<String> failure) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", crew.isDryRun() ? "upgrade_image-dryrun" : failure.isPresent() ? "failed-upgrade_image" : "upgraded-image");
    fields.put("image", image());
    fields.put("message", failure.map(reason -> "the roll-out of " + image() + " stopped at group " + all.get(done.size()).name()
        + ": " + reason).orElseGet(() -> crew.wording().did("made") + " " + done.size() + (done.size() == 1 ? " group" : " groups")
        + " anew from " + image()));
    fields.put("upgraded_count", done.size());
    fields.put("upgraded_groups", done);
    if (failure.isPresent()) {
      fields.put("failed_group", all.get(done.size()).name());
      fields.put("error", failure.get());
    }
    if (crew.isDryRun()) {
      fields.put("dry_run", true);
    }
    return new ForcedResult(fields, List.of(), failure.isPresent(), crew.wording());
  }
}

package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.execution.UpgradeWaves;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.model.RollOutStep;
import dev.wnm.core.observation.NodeStates;
import dev.wnm.core.provisioning.Groups;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.work.Oversight;
import dev.wnm.core.work.Work;
import dev.wnm.core.work.WorkUnderWay;
import dev.wnm.spi.internal.Known;
import dev.wnm.spi.manager.GroupHealth;
import dev.wnm.spi.model.ContainerGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings the image of the settings to all container groups, one after another: the next one is touched only when the one before
 * has done well for the settling time, and for longer than its own check needs to find it ill. A group that does not do well gets
 * its old image again, and no other is touched. How far it has come is in the database, so that what was cut off is judged by the
 * next cycle, and gone on with by the next order.
 */
final class ImageRollout {
  private static final System.Logger LOG = System.getLogger(ImageRollout.class.getName());
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  /** How long a group may take until it does well, if its own check does not take longer. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final CycleContext context;
  private final Groups groups;
  private final ColonyStore store;
  private final Surveyor surveyor;
  private final UpgradeWaves waves;
  private final Duration settlingTime;
  private final Oversight oversight;

  ImageRollout(CycleContext context, Groups groups, Surveyor surveyor, UpgradeWaves waves, Oversight oversight) {
    this.oversight = oversight;
    this.context = context;
    this.groups = groups;
    this.surveyor = surveyor;
    this.waves = waves;
    store = context.store();
    settlingTime = context.settings().get(Options.UPGRADE_SETTLING_TIME);
  }

  /**
   * What was seen of a group that was made anew.
   *
   * @param step with what was seen
   * @param broken why it is no good, if that is sure
   * @param ill why it does not do well at this moment; empty when it does
   */
  private record Look(RollOutStep step, Optional<String> broken, String ill) {}

  /**
   * Brings the image to all groups; those that have it already from a roll-out that was cut off are left alone. Where wnm is asked to
   * end, the group that it is at is left to the next cycle, and the others to the next order.
   */
  ManualResult run() {
    List<ContainerGroup> all = groups.all();
    Map<String, RollOutStep> steps = planned(all);
    if (!context.isDryRun()) {
      store.saveRollOut(steps.values());
    }
    List<String> done = new ArrayList<>();
    Optional<String> failure = Optional.empty();
    try (WorkUnderWay work = oversight.begin(OperationKind.UPGRADE, Work.Things.GROUPS, all.stream().map(ContainerGroup::name).toList())) {
      for (int i = 0; i < all.size() && failure.isEmpty() && oversight.goesOn(); i++) {
        ContainerGroup group = all.get(i);
        work.begun(List.of(group.name()));
        failure = context.isDryRun() ? Optional.empty() : roll(group, Known.of(steps, group.name()));
        if (failure.isPresent()) {
          work.over(List.of(group.name()), 0);
          LOG.log(System.Logger.Level.ERROR, "the roll-out stops at group {0}: {1}", group.name(), failure.get());
        } else if (oversight.goesOn()) {
          work.over(List.of(group.name()), 1);
          done.add(group.name());
          LOG.log(System.Logger.Level.INFO, context.isDryRun() ? "DRYRUN: group {0} would have been made anew from {1}"
              : "group {0} runs on {1}", group.name(), image());
        }
      }
    }
    boolean cutOff = failure.isEmpty() && done.size() < all.size();
    if (!context.isDryRun() && !cutOff) {
      groups.rolledOut(failure);
      store.saveRollOut(List.of());
    }
    return answer(all, done, failure);
  }

  /** The steps that are still there of a roll-out that was cut off, as far as they are of use, and one for each other group. */
  private Map<String, RollOutStep> planned(List<ContainerGroup> all) {
    Map<String, RollOutStep> left =
        store.rollOut().stream().collect(Collectors.toMap(RollOutStep::group, Function.identity()));
    Map<String, RollOutStep> steps = new LinkedHashMap<>();
    for (ContainerGroup group : all) {
      RollOutStep waiting = RollOutStep.waiting(group.name(), image(), context.now());
      RollOutStep known = left.getOrDefault(group.name(), waiting);
      steps.put(group.name(), known.isUnderWay() ? waiting.begun(known.before(), known.ran(), context.now())
          : known.image().equals(image()) ? known : waiting);
    }
    return steps;
  }

  private String image() {
    return groups.imageOfSettings();
  }

  /** @return why the group does not run on the new image, if it does not, and what it runs on */
  private Optional<String> roll(ContainerGroup group, RollOutStep planned) {
    if (planned.state() == RollOutStep.State.DONE) {
      return Optional.empty();
    }
    // What was cut off knows better what was there before than a container that was made anew since.
    RollOutStep step = planned.isUnderWay() ? planned : planned.begun(groups.image(group), running(group), context.now());
    store.save(step);
    LOG.log(System.Logger.Level.INFO, "group {0} is made anew from {1}; it has to do well for {2} s", group.name(), image(),
        Long.toString(settlingTime.toSeconds()));
    Optional<String> failure = groups.rebuild(group).or(() -> settle(group, step));
    if (failure.isEmpty() && oversight.goesOn()) {
      store.save(step.done());
    }
    Optional<String> sequel = failure.map(reason -> reason + "; " + putBack(group, step));
    // Nodes that were down with the container before came up with the new one.
    surveyor.look(groups.members(group).stream().filter(Surveyor::isLookedAt).map(NodeStates::replaced).toList());
    return sequel;
  }

  private Set<Integer> running(ContainerGroup group) {
    return groups.members(group).stream().filter(Fleet.in(NodeStatus.RUNNING)).map(Node::id).collect(Collectors.toSet());
  }

  private String putBack(ContainerGroup group, RollOutStep step) {
    if (step.before().isEmpty()) {
      return "what it was made from before is not known";
    }
    return groups.rebuild(group, step.before().get()).or(() -> comeBack(group, step))
        .map(again -> "its old image is put back, but " + again).orElse("it runs on its old image again");
  }

  /** Waits until the group has done well for long enough, or wnm is asked to end. @return why it is no good, if that is known */
  private Optional<String> settle(ContainerGroup group, RollOutStep begun) {
    context.reload();
    waves.silence(groups.members(group));
    RollOutStep step = begun;
    for (Duration inVain = Duration.ZERO; oversight.goesOn(); ) {
      Look look = look(group, step);
      if (look.broken().isPresent()) {
        return look.broken();
      }
      step = look.step();
      if (look.ill().isEmpty()) {
        store.save(step);
        if (step.isWellFor(needed(group), context.now())) {
          return Optional.empty();
        }
      } else {
        inVain = inVain.plus(BETWEEN_LOOKS);
        if (inVain.compareTo(patience(group)) >= 0) {
          return Optional.of(look.ill());
        }
      }
      context.pause().of(BETWEEN_LOOKS);
    }
    return Optional.empty();
  }

  /** Waits until the nodes that ran before run again, in the image that they ran in. @return why they do not, if they do not */
  private Optional<String> comeBack(ContainerGroup group, RollOutStep step) {
    context.reload();
    waves.silence(groups.members(group));
    String silent = silent(group, step);
    for (Duration inVain = Duration.ZERO; !silent.isEmpty() && oversight.goesOn(); inVain = inVain.plus(BETWEEN_LOOKS)) {
      if (inVain.compareTo(PATIENCE) >= 0) {
        return Optional.of(silent);
      }
      context.pause().of(BETWEEN_LOOKS);
      silent = silent(group, step);
    }
    return Optional.of(silent).filter(words -> !words.isEmpty());
  }

  /** How long a group has to do well until it is believed: its own check, if it is slow, has found nothing meanwhile either. */
  private Duration needed(ContainerGroup group) {
    return longer(settlingTime, groups.health(group).readiness());
  }

  private Duration patience(ContainerGroup group) {
    return longer(PATIENCE, groups.health(group).readiness());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Look look(ContainerGroup group, RollOutStep step) {
    Optional<String> life = groups.life(group);
    if (life.isEmpty()) {
      return new Look(step, Optional.of(groups.failure(group)), "");
    }
    if (!step.life().isEmpty() && !step.life().equals(life.get())) {
      return new Look(step, Optional.of("its container ended and was started again"), "");
    }
    GroupHealth health = groups.health(group);
    String ill = !health.troubles().isEmpty() ? String.join("; ", health.troubles())
        : !health.isWell() ? "its container has not become healthy" : silent(group, step);
    return new Look(step.seen(life.get(), ill.isEmpty(), context.now()), Optional.empty(), ill);
  }

  /** Which of the nodes that ran do not answer, in a clause; empty when all do. */
  private String silent(ContainerGroup group, RollOutStep step) {
    List<Node> silent = surveyor.look(groups.members(group).stream().filter(node -> step.ran().contains(node.id())).toList())
        .stream().filter(node -> node.status() != NodeStatus.RUNNING || node.health().missedProbes() > 0).toList();
    return silent.isEmpty() ? "" : silent.size() + " of its " + step.ran().size() + " nodes do not answer: "
        + silent.stream().map(Node::service).collect(Collectors.joining(", "));
  }

  /**
   * What a cycle knows of a roll-out that was cut off.
   *
   * @param outcomes of a group that got its old image again
   * @param troubles what the operator has to know, a clause each
   */
  record CutOff(List<NodeOutcome> outcomes, List<String> troubles) {}

  /**
   * Looks, without waiting, at the group that an earlier run was at when it was cut off. It gets its old image again when it does
   * not do well; the groups after it are left alone until the roll-out is ordered again.
   */
  CutOff judge() {
    List<RollOutStep> steps = store.rollOut();
    if (steps.isEmpty() || context.isDryRun()) {
      return new CutOff(List.of(), List.of());
    }
    List<String> settling = new ArrayList<>();
    for (RollOutStep step : steps.stream().filter(RollOutStep::isUnderWay).toList()) {
      Optional<ContainerGroup> group = groups.all().stream().filter(each -> each.name().equals(step.group())).findFirst();
      Optional<String> failure = group.flatMap(each -> judge(each, step, settling));
      if (failure.isPresent()) {
        groups.rolledOut(failure);
        store.saveRollOut(List.of());
        return new CutOff(List.of(new NodeOutcome(OperationKind.UPGRADE, 0, "group " + step.group(), false, failure.get())),
            List.of());
      }
    }
    return new CutOff(List.of(), settling.isEmpty() ? left() : settling);
  }

  private Optional<String> judge(ContainerGroup group, RollOutStep step, List<String> settling) {
    Look look = look(group, step);
    boolean tooLong = !look.ill().isEmpty() && step.begunAt().plus(patience(group)).isBefore(context.now());
    Optional<String> bad = look.broken().or(() -> tooLong ? Optional.of(look.ill()) : Optional.empty());
    if (bad.isPresent()) {
      return Optional.of("the roll-out of " + step.image() + " was cut off, and it does not do well with that: " + bad.get() + "; "
          + putBack(group, step));
    }
    boolean done = look.step().isWellFor(needed(group), context.now());
    store.save(done ? look.step().done() : look.step());
    if (!done) {
      settling.add("group " + group.name() + " has to show how it does with " + step.image()
          + ", since the roll-out was cut off" + (look.ill().isEmpty() ? "" : " (" + look.ill() + ")"));
    }
    return Optional.empty();
  }

  /** What is left to do of it; nothing of it is kept when that is nothing. */
  private List<String> left() {
    List<RollOutStep> steps = store.rollOut();
    List<String> waiting = steps.stream().filter(step -> step.state() == RollOutStep.State.WAITING).map(RollOutStep::group).toList();
    if (waiting.isEmpty()) {
      store.saveRollOut(List.of());
      return List.of();
    }
    return List.of("the roll-out of " + steps.get(0).image() + " was cut off before " + String.join(", ", waiting)
        + "; --force_action upgrade_image goes on with it");
  }

  private ManualResult answer(List<ContainerGroup> all, List<String> done, Optional<String> failure) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", context.isDryRun() ? "upgrade_image-dryrun" : failure.isPresent() ? "failed-upgrade_image" : "upgraded-image");
    fields.put("image", image());
    fields.put("message", failure.map(reason -> "the roll-out of " + image() + " stopped at group " + all.get(done.size()).name()
        + ": " + reason).orElseGet(() -> context.wording().did("made") + " " + done.size() + (done.size() == 1 ? " group" : " groups")
        + " anew from " + image() + (done.size() < all.size() ? "; " + Oversight.ENDING + ", and --force_action upgrade_image goes on" : "")));
    fields.put("upgraded_count", done.size());
    fields.put("upgraded_groups", done);
    if (failure.isPresent()) {
      fields.put("failed_group", all.get(done.size()).name());
      fields.put("error", failure.get());
      fields.put("message", "group " + all.get(done.size()).name() + ": " + failure.get());
    }
    if (context.isDryRun()) {
      fields.put("dry_run", true);
    }
    return new ManualResult(fields, List.of(), failure.isPresent(), context.wording());
  }
}

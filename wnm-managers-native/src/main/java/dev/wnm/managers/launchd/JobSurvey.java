package dev.wnm.managers.launchd;

import dev.wnm.managers.launchd.PropertyListReader.MalformedException;
import dev.wnm.managers.support.Finding;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.Sentences;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds nodes with nothing remembered, by their property lists: wnm's, the Python wnm's, and those that were edited. */
final class JobSurvey {
  private final Domains domains;
  private final JobFiles jobs;
  private final NodeFiles files;
  private final NodeHome homes;
  private final String user;
  private final ManagerContext context;

  /** @param user the account of nodes whose property lists name none */
  JobSurvey(Domains domains, JobFiles jobs, NodeFiles files, NodeHome homes, String user, ManagerContext context) {
    this.domains = domains;
    this.jobs = jobs;
    this.files = files;
    this.homes = homes;
    this.user = user;
    this.context = context;
  }

  List<FoundNode> take() throws ManagerUnavailableException {
    try {
      Jobs known = domains.look();
      Set<Integer> numbers = numbers();
      StorageView storages = new StorageView(context.colony());
      List<FoundNode> nodes = new ArrayList<>();
      for (int number : numbers) {
        JobLabel label = new JobLabel(number);
        describe(label, known.of(label), storages).ifPresent(nodes::add);
      }
      Set<Path> described = nodes.stream().map(node -> node.facts().rootDir()).collect(Collectors.toSet());
      for (Path folder : homes.folders(described)) {
        withoutPropertyList(folder, known, numbers, storages).ifPresent(nodes::add);
      }
      Set<Path> found = nodes.stream().map(node -> node.facts().rootDir()).collect(Collectors.toSet());
      known.byLabel().keySet().stream().filter(label -> !numbers.contains(label.number()))
          .filter(label -> found.stream().noneMatch(folder -> label.equals(labelOf(folder).orElse(null)))).forEach(label ->
          context.progress().report(known.domain() + "/" + label + " is passed over: " + jobs.of(label) + " does not exist"));
      return nodes;
    } catch (CommandFailedException e) {
      throw new ManagerUnavailableException("launchd cannot be asked for its nodes: " + e.getMessage());
    } catch (IOException e) {
      throw new ManagerUnavailableException("the nodes in " + jobs.folder() + " or " + Sentences.list(context.nodeStorages()) + " cannot be listed: " + Sentences.of(e));
    }
  }

  /** A node whose property list is gone; one whose list cannot be understood is passed over. */
  private Optional<FoundNode> withoutPropertyList(Path folder, Jobs known, Set<Integer> numbers, StorageView storages)
      throws CommandFailedException {
    Optional<JobLabel> label = labelOf(folder).filter(one -> !numbers.contains(one.number()));
    if (label.isEmpty()) {
      return Optional.empty();
    }
    ProcessState state = known.of(label.get()).filter(Job::runs)
        .<ProcessState>map(running -> new ProcessState.Running(running.pid()))
        .orElseGet(() -> storages.ofNodeThatIsDown(folder, () -> "its property list is gone"));
    return Optional.of(Finding.ofFolder(folder, label.get().service(), state, files).toNode(files, homes));
  }

  private static Optional<JobLabel> labelOf(Path folder) {
    OptionalInt number = Finding.numberOf(folder.getFileName().toString());
    return number.isPresent() ? Optional.of(new JobLabel(number.getAsInt())) : Optional.empty();
  }

  private Optional<FoundNode> describe(JobLabel label, Optional<Job> job, StorageView storages) throws CommandFailedException {
    try {
      JobDescription description = jobs.read(label);
      Path rootDir = description.rootDir().orElseThrow();
      ProcessState state = job.filter(Job::runs).<ProcessState>map(running -> new ProcessState.Running(running.pid()))
          .orElseGet(() -> storages.ofNodeThatIsDown(rootDir, () -> ""));
      return Optional.of(new Finding(label.service(), rootDir, description.arguments(), description.user().orElse(user),
          description.environment(), state).toNode(files, homes));
    } catch (MalformedException e) {
      context.progress().report(jobs.of(label) + " is passed over: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Those of the property lists that are there. */
  private Set<Integer> numbers() throws IOException {
    if (!Files.exists(jobs.folder())) {
      return Set.of();
    }
    try (Stream<Path> entries = Files.list(jobs.folder())) {
      return entries.flatMap(file -> JobLabel.ofFile(file.getFileName().toString()).stream()).map(JobLabel::number)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}

package dev.wnm.managers.s6overlay.validation;

import dev.wnm.managers.s6overlay.validation.Source.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules by which s6-rc-compile takes or refuses a tree, all at once where that ends at the first. It may take what other rules
 * here refuse. Not thread-safe.
 */
final class SourceRules {
  private final ServiceTree tree;
  private final Set<String> ofOthers;
  private final List<Finding> findings = new ArrayList<>();
  /** By their names, pipelines included. */
  private final Map<String, Source> sources = new LinkedHashMap<>();
  /** The services of each bundle, pipelines included. */
  private final Map<String, Set<String>> bundles = new LinkedHashMap<>();

  private SourceRules(ServiceTree tree, Set<String> ofOthers) {
    this.tree = tree;
    this.ofOthers = ofOthers;
  }

  /**
   * What s6-rc-compile would refuse, and why.
   *
   * @param ofOthers services that are there beside the tree's
   */
  static List<Finding> check(ServiceTree tree, Set<String> ofOthers) {
    SourceRules rules = new SourceRules(tree, ofOthers);
    rules.check();
    return rules.findings;
  }

  /** The sources of a tree by their names, whatever is wrong with them. */
  static Collection<Source> sources(ServiceTree tree) {
    SourceReader reader = new SourceReader(tree, new ArrayList<>());
    return tree.sources().stream().map(reader::read).toList();
  }

  private void check() {
    SourceReader reader = new SourceReader(tree, findings);
    for (String path : tree.sources()) {
      Source source = reader.read(path);
      Source other = sources.putIfAbsent(source.name(), source);
      if (other != null) {
        wrong(path, "has the name of " + other.path(), "give one of them another name");
      }
    }
    List.copyOf(sources.values()).forEach(this::pipeline);
    sources.values().forEach(this::references);
    sources.values().forEach(this::pair);
    sources.values().stream().filter(source -> source.is(Type.BUNDLE)).forEach(source -> members(source.name(), new ArrayList<>()));
    circles();
  }

  private void pipeline(Source last) {
    if (last.pipelineName().isEmpty()) {
      return;
    }
    String name = last.pipelineName().get();
    Set<String> members = new LinkedHashSet<>();
    collect(last, members);
    Source other = sources.get(name);
    if (other != null || bundles.containsKey(name)) {
      wrong(last.path() + "/pipeline-name", "there is another " + name, "give the pipeline another name");
    } else {
      bundles.put(name, members);
    }
  }

  private void collect(Source source, Set<String> members) {
    if (members.add(source.name())) {
      source.consumerFor().stream().map(sources::get).filter(each -> each != null && each.is(Type.LONGRUN))
          .forEach(each -> collect(each, members));
    }
  }

  private void references(Source source) {
    source.before().forEach(name -> mustExist(source.path() + "/dependencies.d/" + name, name));
    source.contents().forEach(name -> mustExist(source.path() + "/contents.d/" + name, name));
  }

  private void mustExist(String file, String name) {
    if (!sources.containsKey(name) && !bundles.containsKey(name) && !ofOthers.contains(name)) {
      wrong(file, "there is no service or bundle " + name, "add it, or take this name away");
    }
  }

  private void pair(Source source) {
    source.producerFor().ifPresent(name -> {
      Optional<Source> other = longrun(source.path() + "/producer-for", name);
      if (other.isPresent() && !other.get().consumerFor().contains(source.name())) {
        wrong(source.path() + "/producer-for", name + " does not say in consumer-for that it reads from " + source.name(),
            "write " + source.name() + " into " + other.get().path() + "/consumer-for");
      }
    });
    for (String name : source.consumerFor()) {
      Optional<Source> other = longrun(source.path() + "/consumer-for", name);
      if (other.isPresent() && !other.get().producerFor().equals(Optional.of(source.name()))) {
        wrong(source.path() + "/consumer-for", name + " does not say in producer-for that it writes to " + source.name(),
            "write " + source.name() + " into " + other.get().path() + "/producer-for");
      }
    }
  }

  private Optional<Source> longrun(String file, String name) {
    Optional<Source> found = Optional.ofNullable(sources.get(name));
    if (found.isEmpty()) {
      wrong(file, "there is no service " + name, "name one that there is");
    } else if (found.get().type().isPresent() && !found.get().is(Type.LONGRUN)) {
      wrong(file, name + " is no longrun", "name a longrun: others have no output to read");
    }
    return found.filter(source -> source.is(Type.LONGRUN));
  }

  /** The services behind a name. @param path the bundles on the way to it */
  private Set<String> members(String name, List<String> path) {
    Set<String> known = bundles.get(name);
    if (known != null) {
      return known;
    }
    Source source = sources.get(name);
    if (source == null || !source.is(Type.BUNDLE)) {
      return Set.of(name);
    }
    if (path.contains(name)) {
      List<String> circle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
      circle.add(name);
      wrong(source.path(), "bundles go in a circle: " + String.join(" holds ", circle), "take one of them out of another's contents.d");
      return Set.of();
    }
    path.add(name);
    Set<String> members = new TreeSet<>();
    source.contents().forEach(each -> members.addAll(members(each, path)));
    path.remove(path.size() - 1);
    bundles.put(name, members);
    return members;
  }

  /** Of each circle one finding, with the path around it. */
  private void circles() {
    Map<String, Set<String>> before = new LinkedHashMap<>();
    for (Source source : sources.values()) {
      Set<String> each = new LinkedHashSet<>();
      source.before().forEach(name -> each.addAll(bundles.containsKey(name) ? bundles.get(name) : Set.of(name)));
      // A producer waits for whoever reads from it.
      source.producerFor().ifPresent(each::add);
      before.put(source.name(), each);
    }
    Set<String> done = new LinkedHashSet<>();
    before.keySet().forEach(name -> visit(name, before, new LinkedHashSet<>(), done));
  }

  private void visit(String name, Map<String, Set<String>> before, LinkedHashSet<String> path, Set<String> done) {
    if (path.contains(name)) {
      List<String> circle = new ArrayList<>(path);
      circle = new ArrayList<>(circle.subList(circle.indexOf(name), circle.size()));
      circle.add(name);
      wrong(sources.get(name).path(), "services go in a circle: " + String.join(" after ", circle),
          "take one of them out of another's dependencies.d");
    } else if (before.containsKey(name) && !done.contains(name)) {
      path.add(name);
      before.get(name).forEach(each -> visit(each, before, path, done));
      path.remove(name);
      done.add(name);
    }
  }

  private void wrong(String file, String what, String remedy) {
    findings.add(new Finding(file, what, remedy));
  }
}

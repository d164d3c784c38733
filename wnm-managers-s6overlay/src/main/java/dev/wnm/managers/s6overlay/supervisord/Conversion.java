package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.companion.Companion;
import dev.wnm.managers.s6overlay.companion.Forwarding;
import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import dev.wnm.managers.s6overlay.image.ImageSource;
import dev.wnm.managers.s6overlay.output.OutputFolder;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A supervisord.conf turned into a tree of s6-overlay services, ready to be written. Not thread-safe. */
public final class Conversion {
  private final Findings findings = new Findings();
  private final OutputFolder tree = new OutputFolder();
  private final Names names = new Names(findings);
  private final Configuration configuration;
  private final Optional<Forwarding> forwarding;
  private final List<Service> services = new ArrayList<>();
  /** The services behind each name that the operator may use. */
  private final Map<String, Set<String>> members = new LinkedHashMap<>();
  private final String report;

  private Conversion(Path file, Expander expander, Wishes wishes, MissingVariables missing) {
    this.configuration = Configuration.read(file, expander, findings);
    this.forwarding = Forwarding.read(wishes.text(Wish.FORWARD));
    Map<String, Group> groups = groups();
    readPrograms(groups);
    if (!missing.isEmpty()) {
      throw missing.refusal();
    }
    SupervisorUse use = new SupervisorUse(configuration, List.copyOf(services), findings);
    services.replaceAll(use::translate);
    Outcomes.listWithout(configuration, findings);
    Map<String, Set<String>> bundles = bundles(groups);
    String depends = wishes.text(Wish.DEPENDS);
    Map<String, Set<String>> dependencies = depends.isBlank()
        ? Ordering.byPriority(services) : Ordering.byWish(depends, members, services);
    Map<String, Companion> companions = Companion.read(wishes, members);
    services.replaceAll(service -> companions.get(service.name()).rights().user().map(service::withUser).orElse(service));
    Sources sources = new Sources(tree, names, companions, forwarding);
    for (Service service : services) {
      sources.service(service, dependencies.get(service.name()));
    }
    bundles.forEach(sources::bundle);
    sources.forward();
    this.report = new ReportPage(configuration.files(), services, bundles, dependencies, companions, forwarding,
        !depends.isBlank(), findings, Ending.of(configuration)).text();
    tree.file("CONVERSION.md", report);
    configuration.files().forEach(read -> tree.privateFile(read.copy(), read.text()));
    forwarding.map(Forwarding::packages).filter(packages -> !packages.isEmpty())
        .ifPresent(packages -> tree.file(Forwarding.PACKAGES, String.join("\n", packages) + "\n"));
    if (forwarding.isPresent() || companions.values().stream().anyMatch(companion -> !companion.says().isEmpty())) {
      ImageSource.addCompanionLibrary(tree);
    }
  }

  /**
   * Reads a supervisord.conf with what it includes.
   *
   * @param environment for what has to be known now
   * @param wishes what services are to have beside what the file says; without {@link Wish#DEPENDS} the order follows from
   *     priorities
   * @throws BadInputException one sentence, where possible with file and line
   */
  public static Conversion of(Path file, Map<String, String> environment, Wishes wishes) {
    MissingVariables missing = new MissingVariables();
    try {
      return new Conversion(file, Expander.of(environment, missing), wishes, missing);
    } catch (BadInputException e) {
      // What else is wrong may follow from them.
      throw missing.isEmpty() ? e : missing.refusal();
    }
  }

  /** What became of what, in Markdown. */
  public String report() {
    return report;
  }

  /**
   * Writes the tree, whole or not at all.
   *
   * @param folder to be made; may be there when it is empty
   * @throws BadInputException when it is not
   */
  public void writeTo(Path folder) throws IOException {
    tree.writeTo(folder);
  }

  private record Group(String name, Place place, int priority, List<String> programs) {}

  private Map<String, Group> groups() {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (IniSection section : configuration.ofKind("group")) {
      SectionReader reader = new SectionReader(section, configuration.expander());
      List<String> programs = new ArrayList<>();
      for (String program : reader.text("programs").orElse("").split(",")) {
        if (!program.isBlank()) {
          programs.add(program.strip());
        }
      }
      for (String program : programs) {
        if (configuration.find("program:" + program).isEmpty() && configuration.find("fcgi-program:" + program).isEmpty()) {
          throw reader.place("programs").refuse("[" + section.name() + "] names '" + program + "', which is no program");
        }
      }
      groups.put(section.id(), new Group(section.id(), section.place(), reader.number("priority", -999_999, 999_999, 999), programs));
    }
    return groups;
  }

  private void readPrograms(Map<String, Group> groups) {
    ProgramReader reader = new ProgramReader(DaemonSettings.read(configuration, findings, forwarding.filter(Forwarding::isSyslog).isPresent()), names, findings);
    LogFolders folders = new LogFolders();
    for (IniSection section : configuration.sections()) {
      boolean isProgram = section.name().startsWith("program:");
      if (!isProgram && !(section.name().startsWith("fcgi-program:") && Outcomes.isConvertible(section))) {
        continue;
      }
      List<Group> of = groups.values().stream().filter(group -> group.programs().contains(section.id())).toList();
      if (of.size() > 1) {
        findings.note(section.place(), "[" + section.name() + "]", "is in several groups; supervisord runs it once for"
            + " each, s6 once");
      }
      Optional<Group> first = of.stream().findFirst();
      String group = first.map(Group::name).orElse(section.id());
      List<Service> made = reader.read(section, group, first.map(Group::priority)).stream()
          .map(service -> folders.apart(service, findings)).toList();
      services.addAll(made);
      Set<String> behind = new LinkedHashSet<>();
      made.forEach(service -> behind.add(service.name()));
      members.put(section.id(), behind);
    }
    services.forEach(service -> members.putIfAbsent(service.name(), Set.of(service.name())));
    if (services.isEmpty()) {
      throw new BadInputException(configuration.file() + " has no [program:x] that can be converted");
    }
  }

  private Map<String, Set<String>> bundles(Map<String, Group> groups) {
    Map<String, Set<String>> bundles = new LinkedHashMap<>();
    for (IniSection section : configuration.sections()) {
      Set<String> behind = members.getOrDefault(section.id(), Set.of());
      if (section.name().contains("program:") && behind.size() > 1) {
        bundles.put(names.of(section.id(), section.place(), "[" + section.name() + "]"), behind);
      }
    }
    for (Group group : groups.values()) {
      Set<String> behind = new TreeSet<>();
      services.stream().filter(service -> group.programs().contains(service.program()))
          .forEach(service -> behind.add(service.name()));
      if (behind.isEmpty()) {
        findings.without(group.place(), "[group:" + group.name() + "]", "none of its programs is converted", "");
        continue;
      }
      boolean isOfProgram = members.containsKey(group.name());
      String name = isOfProgram ? names.free(group.name() + "-group")
          : names.of(group.name(), group.place(), "[group:" + group.name() + "]");
      if (isOfProgram) {
        findings.note(group.place(), "[group:" + group.name() + "]", "its bundle is called " + name
            + ", since a program has the name of the group");
      }
      members.put(isOfProgram ? name : group.name(), behind);
      bundles.put(name, behind);
    }
    return bundles;
  }
}

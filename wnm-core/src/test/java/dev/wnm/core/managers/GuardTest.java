package dev.wnm.core.managers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.manager.AdoptsNodes;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.CompanionAction;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.Describes;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.KeepsKeys;
import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.MovesNodes;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.NoticesEnds;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.manager.ReadsListings;
import dev.wnm.spi.manager.ReadsLogs;
import dev.wnm.spi.manager.ReservesPorts;
import dev.wnm.spi.manager.RunsCompanions;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.ContainerGroup;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.PortRange;
import dev.wnm.testkit.Eventually;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a plug-in does in whichever method, core gets an answer that names the plug-in. */
@ResourceLock(PlugInJar.BEHAVIOUR)
class GuardTest {
  private static final CallLimits SHORT = new CallLimits(Duration.ofSeconds(20), Duration.ofMillis(150), Duration.ofMillis(150),
      Duration.ofMillis(150), Duration.ZERO, Duration.ofMillis(50));
  private static final CallLimits LONG = new CallLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1),
      Duration.ofMinutes(1), Duration.ZERO, Duration.ofSeconds(1));

  private static final AtomicInteger NUMBERS = new AtomicInteger(100);

  @TempDir
  static Path temp;
  private static Path jar;
  private static ProcessManagerProvider provider;

  @BeforeAll
  static void compile() throws Exception {
    jar = PlugInJar.bad(temp.toRealPath());
    provider = PlugInJar.load(jar, "bad.BadProvider");
  }

  @AfterEach
  void behave() {
    PlugInJar.behave();
  }

  private static ManagerContext context() {
    return new ManagerContext(ColonyId.of(temp), new ProcessCommandRunner(), Firewall.NONE, Clock.systemUTC(),
        temp.resolve("nodes"), temp, Progress.SILENT);
  }

  private static ProcessManager manager(CallLimits limits) throws ManagerUnavailableException {
    PlugInJar.offerAll();
    return ManagerRegistry.of(List.of(provider), limits).create("bad+user", context());
  }

  private static NodeSpec node(int id) {
    Path root = temp.resolve("nodes/antnode000" + id);
    return NodeSpec.builder(id, NodePlacement.of("antnode000" + id, root), NodePorts.of(50_000 + id, 51_000 + id))
        .source(temp.resolve("antnode")).user("tester").bootstrapCache(temp).build();
  }

  /** Each method of the interface and of all capabilities but those that are asked when the manager is made. */
  static Stream<Arguments> troubles() {
    return Stream.of(ProcessManager.class, AdoptsNodes.class, Batches.class, BulkTeardown.class, Describes.class, GivesNotice.class, HostsGroups.class,
            InstallsBinaries.class, KeepsKeys.class, KeepsStorages.class, MovesNodes.class, NoticesEnds.class, ReadsListings.class, ReadsLogs.class,
            ReservesPorts.class,
            RunsCompanions.class, Upgrades.class)
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !Set.of("traits", "capability", "image").contains(method.getName()))
        .flatMap(method -> Stream.of("throws", "overflows", "links", "memory", "null", "hangs")
            .filter(how -> !how.equals("null") || !method.getReturnType().isPrimitive())
            .map(how -> Arguments.of(method.getName(), how, method)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("troubles")
  void everyMethodThatMisbehavesHasAnAnswerThatNamesThePlugIn(String name, String how, Method method) throws Exception {
    ProcessManager guarded = manager(how.equals("hangs") ? SHORT : LONG);
    PlugInJar.let(name, how);
    String answer = answer(guarded, method);
    if (name.endsWith("All") && !how.equals("hangs")) {
      assertThat(answer).as("each node was done by itself").contains("=Done");
    } else {
      assertThat(answer).contains("process manager bad+user of " + jar, "'" + name.replaceFirst("All$", "")).doesNotContain("\u001b");
    }
  }

  private static String answer(ProcessManager guarded, Method method) throws Exception {
    // One of its own for each test: what hangs is left alone for the rest of the program's life.
    NodeSpec node = node(NUMBERS.incrementAndGet());
    List<Object> words = Arrays.stream(method.getParameters()).map(parameter -> {
      Class<?> type = parameter.getType();
      boolean ofGroups = method.getName().endsWith("Groups");
      return type == NodeSpec.class ? node : type == ColonyId.class ? ColonyId.of(temp)
          : type == NodeStorage.class ? new NodeStorage(temp, Optional.empty()) : type == GroupSpec.class ? group()
          : type == CompanionName.class ? new CompanionName("a1", "caddy") : type == CompanionAction.class ? CompanionAction.RELOAD
          : type == NodePlacement.class ? node.placement() : type == LogRequest.class ? LogRequest.last(1) : type == Duration.class ? Duration.ofSeconds(1)
          : method.getName().equals("companions") ? List.of("a1") : type == String.class ? "{}" : type == Path.class ? temp : type == Collection.class ? List.of(new NodeStorage(temp, Optional.empty()))
          : ofGroups ? List.of(group()) : List.of(node);
    }).toList();
    try {
      return String.valueOf(method.invoke(guarded, words.toArray()));
    } catch (InvocationTargetException e) {
      assertThat(e.getCause()).isInstanceOf(ManagerUnavailableException.class);
      return e.getCause().getMessage();
    }
  }

  private static GroupSpec group() {
    return new GroupSpec(new ContainerGroup(1, 10), new PortRange(50_001, 50_010), new PortRange(51_001, 51_010));
  }

  @ParameterizedTest
  @ValueSource(strings = {"traits", "capability", "availability", "provider"})
  void oneThatCannotEvenBeMadeIsUnavailable(String method) {
    for (String how : List.of("throws", "overflows", "null")) {
      PlugInJar.let(method, how);
      assertThatThrownBy(() -> manager(LONG)).isInstanceOf(ManagerUnavailableException.class)
          .hasMessageContaining("process manager bad+user of " + jar);
    }
  }

  @Test
  void oneNodeThatBreaksTheQuestionForAllIsUnknownAlone() throws Exception {
    PlugInJar.let("node2", "overflows");
    Map<Integer, ProcessState> states = manager(LONG).status(List.of(node(1), node(2), node(3)));
    assertThat(states.get(1)).isEqualTo(new ProcessState.Stopped(""));
    assertThat(states.get(3)).isEqualTo(new ProcessState.Stopped(""));
    assertThat(states.get(2)).isInstanceOf(ProcessState.Unknown.class).asString().contains("bad+user", "StackOverflowError");
  }

  @Test
  void aCallForSeveralThatThrowsIsRepeatedForEach() throws Exception {
    PlugInJar.let("startAll", "throws");
    Map<Integer, OperationResult> results = manager(LONG).capability(Batches.class).orElseThrow().startAll(List.of(node(1), node(2)));
    assertThat(results.values()).allMatch(OperationResult.Done.class::isInstance);
  }

  @Test
  void aCreateThatThrewAndAChangeThatNeverReturnedAreNotSettled() throws Exception {
    PlugInJar.let("create", "throws");
    assertThat(manager(LONG).create(node(4)).failure().orElseThrow().settled()).isFalse();
    PlugInJar.let("stop", "hangs");
    assertThat(manager(SHORT).stop(node(4)).failure().orElseThrow().settled()).isFalse();
  }

  @Test
  void aNodeInWhichAChangeHangsIsLeftAloneUntilThatHasReturned() throws Exception {
    PlugInJar.let("start", "hangs");
    assertThat(manager(SHORT).start(node(5)).failure()).isPresent();

    ProcessManager later = manager(LONG);
    assertThat(later.stop(node(5)).failure().orElseThrow().reason()).contains("antnode0005", "start", "still not returned", jar.toString());
    assertThat(later.status(List.of(node(5), node(6))).get(5)).isInstanceOf(ProcessState.Unknown.class);
    assertThat(later.stop(node(6)).failure()).isEmpty();

    PlugInJar.behave();
    Eventually.eventually("the start has returned", () -> later.stop(node(5)).failure().isEmpty());
  }

  @Test
  void afterAQuestionThatWasNotAnsweredInTimeTheRunAsksNoMore() throws Exception {
    ProcessManager guarded = manager(SHORT);
    PlugInJar.let("survey", "hangs");
    assertThatThrownBy(guarded::survey).isInstanceOf(ManagerUnavailableException.class);
    PlugInJar.behave();
    assertThat(guarded.status(List.of(node(1))).get(1)).asString().contains("not asked again in this run");
  }

  @Test
  void oneThatLooksOutTellsOnlyOfThoseItWasAskedAbout() throws Exception {
    try (NoticesEnds.LookOut lookOut = manager(LONG).capability(NoticesEnds.class).orElseThrow().lookOut()) {
      assertThat(lookOut.ended(List.of(node(2), node(9)))).containsExactly(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"throws", "null", "hangs", "overflows"})
  void oneThatLooksOutAndFailsOnceIsNotAskedAgainAndCanBeClosed(String how) throws Exception {
    NoticesEnds.LookOut lookOut = manager(SHORT).capability(NoticesEnds.class).orElseThrow().lookOut();
    PlugInJar.let("ended", how);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> lookOut.ended(List.of(node(2)))).isInstanceOf(ManagerUnavailableException.class)
          .hasMessageContainingAll("process manager bad+user of " + jar, "'ended'");
      PlugInJar.behave();
    }
    PlugInJar.let("close", how.equals("null") ? "throws" : how);
    lookOut.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "static { if (true) throw new IllegalStateException(\"static\"); }",
      "public Broken() { throw new IllegalStateException(\"constructor\"); }",
      "public Broken() { this(new Broken(1)); } Broken(int depth) { this(new Broken(depth + 1)); } Broken(Broken other) {}",
      "Object gone = gone(); static Object gone() { throw new NoClassDefFoundError(\"Gone\"); }"})
  void aProviderThatCannotBeMadeIsLeftOutWithItsJarAndTheOthersAreThere(String part) throws Exception {
    Path folder = Files.createTempDirectory(temp.toRealPath(), "plugins");
    Path good = Files.copy(jar, folder.resolve("bad.jar"));
    Path broken = PlugInJar.of(folder, "broken.Broken", provider(part, "List.of(ManagerType.of(\"broken+user\"))"));
    ManagerRegistry registry = ManagerRegistry.discover(folder, Set.of(), LONG);
    assertThat(registry.require("bad+user").source()).isEqualTo(good.toString());
    assertThat(registry.problems()).singleElement().asString().contains("a process manager is left out", broken.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "types()", "java.util.Arrays.asList((ManagerType) null)"})
  void aProviderThatCannotSayItsTypesIsLeftOut(String types) throws Exception {
    Path folder = Files.createTempDirectory(temp.toRealPath(), "plugins");
    Path broken = PlugInJar.of(folder, "broken.Broken", provider("", types));
    assertThat(ManagerRegistry.discover(folder, Set.of(), LONG).problems()).singleElement().asString().contains(broken.toString());
  }

  private static String provider(String part, String types) {
    return "package broken; import java.util.List; import dev.wnm.spi.manager.*;"
        + " public final class Broken implements ProcessManagerProvider { " + part
        + " public List<ManagerType> types() { return " + types + "; }"
        + " public Availability availability(String type, ManagerContext context) { return null; }"
        + " public ProcessManager create(String type, ManagerContext context) { return null; } }";
  }
}

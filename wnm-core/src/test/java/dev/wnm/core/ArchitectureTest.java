package dev.wnm.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** The borders that every package-info states, held by the build. */
@AnalyzeClasses(packages = "dev.wnm.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** From the bottom to the top: what each room may use of the others. */
  @ArchTest
  static final ArchRule EACH_ROOM_USES_ONLY_WHAT_IS_BELOW_IT = layeredArchitecture().consideringOnlyDependenciesInLayers()
      .layer("model").definedBy("..core.model..")
      .layer("work").definedBy("..core.work..")
      .layer("wallet").definedBy("..core.wallet..")
      .layer("allocation").definedBy("..core.allocation..")
      .layer("query").definedBy("..core.query..")
      .layer("program").definedBy("..core.program..")
      .layer("decision").definedBy("..core.decision..")
      .layer("history").definedBy("..core.history..")
      .layer("host").definedBy("..core.host..")
      .layer("probe").definedBy("..core.probe..")
      .layer("store").definedBy("..core.store..")
      .layer("managers").definedBy("..core.managers..")
      .layer("config").definedBy("..core.config..")
      .layer("companions").definedBy("..core.companions..")
      .layer("logs").definedBy("..core.logs..")
      .layer("whatif").definedBy("..core.whatif..")
      .layer("report").definedBy("..core.report..")
      .layer("state").definedBy("..core.state..")
      .layer("observation").definedBy("..core.observation..")
      .layer("provisioning").definedBy("..core.provisioning..")
      .layer("execution").definedBy("..core.execution..")
      .layer("firewall").definedBy("..core.firewall..")
      .layer("takeover").definedBy("..core.takeover..")
      .layer("service").definedBy("..core.service..")
      .layer("doctor").definedBy("..core.doctor..")
      .layer("cycle").definedBy("..core.cycle..")
      .layer("colony").definedBy("..core.colony..")
      .layer("watch").definedBy("..core.watch..")
      .whereLayer("model").mayNotAccessAnyLayer()
      .whereLayer("work").mayOnlyAccessLayers("model")
      .whereLayer("wallet").mayNotAccessAnyLayer()
      .whereLayer("allocation").mayNotAccessAnyLayer()
      .whereLayer("query").mayNotAccessAnyLayer()
      .whereLayer("program").mayOnlyAccessLayers("model")
      .whereLayer("decision").mayOnlyAccessLayers("model")
      .whereLayer("history").mayOnlyAccessLayers("model", "decision")
      .whereLayer("host").mayOnlyAccessLayers("model")
      .whereLayer("probe").mayOnlyAccessLayers("model")
      .whereLayer("store").mayOnlyAccessLayers("model", "decision", "history")
      .whereLayer("managers").mayOnlyAccessLayers("model", "program")
      .whereLayer("config").mayOnlyAccessLayers("model", "wallet", "allocation", "managers")
      .whereLayer("companions").mayNotAccessAnyLayer()
      .whereLayer("logs").mayOnlyAccessLayers("model", "host", "managers")
      .whereLayer("whatif").mayOnlyAccessLayers("model", "config", "decision", "history")
      .whereLayer("report").mayOnlyAccessLayers("model", "config", "allocation", "decision", "history", "whatif", "query")
      .whereLayer("state").mayOnlyAccessLayers("model", "config", "store")
      .whereLayer("observation").mayOnlyAccessLayers("model", "config", "host", "probe", "program", "managers", "state")
      .whereLayer("provisioning").mayOnlyAccessLayers("model", "wallet", "allocation", "config", "host", "program",
          "store", "managers", "state", "work")
      .whereLayer("execution").mayOnlyAccessLayers("model", "config", "host", "probe", "program", "store", "managers", "observation")
      .whereLayer("firewall").mayOnlyAccessLayers("model", "config", "store", "managers", "state", "execution")
      .whereLayer("takeover").mayOnlyAccessLayers("model", "wallet", "allocation", "config", "store", "managers", "state", "provisioning")
      .whereLayer("service").mayOnlyAccessLayers("model", "config")
      .whereLayer("doctor").mayOnlyAccessLayers("model", "allocation", "config", "host", "program", "store", "managers", "state",
          "firewall", "service")
      .whereLayer("cycle").mayOnlyAccessLayers("model", "config", "decision", "history", "host", "probe", "program", "store", "state",
          "companions", "managers", "observation", "provisioning", "execution", "firewall", "takeover", "work")
      .whereLayer("colony").mayOnlyBeAccessedByLayers("watch")
      .whereLayer("watch").mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule NO_PACKAGES_USE_EACH_OTHER_IN_A_CIRCLE =
      slices().matching("dev.wnm.core.(*)..").should().beFreeOfCycles();

  /** Whoever embeds core is shown nothing that may change with any version. */
  @ArchTest
  static final ArchRule WHAT_A_COLONY_SHOWS_IS_MARKED_STABLE = methods().that().areDeclaredInClassesThat()
      .resideInAPackage("..core.colony..").and().arePublic().and().areDeclaredInClassesThat().arePublic()
      .should(new ArchCondition<>("show only types of core that are marked stable, or whose package is") {
        @Override
        public void check(JavaMethod method, ConditionEvents events) {
          Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
              .flatMap(type -> type.getAllInvolvedRawTypes().stream())
              .filter(type -> type.getPackageName().startsWith("dev.wnm.core") && !isStable(type))
              .forEach(type -> events.add(SimpleConditionEvent.violated(method, method.getFullName() + " shows " + type.getName())));
        }
      });

  private static boolean isStable(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost.isAnnotatedWith(API.class) || outermost.getPackage().isAnnotatedWith(API.class);
  }

  @ArchTest
  static final ArchRule CORE_KNOWS_OF_WNM_THE_SPI_AND_WHAT_RUNS_PROGRAMS = noClasses().should().dependOnClassesThat(
      resideInAPackage("dev.wnm..").and(not(resideInAnyPackage("dev.wnm.core..", "dev.wnm.spi..", "dev.wnm.runner.."))));

  @ArchTest
  static final ArchRule PROGRAMS_ARE_RUN_BY_ONE_WHO_IS_GIVEN = noClasses().that().resideOutsideOfPackage("..core.colony..")
      .should().dependOnClassesThat().resideInAPackage("dev.wnm.runner..");

  @ArchTest
  static final ArchRule ONLY_THE_STORE_SEES_THE_DATABASE = noClasses().that().resideOutsideOfPackage("..core.store..")
      .should().dependOnClassesThat().resideInAnyPackage("org.jooq..", "java.sql..", "javax.sql..", "org.sqlite..");

  @ArchTest
  static final ArchRule WHAT_DECIDES_DOES_NO_IO = noClasses()
      .that().resideInAnyPackage("..core.model..", "..core.decision..", "..core.allocation..", "..core.wallet..", "..core.query..")
      .should().dependOnClassesThat().resideInAnyPackage("java.io..", "java.net..", "java.nio.channels..", "java.lang.reflect..")
      .orShould().dependOnClassesThat().haveFullyQualifiedName("java.nio.file.Files")
      .orShould().dependOnClassesThat().areAssignableTo(Process.class)
      .orShould().dependOnClassesThat().areAssignableTo(Thread.class);

  @ArchTest
  static final ArchRule WHAT_DECIDES_READS_NO_CLOCK = noClasses()
      .that().resideInAnyPackage("..core.model..", "..core.decision..", "..core.allocation..", "..core.wallet..", "..core.query..")
      .should().dependOnClassesThat().areAssignableTo(Clock.class)
      .orShould().callMethod(Instant.class, "now")
      .orShould().callMethod(System.class, "currentTimeMillis")
      .orShould().callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule CORE_NEVER_ENDS_THE_JVM = noClasses().should().callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule CORE_STARTS_NO_PROCESS = noClasses().should().dependOnClassesThat().areAssignableTo(ProcessBuilder.class)
      .orShould().callMethod(Runtime.class, "exec", String[].class);
}

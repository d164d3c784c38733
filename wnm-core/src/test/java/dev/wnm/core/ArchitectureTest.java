package dev.wnm.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The borders that every package-info states, held by the build. */
@AnalyzeClasses(packages = "dev.wnm.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule EACH_PACKAGE_USES_ONLY_ITS_NEIGHBOURS = layeredArchitecture().consideringOnlyDependenciesInLayers()
      .layer("model").definedBy("..core.model..")
      .layer("trust").definedBy("..core.trust..")
      .layer("command").definedBy("..core.command..")
      .layer("files").definedBy("..core.files..")
      .layer("decision").definedBy("..core.decision..")
      .layer("allocation").definedBy("..core.allocation..")
      .layer("wallet").definedBy("..core.wallet..")
      .layer("config").definedBy("..core.config..")
      .layer("manager").definedBy("..core.manager..")
      .layer("docker").definedBy("..core.docker..")
      .layer("anm").definedBy("..core.anm..")
      .layer("firewall").definedBy("..core.firewall..")
      .layer("host").definedBy("..core.host..")
      .layer("probe").definedBy("..core.probe..")
      .layer("store").definedBy("..core.store..")
      .layer("whatif").definedBy("..core.whatif..")
      .layer("report").definedBy("..core.report..")
      .layer("cycle").definedBy("..core.cycle..")
      .whereLayer("model").mayNotAccessAnyLayer()
      .whereLayer("trust").mayOnlyAccessLayers("model")
      .whereLayer("command").mayOnlyAccessLayers("model", "trust")
      .whereLayer("files").mayNotAccessAnyLayer()
      .whereLayer("decision").mayOnlyAccessLayers("model")
      .whereLayer("allocation").mayOnlyAccessLayers("model")
      .whereLayer("wallet").mayOnlyAccessLayers("model")
      .whereLayer("host").mayOnlyAccessLayers("model")
      .whereLayer("probe").mayOnlyAccessLayers("model")
      .whereLayer("store").mayOnlyAccessLayers("model", "trust")
      .whereLayer("manager").mayOnlyAccessLayers("model", "command", "files", "trust")
      .whereLayer("docker").mayOnlyAccessLayers("model", "command", "files", "manager")
      .whereLayer("firewall").mayOnlyAccessLayers("model", "command", "manager")
      .whereLayer("config").mayOnlyAccessLayers("model", "wallet", "allocation", "trust")
      .whereLayer("anm").mayOnlyAccessLayers("config", "command")
      .whereLayer("whatif").mayOnlyAccessLayers("model", "config", "decision")
      .whereLayer("report").mayOnlyAccessLayers("model", "config", "store", "allocation")
      .whereLayer("cycle").mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule NO_PACKAGES_USE_EACH_OTHER_IN_A_CIRCLE =
      slices().matching("dev.wnm.core.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_BACK_END =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("dev.wnm.managers..", "dev.wnm.cli..", "dev.wnm.testkit..");

  @ArchTest
  static final ArchRule ONLY_THE_STORE_SEES_THE_DATABASE = noClasses().that().resideOutsideOfPackage("..core.store..")
      .should().dependOnClassesThat().resideInAnyPackage("org.jooq..", "java.sql..", "javax.sql..", "org.sqlite..");

  @ArchTest
  static final ArchRule WHAT_DECIDES_DOES_NO_IO = noClasses()
      .that().resideInAnyPackage("..core.model..", "..core.decision..", "..core.allocation..", "..core.wallet..")
      .should().dependOnClassesThat().resideInAnyPackage("java.io..", "java.net..", "java.nio.channels..", "java.lang.reflect..")
      .orShould().dependOnClassesThat().haveFullyQualifiedName("java.nio.file.Files")
      .orShould().dependOnClassesThat().areAssignableTo(Process.class)
      .orShould().dependOnClassesThat().areAssignableTo(Thread.class);

  @ArchTest
  static final ArchRule WHAT_DECIDES_READS_NO_CLOCK = noClasses()
      .that().resideInAnyPackage("..core.model..", "..core.decision..", "..core.allocation..", "..core.wallet..")
      .should().dependOnClassesThat().areAssignableTo(Clock.class)
      .orShould().callMethod(Instant.class, "now")
      .orShould().callMethod(System.class, "currentTimeMillis")
      .orShould().callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule CORE_NEVER_ENDS_THE_JVM = noClasses().should().callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule EXTERNAL_PROGRAMS_ARE_RUN_IN_ONE_PLACE = classes()
      .that(new DescribedPredicate<JavaClass>("start processes") {
        @Override
        public boolean test(JavaClass type) {
          return type.getDirectDependenciesFromSelf().stream()
              .anyMatch(use -> use.getTargetClass().isEquivalentTo(ProcessBuilder.class));
        }
      })
      .should().resideInAPackage("..core.command..");
}

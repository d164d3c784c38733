package dev.wnm.fleet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.wnm.fleet", importOptions = ImportOption.DoNotIncludeTests.class)
class FleetRulesTest {
  @ArchTest
  static final ArchRule ROOMS_USE_EACH_OTHER_ONE_WAY = slices().matching("dev.wnm.fleet.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NOTHING_HERE_OPENS_A_COLONY_OR_A_SOCKET = noClasses().should().dependOnClassesThat()
      .resideInAnyPackage("dev.wnm.core.colony..", "dev.wnm.core.store..", "dev.wnm.runner..", "java.net..", "io.nats..");

  @ArchTest
  static final ArchRule WHAT_IS_DECIDED_IS_PURE = noClasses().that().resideInAnyPackage("..placement..", "..simulate..", "..view..", "..model..", "..json..")
      .should().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
      .orShould().dependOnClassesThat().resideInAPackage("java.nio.file..");
}

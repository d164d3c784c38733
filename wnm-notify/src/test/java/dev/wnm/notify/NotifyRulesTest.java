package dev.wnm.notify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use what, as the package says. */
@AnalyzeClasses(packages = "dev.wnm.notify", importOptions = ImportOption.DoNotIncludeTests.class)
class NotifyRulesTest {
  @ArchTest
  static final ArchRule ONLY_THOSE_WHO_SEND_SEE_THE_NETWORK = noClasses().that().doNotHaveSimpleName("Webhooks").and()
      .doNotHaveSimpleName("Couriers").and().doNotHaveSimpleName("").should().dependOnClassesThat().resideInAPackage("java.net.http..");

  @ArchTest
  static final ArchRule IT_KNOWS_NO_BACK_END = noClasses().should().dependOnClassesThat()
      .resideInAnyPackage("dev.wnm.managers..", "dev.wnm.cli..", "dev.wnm.programs..", "dev.wnm.web..", "dev.wnm.fetch..");

  @ArchTest
  static final ArchRule IT_HAS_CORE_REMEMBER = noClasses().should().dependOnClassesThat().resideInAPackage("dev.wnm.core.store..");

  @ArchTest
  static final ArchRule PROGRAMS_ARE_RUN_BY_ONE_WHO_IS_GIVEN = noClasses().should().dependOnClassesThat()
      .resideInAPackage("dev.wnm.runner..").orShould().dependOnClassesThat().areAssignableTo(ProcessBuilder.class);
}

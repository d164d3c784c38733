package dev.wnm.testkit.manager;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.wnm.spi.manager.ProcessManagerProvider;

/**
 * What the code of every back end of wnm keeps to. A module takes them over by a test class of its own:
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "dev.wnm.managers", importOptions = ImportOption.DoNotIncludeTests.class)
 * class BackEndRulesTest {
 *   @ArchTest static final ArchTests RULES = ArchTests.in(BackEndRules.class);
 * }
 * }</pre>
 */
public final class BackEndRules {
  @ArchTest
  static final ArchRule MANAGERS_DO_NOT_REACH_THE_STORE = noClasses().should().dependOnClassesThat()
      .resideInAnyPackage("java.sql..", "javax.sql..", "org.jooq..");

  @ArchTest
  static final ArchRule MANAGERS_KNOW_OF_WNM_THE_SPI_AND_WHAT_THEY_SHARE = noClasses().should().dependOnClassesThat(
      resideInAPackage("dev.wnm..").and(not(resideInAnyPackage("dev.wnm.spi..", "dev.wnm.managers.."))));

  @ArchTest
  static final ArchRule ONLY_PROVIDERS_ARE_PUBLIC = classes().that().arePublic().and().areTopLevelClasses()
      .and().resideOutsideOfPackage("dev.wnm.managers.support..").should().implement(ProcessManagerProvider.class);

  private BackEndRules() {}
}

package dev.wnm.testkit.manager;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.wnm.core.manager.ProcessManagerProvider;

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
      .resideInAnyPackage("java.sql..", "javax.sql..", "org.jooq..", "dev.wnm.core.store..");

  @ArchTest
  static final ArchRule MANAGERS_KNOW_FOUR_PACKAGES_OF_CORE = noClasses().should().dependOnClassesThat()
      .resideInAnyPackage("dev.wnm.core.config..", "dev.wnm.core.decision..", "dev.wnm.core.allocation..",
          "dev.wnm.core.wallet..", "dev.wnm.core.host..", "dev.wnm.core.probe..", "dev.wnm.core.cycle..",
          "dev.wnm.core.report..", "dev.wnm.core.whatif..");

  @ArchTest
  static final ArchRule ONLY_PROVIDERS_ARE_PUBLIC = classes().that().arePublic().and().areTopLevelClasses()
      .and().resideOutsideOfPackage("..internal..").should().implement(ProcessManagerProvider.class);

  private BackEndRules() {}
}

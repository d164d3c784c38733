package dev.wnm.managers;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.wnm.testkit.manager.BackEndRules;

@AnalyzeClasses(packages = "dev.wnm.managers", importOptions = ImportOption.DoNotIncludeTests.class)
class BackEndRulesTest {
  @ArchTest
  static final ArchTests RULES = ArchTests.in(BackEndRules.class);

  @ArchTest
  static final ArchRule BACK_ENDS_DO_NOT_KNOW_EACH_OTHER = slices().matching("dev.wnm.managers.(*)").should()
      .notDependOnEachOther().ignoreDependency(alwaysTrue(), resideInAPackage("..managers.support.."));
}

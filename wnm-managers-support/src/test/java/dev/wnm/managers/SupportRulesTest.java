package dev.wnm.managers;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.wnm.managers", importOptions = ImportOption.DoNotIncludeTests.class)
class SupportRulesTest {
  @ArchTest
  static final ArchRule WHAT_BACK_ENDS_SHARE_KNOWS_NONE_OF_THEM = noClasses().should().dependOnClassesThat(
      resideInAPackage("dev.wnm..").and(not(resideInAnyPackage("dev.wnm.spi..", "dev.wnm.managers.support.."))));
}

package dev.wnm.fetch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use what, as the package says. */
@AnalyzeClasses(packages = "dev.wnm.fetch", importOptions = ImportOption.DoNotIncludeTests.class)
class FetchRulesTest {
  @ArchTest
  static final ArchRule ONLY_ONE_SEES_BOUNCY_CASTLE = noClasses().that().doNotHaveSimpleName("ReleaseSignature")
      .should().dependOnClassesThat().resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule ONLY_ONE_SEES_COMMONS_COMPRESS = noClasses().that().doNotHaveSimpleName("ReleaseArchive")
      .should().dependOnClassesThat().resideInAPackage("org.apache.commons..");

  @ArchTest
  static final ArchRule IT_KNOWS_NO_BACK_END = noClasses().should().dependOnClassesThat()
      .resideInAnyPackage("dev.wnm.managers..", "dev.wnm.cli..", "dev.wnm.programs..");

  @ArchTest
  static final ArchRule PROGRAMS_ARE_RUN_BY_ONE_WHO_IS_GIVEN = noClasses().should().dependOnClassesThat()
      .resideInAPackage("dev.wnm.runner..");
}

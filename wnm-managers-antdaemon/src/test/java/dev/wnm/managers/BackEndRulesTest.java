package dev.wnm.managers;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.wnm.testkit.manager.BackEndRules;

@AnalyzeClasses(packages = "dev.wnm.managers", importOptions = ImportOption.DoNotIncludeTests.class)
class BackEndRulesTest {
  @ArchTest
  static final ArchTests RULES = ArchTests.in(BackEndRules.class);
}

package dev.wnm.spi;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** Whoever writes a back end gets this module and nothing else with it. */
@AnalyzeClasses(packages = "dev.wnm.spi", importOptions = ImportOption.DoNotIncludeTests.class)
class SpiRulesTest {
  @ArchTest
  static final ArchRule IT_NEEDS_NOTHING_BUT_THE_JDK = noClasses().should().dependOnClassesThat(
      not(resideInAnyPackage("java..", "com.sun.security.auth.module..", "org.jspecify.annotations..", "dev.wnm.spi..")));

  @ArchTest
  static final ArchRule THE_WORDS_DO_NO_IO = noClasses().that().resideInAPackage("..spi.model..")
      .should().dependOnClassesThat(resideInAnyPackage("java.io..", "java.net..", "java.nio.channels.."))
      .orShould().dependOnClassesThat().haveFullyQualifiedName("java.nio.file.Files");

  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_HELD_TO_ITS_NULLS = classes().should(ArchCondition.from(
      DescribedPredicate.describe("be in a package that is @NullMarked",
          (JavaClass each) -> each.getPackage().isAnnotatedWith(NullMarked.class))));

  @ArchTest
  static final ArchRule NOTHING_HERE_STARTS_A_PROCESS = noClasses().should().dependOnClassesThat().areAssignableTo(ProcessBuilder.class);

  @ArchTest
  static final ArchRule WHAT_IS_INTERNAL_KNOWS_NO_CONTRACT = noClasses().that().resideInAPackage("..spi.internal..")
      .should().dependOnClassesThat(resideInAPackage("..spi.manager.."));
}

package dev.wnm.managers;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.wnm.managers.s6overlay.S6OverlayProvider;
import dev.wnm.testkit.manager.BackEndRules;
import java.util.regex.Pattern;

/** What every back end keeps to. The packages beside the process manager are tools of the command line. */
@AnalyzeClasses(packagesOf = S6OverlayProvider.class,
    importOptions = {ImportOption.DoNotIncludeTests.class, BackEndRulesTest.WithoutTools.class})
class BackEndRulesTest {
  @ArchTest
  static final ArchTests RULES = ArchTests.in(BackEndRules.class);

  /** Leaves out the packages below that of the process manager. */
  static final class WithoutTools implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return location.matches(Pattern.compile(".*/s6overlay/[A-Z][^/]*\\.class"));
    }
  }
}

package dev.wnm.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Builds {@code examples/back-end} and runs its test. {@link DocsExamplesIT} puts its jar into a plug-in folder. */
@Order(7)
class ExampleBackEndIT {
  @Test
  void passesWhatEveryBackEndPasses(@TempDir Path folder) throws IOException, ClassNotFoundException {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(ExampleBackEnd.test(folder))).build(), listener);
    TestExecutionSummary summary = listener.getSummary();
    StringWriter failures = new StringWriter();
    summary.printFailuresTo(new PrintWriter(failures), 50);
    assertThat(summary.getTotalFailureCount()).as(failures.toString()).isZero();
    assertThat(summary.getTestsSucceededCount()).isGreaterThan(20);
  }

  @Test
  void itsPomNamesThisVersionOfWnm() throws IOException {
    Examples.assertNamesThisVersion(ExampleBackEnd.PROJECT.resolve("pom.xml"));
  }
}

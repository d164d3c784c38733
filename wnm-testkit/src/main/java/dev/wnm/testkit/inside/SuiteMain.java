package dev.wnm.testkit.inside;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the test class that it is given, and prints a line for each test as it ends. */
final class SuiteMain {
  private SuiteMain() {}

  public static void main(String[] arguments) {
    LauncherFactory.create().execute(
        LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(arguments[0]))
            .filters(EngineFilter.includeEngines("junit-jupiter")).build(),
        new Teller());
    System.exit(0); // a thread that some test left must not keep it
  }

  private static final class Teller implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
      // A class that cannot even be set up is told of as well.
      if (test.isTest() || !passed) {
        tell(test, result.getStatus() == TestExecutionResult.Status.ABORTED ? SuiteOutcome.Ending.SKIPPED
            : passed ? SuiteOutcome.Ending.PASSED : SuiteOutcome.Ending.FAILED,
            result.getThrowable().map(Teller::trace).orElse(""));
      }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      tell(test, SuiteOutcome.Ending.SKIPPED, reason);
    }

    private static void tell(TestIdentifier test, SuiteOutcome.Ending ending, String words) {
      System.out.println(new SuiteOutcome(test.getDisplayName(), ending, words).toLine());
    }

    private static String trace(Throwable failure) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      return trace.toString();
    }
  }
}

package dev.wnm.managers.launchd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Texts as macOS prints them, shortened. */
class DomainListingTest {
  private static final String DOMAIN = """
      gui/501 = {
      	type = login
      	handle = 100006
      	active count = 436
      	service count = 421
      	creator = loginwindow[416]
      	environment = {
      		SSH_AUTH_SOCK => /private/tmp/com.apple.launchd.ab/Listeners
      	}

      	services = {
      	           0      - 	com.apple.SafariHistoryServiceAgent
      	       39143      - 	com.autonomi.antnode-1
      	           0     78 	com.autonomi.antnode-2
      	           0     -9 	com.autonomi.antnode-3
      	           0   (pe) 	com.autonomi.antnode-4
      	        1198      - 	application.com.apple.Terminal.1152921500311879757.1152921500311879762
      	           0      - 	com.autonomi.antnode-helper
      	}

      	unmanaged processes = {
      		com.autonomi.antnode-9 = {
      		         1      - 	com.autonomi.antnode-9
      		}
      	}

      	disabled services = {
      		"com.autonomi.antnode-5" => disabled
      	}
      }
      """;

  @Test
  void theNodesJobsAreReadAndNothingElse() {
    Map<JobLabel, Job> jobs = DomainListing.parse("gui/501", DOMAIN);

    assertThat(jobs).containsOnlyKeys(new JobLabel(1), new JobLabel(2), new JobLabel(3), new JobLabel(4));
    assertThat(jobs.get(new JobLabel(1)))
        .isEqualTo(Job.listed("gui/501/com.autonomi.antnode-1", OptionalLong.of(39143), OptionalInt.empty()));
    assertThat(jobs.get(new JobLabel(2)).ending()).contains("with exit code 78");
    assertThat(jobs.get(new JobLabel(3)).ending()).contains("by signal 9");
    assertThat(jobs.get(new JobLabel(4)).ending()).isEmpty();
    assertThat(jobs.get(new JobLabel(4)).runs()).isFalse();
  }

  @Test
  void aTextOfAnotherFormHasNoJobs() {
    assertThat(DomainListing.parse("system", "")).isEmpty();
    assertThat(DomainListing.parse("system", "services = {\n garbage\n 1 2\n")).isEmpty();
  }

  @Test
  void aRunningJobIsReadWithItsPid() {
    Job job = Job.parse("gui/501/x", """
        gui/501/x = {
        	active count = 1
        	state = running
        	environment = {
        		pid = 4
        		last exit code = 3
        	}
        	runs = 2
        	pid = 39143
        	last exit code = (never exited)
        }
        """);

    assertThat(job).isEqualTo(new Job("gui/501/x", OptionalLong.of(39143), OptionalInt.empty(), OptionalInt.of(2)));
    assertThat(job.deaths()).isEqualTo(1);
  }

  @Test
  void aJobThatEndedIsReadWithItsExitCodeOrSignal() {
    assertThat(Job.parse("x", "x = {\n\tstate = not running\n\tlast exit code = 78: EX_CONFIG\n}\n").ending())
        .contains("with exit code 78");
    assertThat(Job.parse("x", "x = {\n\tstate = spawn scheduled\n\tlast terminating signal = Killed: 9\n}\n").ending())
        .contains("by signal 9");
  }
}

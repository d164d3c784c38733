package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.Traits.Concurrency;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceProposalTest {
  @TempDir
  private Path home;
  private Machine machine;

  @BeforeEach
  void aFreshMachine() {
    machine = new Machine(home);
  }

  private String proposed(int cores, Concurrency concurrency, String... words) {
    return Proposal.words(PaceProposal.of(machine.settings(words), cores, concurrency));
  }

  @ParameterizedTest(name = "{0} CPUs: {1}")
  @CsvSource(delimiter = '|', textBlock = """
      1  | --delay_start 60 --delay_upgrade 60
      2  | --delay_start 30 --delay_upgrade 60
      3  | --delay_start 30 --delay_upgrade 60
      4  | --max_concurrent_starts 2 --max_concurrent_operations 2 --delay_start 30 --delay_upgrade 60
      8  | --max_concurrent_starts 4 --max_concurrent_upgrades 2 --max_concurrent_operations 4 --delay_start 30 --delay_upgrade 60
      64 | --max_concurrent_starts 8 --max_concurrent_upgrades 4 --max_concurrent_operations 8 --delay_start 30 --delay_upgrade 60
      """)
  void startsAndUpgradesGoByTheCpusAndHaveACeiling(int cores, String words) {
    assertThat(proposed(cores, Concurrency.PARALLEL)).isEqualTo(words);
  }

  @Test
  void noMoreThanOneStartForTwoCpusIsEverProposed() {
    assertThat(IntStream.rangeClosed(1, 300)).allSatisfy(cores -> {
      Settings settings = machine.settings();
      Settings quick = settings.proposing(PaceProposal.of(settings, cores, Concurrency.PARALLEL));
      assertThat(quick.get(Options.MAX_CONCURRENT_STARTS)).isBetween(1, Math.max(1, cores / 2));
      assertThat(quick.get(Options.MAX_CONCURRENT_OPERATIONS)).isEqualTo(Math.max(quick.get(Options.MAX_CONCURRENT_STARTS),
          quick.get(Options.MAX_CONCURRENT_UPGRADES)));
      assertThat(quick.get(Options.MAX_CONCURRENT_REMOVALS)).as("what deletes stays slow").isEqualTo(1);
    });
  }

  @Test
  void whatDoesOneThingAtATimeGetsOneStartWhateverTheCpus() {
    assertThat(proposed(64, Concurrency.SERIAL)).isEqualTo("--delay_start 30 --delay_upgrade 60");
    assertThat(proposed(64, Concurrency.PER_GROUP)).isEqualTo("--delay_start 30 --delay_upgrade 60");
  }

  @Test
  void groupsThatSaySoStartANodeInEachOfThemAtOnce() {
    String[] thousand = {"--process_manager", "s6overlay+user", "--node_cap", "1000"};
    assertThat(proposed(4, Concurrency.PER_GROUP, thousand))
        .isEqualTo("--max_concurrent_starts 5 --max_concurrent_operations 5 --delay_start 30 --delay_upgrade 60");
    assertThat(proposed(4, Concurrency.PER_GROUP, "--process_manager", "s6overlay+user", "--node_cap", "1000",
        "--max_concurrent_starts", "7")).isEqualTo("--max_concurrent_operations 7 --delay_start 30 --delay_upgrade 60");
  }

  @Test
  void whatIsGivenIsKeptFromWhereverItComesAndBoundsTheRest() {
    assertThat(proposed(8, Concurrency.PARALLEL, "--delay_start", "300", "--delay_upgrade", "300", "--max_concurrent_starts", "1",
        "--max_concurrent_upgrades", "1")).isEmpty();
    assertThat(proposed(8, Concurrency.PARALLEL, "--max_concurrent_operations", "3"))
        .isEqualTo("--max_concurrent_starts 3 --max_concurrent_upgrades 2 --delay_start 30 --delay_upgrade 60");
    machine.file("wnm/config", "delay_start = 200");
    machine.with("MAX_CONCURRENT_STARTS", "3");
    Settings settings = machine.settings();
    Settings quick = settings.proposing(List.of(Proposal.of(Options.MAX_CONCURRENT_STARTS, 9, "so")));
    assertThat(quick.get(Options.MAX_CONCURRENT_STARTS)).isEqualTo(3);
    assertThat(proposed(8, Concurrency.PARALLEL)).doesNotContain("--delay_start", "--max_concurrent_starts");
  }

  @Test
  void aProposalIsStoredAndIsNoValueThatSomebodyGave() {
    Settings settings = machine.settings();
    Settings quick = settings.proposing(PaceProposal.of(settings, 4, Concurrency.PARALLEL));
    assertThat(quick.kept()).containsEntry("max_concurrent_starts", "2").containsEntry("delay_start", "30");
    assertThat(quick.isGiven(Options.DELAY_START)).isFalse();
    assertThat(quick.source(Options.DELAY_START)).isEqualTo("the proposal for this machine");
    assertThat(PaceProposal.of(settings, 4, Concurrency.PARALLEL)).allSatisfy(proposal -> assertThat(proposal.why()).isNotBlank());
  }
}

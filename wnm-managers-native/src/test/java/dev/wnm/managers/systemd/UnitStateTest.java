package dev.wnm.managers.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitStateTest {
  @Test
  void theAnswerForManyUnitsIsReadUnitByUnit() {
    Map<String, UnitState> states = UnitState.parse("""
        MainPID=131
        Id=antnode0001.service
        LoadState=loaded
        ActiveState=active
        SubState=running
        UnitFileState=enabled
        NeedDaemonReload=no

        MainPID=0
        Id=antnode0002.service
        LoadState=not-found
        ActiveState=inactive
        SubState=dead
        """);

    assertThat(states).containsOnlyKeys("antnode0001.service", "antnode0002.service");
    UnitState first = states.get("antnode0001.service");
    assertThat(first.runs()).isTrue();
    assertThat(first.pid()).hasValue(131);
    assertThat(first.returnsAtBoot()).isTrue();
    UnitState second = states.get("antnode0002.service");
    assertThat(second.runs()).isFalse();
    assertThat(second.pid()).isEmpty();
    assertThat(second.isThere()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"active, running, true", "activating, start, true", "activating, auto-restart, false",
      "deactivating, stop-sigterm, true", "reloading, reload, true", "inactive, dead, false", "failed, failed, false",
      "'', '', false", "maintenance, x, false"})
  void aServiceRunsWhileItHasAProcess(String active, String sub, boolean runs) {
    assertThat(new UnitState(Map.of("ActiveState", active, "SubState", sub)).runs()).isEqualTo(runs);
  }

  @ParameterizedTest
  @CsvSource({"success, 0, ''", "oom-kill, 9, killed because memory ran out (OOM)", "exit-code, 3, ended with exit code 3",
      "signal, 9, 'killed by signal 9 (for lack of memory, perhaps)'", "core-dump, 6, killed by signal 6", "timeout, 9, killed at its time limit", "watchdog, 0, watchdog",
      "start-limit-hit, 1, given up by systemd after it ended too often in too short a time"})
  void howItEndedIsSaidInWords(String result, String status, String words) {
    assertThat(new UnitState(Map.of("Result", result, "ExecMainStatus", status)).ending()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"226, true, true", "226, false, true", "217, true, true", "217, false, false", "1, true, false", "203, true, false"})
  void aSandboxThatTheMachineForbidsIsToldFromOtherTrouble(String code, boolean ofUser, boolean forbidden) {
    UnitState state = new UnitState(Map.of("ActiveState", "failed", "ExecMainCode", "1", "ExecMainStatus", code));

    assertThat(state.failedForItsSandbox(ofUser)).isEqualTo(forbidden);
  }

  @ParameterizedTest
  @CsvSource({"activating, auto-restart, exit-code, 6, 0, false, 7", "active, running, success, 6, 100, true, 6",
      "active, running, success, 6, 10, false, 6", "active, running, success, 0, 119, false, 0",
      "failed, failed, start-limit-hit, 4, 0, false, 5", "inactive, dead, success, 3, 0, false, 0"})
  void deathsAreCountedAndTellACrashLoop(String active, String sub, String result, String restarts, long upSince, boolean loop,
      int deaths) {
    UnitState state = new UnitState(Map.of("ActiveState", active, "SubState", sub, "Result", result, "NRestarts", restarts,
        "ActiveEnterTimestampMonotonic", Long.toString(upSince * 1_000_000)));

    assertThat(state.isInCrashLoop(Duration.ofSeconds(150))).isEqualTo(loop);
    assertThat(state.deaths()).isEqualTo(deaths);
  }

  @Test
  void theLifeOfAServiceIsTold() {
    UnitState state = new UnitState(Map.of("ActiveState", "active", "MainPID", "42", "NRestarts", "1",
        "ActiveEnterTimestampMonotonic", "60000000"));

    assertThat(state.life(Duration.ofHours(5))).isEqualTo("up 4 h, pid 42, 1 restart");
    assertThat(new UnitState(Map.of("ActiveState", "failed", "Result", "oom-kill")).life(Duration.ZERO))
        .isEqualTo("failed, killed because memory ran out (OOM)");
  }

  @Test
  void aUnitThatNothingIsSaidOfIsNotThere() {
    assertThat(UnitState.NONE.isThere()).isFalse();
    assertThat(UnitState.NONE.runs()).isFalse();
    assertThat(UnitState.NONE.isUp()).isFalse();
  }
}

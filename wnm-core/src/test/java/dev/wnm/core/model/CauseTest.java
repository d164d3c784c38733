package dev.wnm.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CauseTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "could not listen on udp port 55001 | could not listen on udp port 55117",
      "Address already in use (os error 98) at 127.0.0.1:13001 | Address already in use (os error 98) at 127.0.0.1:13002",
      "no space left on /mnt/a/antnode0001/record_store | no space left on /srv/nodes/antnode0042/record_store",
      "peer 12D3KooWAbcdefghijklmnopqrstuvwxyz left | peer 12D3KooWZyxwvutsrqponmlkjihgfedcba left",
      "its process ended: exit code 1 after 2.1 s | its process ended: exit code 1  after 13 s",
      "[2026-11-28T18:00:01.5Z] antnode0001.service: gone | [2026-11-29T08:10:11.7Z] antnode0002.service: gone"})
  void portsPathsNumbersAndNamesMakeNoOtherCause(String one, String other) {
    assertThat(Cause.kind(one)).isEqualTo(Cause.kind(other));
  }

  @Test
  void otherWordsAreAnotherCause() {
    assertThat(Cause.kind("UPnP gateway not found")).isNotEqualTo(Cause.kind("No space left on device"));
  }
}

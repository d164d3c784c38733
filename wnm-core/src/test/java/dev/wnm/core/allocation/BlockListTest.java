package dev.wnm.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockListTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"any | any", "3 | 3", "1-3,7 | 1-3,7", "7,3,2,1,3 | 1-3,7", "1, 2 | 1-2", "9-9 | 9"})
  void itIsWrittenInOneWay(String text, String written) {
    BlockList blocks = BlockList.parse(text).orElseThrow();
    assertThat(blocks).hasToString(written);
    assertThat(BlockList.parse(written)).contains(blocks);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "3-1", "1,,2", "1;2", "a1", "64001", "99999999999", "all", "1-", "1 2"})
  void whatIsNoListOfBlocksIsRefused(String text) {
    assertThat(BlockList.parse(text)).isEmpty();
  }

  @Test
  void allHaveNoEnd() {
    assertThat(BlockList.ALL.contains(63_999)).isTrue();
    assertThat(BlockList.ALL.lowest(3)).containsExactly(1, 2, 3);
    assertThat(BlockList.parse("4,9").orElseThrow().lowest(3)).containsExactly(4, 9);
  }
}

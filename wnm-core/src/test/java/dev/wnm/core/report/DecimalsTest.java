package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  /** What Python's repr gives for each of these. */
  @ParameterizedTest
  @ValueSource(strings = {"2.0", "1.2", "0.7705078125", "97.81", "0.03", "0.0", "-0.0", "100.0", "0.1", "-3.5", "0.0001", "1e-05",
      "1.5e-07", "1000000000000000.0", "9007199254740993.0", "1e+16", "1.5e+16", "2e+23", "1.7976931348623157e+308", "5e-324",
      "0.30000000000000004", "2e-03"})
  void decimalsAreWrittenAsPythonDoes(String text) {
    String python = text.equals("2e-03") ? "0.002" : text.equals("9007199254740993.0") ? "9007199254740992.0" : text;
    assertThat(Decimals.text(Double.parseDouble(text))).isEqualTo(python);
  }

  @Property
  void everyDecimalReadsBackEqualAndIsNoLongerThanJavas(@ForAll double value) {
    String text = Decimals.text(value);

    assertThat(Double.parseDouble(text)).isEqualTo(value);
    assertThat(new BigDecimal(text).stripTrailingZeros().precision())
        .isLessThanOrEqualTo(new BigDecimal(Double.toString(value)).stripTrailingZeros().precision());
    assertThat(Json.decimal(value).toString()).isEqualTo(text);
  }
}

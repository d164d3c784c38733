package dev.wnm.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  @Test
  void versionsAreOrderedAsSemanticVersionsAre() {
    List<String> ascending = List.of("0.4", "0.4.1", "0.4.9", "0.4.10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
        "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1-0", "1.0.1", "10");
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertThat(Integer.signum(new Version(ascending.get(i)).compareTo(new Version(ascending.get(j)))))
            .as(ascending.get(i) + " against " + ascending.get(j)).isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void zerosAtTheEndAndBuildMetadataMakeNoOtherVersion() {
    assertThat(new Version("1.0")).isEqualTo(new Version("1.0.0")).hasSameHashCodeAs(new Version("1"));
    assertThat(new Version("1.2.3+abc")).isEqualTo(new Version("1.2.3")).hasToString("1.2.3+abc");
    assertThat(new Version("1-rc.01")).isEqualTo(new Version("1.0-rc.1")).hasSameHashCodeAs(new Version("1.0-rc.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "x", "1.", ".1", "1..2", "1.2-", "vv1", "1 2", "1234567890", "None"})
  void whatIsNoVersionIsUnknown(String text) {
    assertThat(Version.parse(text)).isEmpty();
  }

  @Test
  void aTextOfAMegabyteIsNoVersion() {
    assertThat(Version.parse("1.".repeat(500_000) + "1")).isEmpty();
  }

  @Test
  void aLeadingLetterAndBlanksDoNotMatter() {
    assertThat(Version.parse(" v0.4.7\n")).contains(new Version("0.4.7"));
    assertThat(Version.parse(null)).isEmpty();
    assertThatThrownBy(() -> new Version("v1")).hasMessage("'v1' is not a version such as 0.4.17 or 0.4.18-rc.1");
  }

  @Property
  void theOrderIsTotalAndAgreesWithEquality(
      @ForAll("versions") Version a, @ForAll("versions") Version b, @ForAll("versions") Version c) {
    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
      assertThat(a).isLessThanOrEqualTo(c);
    }
    if (a.equals(b)) {
      assertThat(a).hasSameHashCodeAs(b);
    }
  }

  @Provide
  Arbitrary<Version> versions() {
    Arbitrary<String> numbers = Arbitraries.of("0", "1", "2", "10").list().ofMinSize(1).ofMaxSize(3)
        .map(parts -> String.join(".", parts));
    Arbitrary<String> preRelease = Arbitraries.of("", "-rc.1", "-rc.10", "-rc", "-1", "-a.b", "-a-b", "-..", "+x");
    return Combinators.combine(numbers, preRelease).as((left, right) -> new Version(left + right));
  }
}

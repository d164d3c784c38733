package dev.wnm.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QueryPropertiesTest {
  /** A query as text, and what it means, worked out without a parser. */
  private record Meant(String text, Function<Ant, Truth> truth) {}

  @Property
  void aQueryMeansWhatItSays(@ForAll("queries") Meant meant, @ForAll("rows") Ant row) {
    assertThat(Ant.FIELDS.query(meant.text(), Ant.NOW).test(row)).as(meant.text()).isEqualTo(meant.truth().apply(row));
  }

  @Property
  void anyTextIsReadOrRefusedInOneSentence(@ForAll("texts") String text) {
    try {
      assertThat(Ant.FIELDS.query(text, Ant.NOW).test(Ant.KNOWN)).isNotNull();
    } catch (QueryException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      assertThat(refused.place()).isBetween(0, text.length());
    }
  }

  @Property
  void anOrderIsAnOrder(@ForAll("rows") Ant one, @ForAll("rows") Ant other, @ForAll("rows") Ant third) {
    for (String order : List.of("name", "-peers", "peers,-name", "-name,peers")) {
      Comparator<Ant> comparator = Ant.FIELDS.order(order);
      assertThatCode(() -> List.of(one, other, third, Ant.UNKNOWN, Ant.KNOWN).stream().sorted(comparator).toList()).doesNotThrowAnyException();
      assertThat(Integer.signum(comparator.compare(one, other))).isEqualTo(-Integer.signum(comparator.compare(other, one)));
      if (comparator.compare(one, other) <= 0 && comparator.compare(other, third) <= 0) {
        assertThat(comparator.compare(one, third)).isLessThanOrEqualTo(0);
      }
    }
  }

  @Provide
  Arbitrary<Ant> rows() {
    return Combinators.combine(Arbitraries.strings().withChars("aAbB019").ofMaxLength(4).optional(), Arbitraries.longs().between(0, 5).optional(),
        Arbitraries.of(true, false).optional()).as((name, peers, fine) -> new Ant(name, Optional.empty(), peers, Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), fine));
  }

  /** Of the pieces that a query has, in any order, and of anything else. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece = Arbitraries.of("peers", "name", "fine", "seen", "and", "or", "not", "in", "unknown", "(", ")", ",", "=", "!=", "<", ">=", "~",
        "'", "\"", "5", "3h", "ago", "5GB", "a", "'a b'", " ", "\n", "\0", "é\uD83D\uDC1C", "-", "1e9", "99999999999999999999");
    return Arbitraries.oneOf(piece.list().ofMaxSize(30).map(pieces -> String.join(" ", pieces)), piece.list().ofMaxSize(30).map(pieces -> String.join("", pieces)),
        Arbitraries.strings().ofMaxLength(200));
  }

  @Provide
  Arbitrary<Meant> queries() {
    return query(4);
  }

  private static Arbitrary<Meant> query(int depth) {
    Arbitrary<Meant> leaf = Arbitraries.oneOf(
        Combinators.combine(Arbitraries.of("=", "!=", "<", "<=", ">", ">="), Arbitraries.longs().between(0, 5), Arbitraries.of("", " "))
            .as((sign, number, gap) -> new Meant("peers" + gap + sign + gap + number, ofPeers(sign, number))),
        Arbitraries.strings().withChars("aAb01 ").ofMaxLength(2).map(part -> new Meant("name~'" + part + "'",
            row -> row.name().map(name -> Truth.of(name.toLowerCase().contains(part.toLowerCase()))).orElse(Truth.UNKNOWN))),
        Arbitraries.just(new Meant("fine", row -> row.fine().map(Truth::of).orElse(Truth.UNKNOWN))),
        Arbitraries.just(new Meant("peers=unknown", row -> Truth.of(row.peers().isEmpty()))));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Meant> inner = Arbitraries.lazy(() -> query(depth - 1));
    return Arbitraries.oneOf(leaf,
        inner.map(one -> new Meant("not (" + one.text() + ")", row -> opposite(one.truth().apply(row)))),
        inner.list().ofMinSize(2).ofMaxSize(3).map(all -> new Meant("(" + joined(all, ") and (") + ")",
            row -> all.stream().map(each -> each.truth().apply(row)).min(Comparator.naturalOrder()).orElseThrow())),
        inner.list().ofMinSize(2).ofMaxSize(3).map(all -> new Meant("(" + joined(all, ") OR(") + ")",
            row -> all.stream().map(each -> each.truth().apply(row)).max(Comparator.naturalOrder()).orElseThrow())));
  }

  private static String joined(List<Meant> all, String between) {
    return String.join(between, all.stream().map(Meant::text).toList());
  }

  private static Truth opposite(Truth truth) {
    return Truth.values()[2 - truth.ordinal()];
  }

  private static Function<Ant, Truth> ofPeers(String sign, long number) {
    return row -> row.peers().map(peers -> Truth.of(switch (sign) {
      case "=" -> peers == number;
      case "!=" -> peers != number;
      case "<" -> peers < number;
      case "<=" -> peers <= number;
      case ">" -> peers > number;
      default -> peers >= number;
    })).orElse(Truth.UNKNOWN);
  }
}

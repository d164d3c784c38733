package dev.wnm.core.query;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/** How a field is compared with a value. */
enum Operator {
  EQUAL("=", order -> order == 0),
  NOT_EQUAL("!=", order -> order != 0),
  BELOW("<", order -> order < 0),
  AT_MOST("<=", order -> order <= 0),
  ABOVE(">", order -> order > 0),
  AT_LEAST(">=", order -> order >= 0),
  /** The field's text has the value's in it, in capitals or not. */
  CONTAINS("~", order -> false);

  private final String sign;
  private final IntPredicate holds;

  Operator(String sign, IntPredicate holds) {
    this.sign = sign;
    this.holds = holds;
  }

  static Optional<Operator> of(String sign) {
    return Arrays.stream(values()).filter(operator -> operator.sign.equals(sign)).findFirst();
  }

  /** Whether it asks which of two values is the greater one. */
  boolean isOfOrder() {
    return this == BELOW || this == AT_MOST || this == ABOVE || this == AT_LEAST;
  }

  boolean holds(int order) {
    return holds.test(order);
  }

  @Override
  public String toString() {
    return sign;
  }
}

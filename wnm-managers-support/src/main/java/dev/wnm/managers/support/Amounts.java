package dev.wnm.managers.support;

import dev.wnm.spi.manager.ManagerOption;
import java.math.BigDecimal;
import java.util.Optional;

/** How options say how much of the machine something may take. */
public final class Amounts {
  private Amounts() {}

  /** An option for memory, whose text is one that Docker and systemd understand, such as {@code 16g}. */
  public static ManagerOption.Builder<String> memory(String name) {
    return ManagerOption.text(name, "SIZE", "a number followed by k, m or g, such as 16g", "[1-9][0-9]*[kmg]");
  }

  /** An option for processors, above 0. */
  public static ManagerOption.Builder<BigDecimal> processors(String name) {
    return ManagerOption.parsed(name, BigDecimal.class, "NUMBER", "a number such as 4 or 1.5",
        text -> Optional.of(text).filter(each -> each.matches("[0-9]{1,4}(\\.[0-9]{1,2})?")).map(BigDecimal::new)
            .filter(number -> number.signum() > 0),
        BigDecimal::toPlainString);
  }
}

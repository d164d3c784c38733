package dev.wnm.spi.manager;

import java.util.List;

/** What is known of the services that run beside the nodes of one group. Made with the methods here. */
public sealed interface GroupCompanions {
  /**
   * All of them.
   *
   * @param companions in the order in which they are to be shown; empty when there are none
   */
  record Known(List<CompanionView> companions) implements GroupCompanions {
    public Known {
      companions = List.copyOf(companions);
    }
  }

  /**
   * Nobody can say.
   *
   * @param reason why not, as a clause
   */
  record Unknown(String reason) implements GroupCompanions {}

  /** These and no others. */
  static GroupCompanions known(List<CompanionView> companions) {
    return new Known(companions);
  }

  /** @param reason why nothing can be said, as a clause */
  static GroupCompanions unknown(String reason) {
    return new Unknown(reason);
  }
}

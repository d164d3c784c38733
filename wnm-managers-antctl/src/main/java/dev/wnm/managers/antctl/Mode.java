package dev.wnm.managers.antctl;

import dev.wnm.managers.support.Account;
import dev.wnm.spi.manager.ManagerType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The types of this back end. */
enum Mode {
  /** antctl of whoever runs wnm; wnm says where the nodes' folders are and which antnode they copy. */
  USER,
  /** The same with the antctl cluster of root. */
  SUDO,
  /** As {@link #USER}, but antctl chooses all paths and fetches antnode itself. */
  ZEN;

  String type() {
    return "antctl+" + name().toLowerCase(Locale.ROOT);
  }

  static List<ManagerType> types() {
    return Arrays.stream(values()).map(Mode::declared).toList();
  }

  private ManagerType declared() {
    ManagerType declared = ManagerType.of(type()).whoseNodesAre("those of antctl, which runs them");
    return this == SUDO ? declared.forWholeSystem(Account.OF_NODES) : declared;
  }

  static Mode of(String type) {
    return Arrays.stream(values()).filter(mode -> mode.type().equals(type)).findFirst().orElseThrow();
  }
}

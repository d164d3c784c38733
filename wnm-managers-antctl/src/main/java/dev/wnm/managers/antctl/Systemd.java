package dev.wnm.managers.antctl;

import dev.wnm.spi.command.CommandResult;
import java.util.ArrayList;
import java.util.List;

/** The little that antctl leaves undone with systemd. */
final class Systemd {
  private Systemd() {}

  /** The words that ask whether systemd holds another unit than the one in its file; {@link #isOld} reads the answer. */
  static List<String> ask(String systemctl, boolean asUser, String service) {
    return words(systemctl, asUser, "show", "--property=NeedDaemonReload", "--value", service + ".service");
  }

  static boolean isOld(CommandResult asked) {
    return asked.succeeded() && asked.stdout().strip().equals("yes");
  }

  /** The words that make systemd read its files again. */
  static List<String> reload(String systemctl, boolean asUser) {
    return words(systemctl, asUser, "daemon-reload");
  }

  private static List<String> words(String systemctl, boolean asUser, String... rest) {
    List<String> words = new ArrayList<>(List.of(systemctl));
    if (asUser) {
      words.add("--user");
    }
    words.addAll(List.of(rest));
    return words;
  }
}

package dev.wnm.managers.s6overlay.supervisord;

import java.util.Optional;

/** Lists what of a file has no equivalent. */
final class Outcomes {
  private Outcomes() {}

  /** Whether a socket can be handed to the program: one on this machine, for one process. */
  static boolean isConvertible(IniSection section) {
    boolean isTcp = section.find("socket").filter(socket -> socket.text().strip().startsWith("tcp:")).isPresent();
    boolean isOne = section.find("numprocs").filter(count -> !count.text().strip().equals("1")).isEmpty();
    return !isTcp && isOne;
  }

  static void listWithout(Configuration configuration, Findings findings) {
    for (IniSection section : configuration.sections()) {
      String header = "[" + section.name() + "]";
      String all = " (with " + String.join(", ", section.values().keySet()) + ")";
      boolean named = section.name().indexOf(':') > 0;
      if (section.kind().equals("eventlistener") && named) {
        findings.without(section.place(), header + all, "listeners speak supervisord's event protocol, and there are no"
            + " events; not converted", "act in the finish script of the program that it listened to, or watch that with s6-svwait; to end the"
            + " container when a program ends, write " + ControlWords.HALT + " there: see the end of this page");
      } else if (section.kind().equals("fcgi-program") && named && !isConvertible(section)) {
        findings.without(section.place(), header + all, "s6-overlay brings nothing that opens a TCP socket, or one socket"
            + " for several processes; not converted",
            "let the program open its socket itself, or use unix:// and one process");
      } else if (!DocumentedOptions.isSection(section.kind()) || !isNamedAsItShould(section.kind(), named)) {
        findings.without(section.place(), header + all, "supervisord knows no such section; nothing was done",
            "check its spelling");
      } else {
        section.values().forEach((name, value) -> listOption(section, name, value.place(), findings));
      }
    }
  }

  private static void listOption(IniSection section, String name, Place place, Findings findings) {
    String what = "[" + section.name() + "] " + name;
    Optional<DocumentedOption> option = DocumentedOptions.find(section.kind(), name);
    if (option.isEmpty()) {
      findings.without(place, what, "supervisord documents no such option; nothing was done", "check its spelling");
    } else if (!option.get().isConverted()) {
      findings.without(place, what, option.get().becomes(), option.get().remedy());
    }
  }

  private static boolean isNamedAsItShould(String kind, boolean named) {
    return named == (kind.equals("program") || kind.equals("fcgi-program") || kind.equals("group")
        || kind.equals("rpcinterface"));
  }
}

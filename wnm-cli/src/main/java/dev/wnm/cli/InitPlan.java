package dev.wnm.cli;

import dev.wnm.core.colony.Initializer;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Proposal;
import dev.wnm.core.config.Settings;
import dev.wnm.core.decision.GrowthForecast;
import dev.wnm.core.model.MachineSize;
import dev.wnm.core.model.NodeNeed;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.model.NodePorts;
import java.util.ArrayList;
import java.util.List;

/** What {@code --init} would make of the answers, for the operator to look at. */
final class InitPlan {
  private static final String NARROW = "  %-9s ";
  /** Room for the backslash at the end of a line. */
  private static final int WIDTH = 76;

  private InitPlan() {}

  /** @param words the command line that does the same without a question */
  static void show(Initializer.Plan plan, MachineSize size, NodeNeed need, List<String> words, Prompt prompt) {
    Settings settings = plan.outcome().settings();
    int cap = settings.get(Options.NODE_CAP);
    prompt.say("This is the plan:");
    line(prompt, "nodes", "up to " + cap + " with " + settings.get(Options.PROCESS_MANAGER)
        + (plan.takenOver() == 0 ? "" : ", " + plan.takenOver() + " of them there already"));
    line(prompt, "program", plan.binary().isFetched() ? "fetched by " + settings.get(Options.PROCESS_MANAGER) : plan.binary().program().title() + " at "
        + plan.binary().path() + plan.binary().version().map(version -> ", version " + version.text()).orElse(""));
    line(prompt, "rewards", "to " + settings.get(Options.REWARDS_ADDRESS));
    if (cap > 0) {
      NodePorts first = settings.portPlan(plan.binary().program()).portsOf(1);
      NodePorts last = settings.portPlan(plan.binary().program()).portsOf(cap);
      line(prompt, "ports", "UDP " + span(first.node(), last.node())
          + (first.browsers().isEmpty() ? "" : " and, for browsers, " + span(first.browsers().getAsInt(), last.browsers().orElseThrow()))
          + (first.metrics().isEmpty() ? "" : "; on this machine only, TCP " + span(first.metrics().getAsInt(), last.metrics().orElseThrow())));
    }
    line(prompt, "folder", settings.get(Options.NODE_STORAGE) + ": nodes may come to need " + Human.bytes((double) need.diskBytes() * cap)
        + size.freeDiskBytes().stream().mapToObj(free -> " of " + Human.bytes(free) + " free").findFirst().orElse(""));
    line(prompt, "memory", "about " + Human.bytes((double) need.memoryBytes() * cap)
        + size.memoryBytes().stream().mapToObj(all -> " of " + Human.bytes(all)).findFirst().orElse("") + ", reckoned with "
        + Human.bytes(need.memoryBytes()) + " a node");
    line(prompt, "limits", "nodes are added while CPU use is below " + settings.get(Options.CPU_LESS_THAN) + " %, memory "
        + settings.get(Options.MEM_LESS_THAN) + " %, disk " + settings.get(Options.HD_LESS_THAN) + " % and load "
        + Human.decimal(settings.get(Options.DESIRED_LOAD_AVERAGE)) + "; stopped above " + settings.get(Options.CPU_REMOVE) + " %, "
        + settings.get(Options.MEM_REMOVE) + " % and load " + Human.decimal(settings.get(Options.MAX_LOAD_AVERAGE_ALLOWED))
        + "; removed with their data above " + settings.get(Options.HD_REMOVE) + " % of the disk");
    line(prompt, "growth", plan.outcome().growth().map(GrowthForecast::sentence).orElse("all nodes are there"));
    plan.outcome().pace().forEach(proposal -> prompt.say(String.format(NARROW, ""), reason(proposal)));
    line(prompt, "then", "wnm --install_service lets the machine run a cycle every minute; each wnm is one cycle");
    plan.notes().forEach(note -> line(prompt, "mind", note));
    prompt.say("The same without questions:");
    command(words).forEach(prompt::show);
  }

  /** Such as {@code 4 CPUs, 8.2 GB of memory and 52 GB of free disk}. */
  static String words(MachineSize size) {
    return size.cpus() + (size.cpus() == 1 ? " CPU" : " CPUs")
        + size.memoryBytes().stream().mapToObj(bytes -> ", " + Human.bytes(bytes) + " of memory").findFirst().orElse("")
        + size.freeDiskBytes().stream().mapToObj(bytes -> ", " + Human.bytes(bytes) + " of free disk").findFirst().orElse("");
  }

  private static void line(Prompt prompt, String name, String text) {
    prompt.say(String.format(NARROW, name), text);
  }

  private static String reason(Proposal proposal) {
    return String.join(" ", proposal.words()) + ": " + proposal.why();
  }

  private static String span(int first, int last) {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }

  /** Over several lines that a shell reads as one. */
  private static List<String> command(List<String> words) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("  wnm");
    for (int i = 0; i < words.size(); i++) {
      String word = Shell.word(words.get(i));
      boolean valueFollows = i + 1 < words.size() && !words.get(i + 1).startsWith("-");
      int needed = word.length() + (valueFollows ? 1 + Shell.word(words.get(i + 1)).length() : 0);
      if (words.get(i).startsWith("-") && line.length() + 1 + needed > WIDTH) {
        lines.add(line + " \\");
        line = new StringBuilder("   ");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}

package dev.wnm.cli;

import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.colony.Initializer;
import dev.wnm.core.colony.SetupChoices;
import dev.wnm.core.colony.SetupChoices.Manager;
import dev.wnm.core.config.MachineShare;
import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Proposal;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.model.MachineSize;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.wallet.WalletList;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Asks whoever sits at the terminal what {@code --init} needs and was not told, shows what would come of it, and asks once. It has no
 * rules of its own: each answer is a setting, checked as on the command line, and the set-up is that of {@link Initializer}.
 */
final class InitDialog {
  private static final List<Option<?>> PORT_STARTS =
      List.of(Options.PORT_START, Options.METRICS_PORT_START, Options.RPC_PORT_START, Options.WEBRTC_PORT_START);
  /** From where nothing is added to where something is stopped, in percent of own numbers. */
  private static final int BETWEEN_LIMITS = 15;

  private final Prompt prompt;
  private final SetupChoices choices;
  private final Dependencies tools;
  private final boolean hasPublicAddress;
  private final SettingsResolver given;
  private final Map<Option<?>, String> answers = new LinkedHashMap<>();

  /**
   * @param hasPublicAddress whether the machine has an address of the internet, so that no router need open ports
   * @param given what no question is asked about
   */
  InitDialog(Prompt prompt, SetupChoices choices, Dependencies tools, boolean hasPublicAddress, SettingsResolver given) {
    this.prompt = prompt;
    this.choices = choices;
    this.tools = tools;
    this.hasPublicAddress = hasPublicAddress;
    this.given = given;
  }

  /**
   * The settings to set the machine up with.
   *
   * @param words the command line so far
   * @throws BadInputException when the operator does not want it, or something cannot be
   */
  SettingsResolver run(List<String> words) throws ManagerUnavailableException {
    new Initializer(given, tools).requireNew();
    // Whatever else is wrong is no matter of an answer.
    given.answering(Map.of(Options.REWARDS_ADDRESS, WalletList.FAUCET.text())).settle(Map.of(), List.of());
    prompt.say("This sets the machine up for wnm. Each question has its usual answer in brackets; Ctrl-C ends it, and nothing is changed"
        + " before the last answer.");
    askWallet();
    askManager();
    Optional<NodeProgram> program = askProgram();
    askShare(program.orElseGet(NodePrograms::usual));
    if (program.isPresent()) {
      askRouter(program.get());
      askPorts(program.get());
    }
    Initializer.Plan plan = new Initializer(resolver(), tools).plan();
    prompt.show("");
    InitPlan.show(plan, choices.size(plan.outcome().settings()), choices.need(plan.outcome().settings(), plan.binary().program()),
        words(words, plan.outcome().settings()), prompt);
    if (!prompt.confirm("Set up?", false)) {
      throw Prompt.givenUp("the answer was no");
    }
    return resolver();
  }

  private SettingsResolver resolver() {
    return given.answering(answers);
  }

  private Settings settings() {
    return resolver().settle(Map.of(), List.of());
  }

  private boolean isOpen(Option<?> option) {
    return !given.isGiven(option) && !answers.containsKey(option);
  }

  /** Takes an answer as values of options, if they may stand beside all others. */
  private void ask(String question, String usual, Function<String, Map<Option<?>, String>> meaning) {
    prompt.ask(question, usual, answer -> {
      Map<Option<?>, String> tried = new LinkedHashMap<>(answers);
      tried.putAll(meaning.apply(answer));
      given.answering(tried).settle(Map.of(), List.of());
      answers.putAll(tried);
    });
  }

  private void askWallet() {
    prompt.show("");
    prompt.say("Where do rewards go? A wallet is 0x and 40 hex digits; several may have weights: 0xA…:3,0xB…:1.");
    ask("Wallet", "", answer -> Map.of(Options.REWARDS_ADDRESS, answer));
  }

  private void askManager() {
    if (!isOpen(Options.PROCESS_MANAGER)) {
      return;
    }
    List<Manager> all = choices.managers(resolver());
    List<Manager> working = all.stream().filter(manager -> manager.obstacle().isEmpty()).toList();
    if (working.isEmpty()) {
      return; // the plan refuses, and says why
    }
    prompt.show("");
    prompt.say("What is to run the nodes?");
    int width = working.stream().mapToInt(manager -> manager.type().length()).max().orElse(0);
    IntStream.range(0, working.size()).forEach(i -> prompt.say(String.format("  %-3d%-" + width + "s  ", i + 1, working.get(i).type()),
        working.get(i).nodes() + (working.get(i).isUsual() ? " (the usual choice here)" : "")));
    tellUnable(all);
    List<String> numbers = IntStream.rangeClosed(1, working.size()).mapToObj(Integer::toString).toList();
    answers.put(Options.PROCESS_MANAGER, working.get(prompt.choose("Number", numbers, 0)).type());
  }

  /** In half a line each, without the remedies. */
  private void tellUnable(List<Manager> all) {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    all.forEach(manager -> manager.obstacle().ifPresent(
        reason -> byReason.computeIfAbsent(reason.replaceFirst("(?s);.*", ""), same -> new ArrayList<>()).add(manager.type())));
    if (!byReason.isEmpty()) {
      prompt.say("These cannot work here; wnm --list_managers says what they lack:");
      byReason.forEach((reason, types) -> prompt.say("     ", String.join(", ", types) + ": " + reason));
    }
  }

  /** What the nodes will be; empty where the back end sees to that. */
  private Optional<NodeProgram> askProgram() throws ManagerUnavailableException {
    if (!choices.needsProgram(settings())) {
      return Optional.empty();
    }
    List<NodeProgram> found = new ArrayList<>();
    try {
      NodeBinary binary = binary(settings());
      found.add(binary.program());
    } catch (NodeBinary.UnusableException e) {
      if (!isOpen(Options.ANTNODE_PATH)) {
        throw new BadInputException(String.valueOf(e.getMessage()));
      }
      prompt.show("");
      prompt.say(e.getMessage() + ".");
      // The place to offer getting the program now.
      ask("Where is it", "", answer -> {
        Map<Option<?>, String> path = Map.of(Options.ANTNODE_PATH, answer);
        try {
          found.add(binary(given.answering(answers).answering(path).settle(Map.of(), List.of())).program());
        } catch (NodeBinary.UnusableException unusable) {
          throw new BadInputException(unusable.getMessage());
        }
        return path;
      });
    }
    return Optional.of(found.get(0));
  }

  private NodeBinary binary(Settings settings) throws NodeBinary.UnusableException {
    return NodeBinary.ask(NodeBinary.locate(settings.get(Options.ANTNODE_PATH), tools.runner()), tools.runner());
  }

  private void askShare(NodeProgram program) {
    if (!isOpen(Options.NODE_CAP)) {
      return;
    }
    Settings settings = settings();
    MachineSize size = choices.size(settings);
    List<List<Proposal>> shares = Stream.of(MachineShare.values())
        .map(share -> share.limits(size, choices.need(settings, program), Settings.defaults(settings.platform()))).toList();
    prompt.show("");
    prompt.say("How much of the machine may the nodes use? It has " + InitPlan.words(size) + ".");
    for (MachineShare share : MachineShare.values()) {
      Proposal nodes = shares.get(share.ordinal()).get(0);
      prompt.say(String.format("  %-3d%-12s", share.ordinal() + 1, share.words()),
          "up to " + nodes.text() + (nodes.text().equals("1") ? " node" : " nodes") + ": " + nodes.why());
    }
    prompt.say(String.format("  %-3d%-12s", shares.size() + 1, "own numbers"), "for nodes, CPU, memory and disk");
    List<String> numbers = IntStream.rangeClosed(1, shares.size() + 1).mapToObj(Integer::toString).toList();
    int chosen = prompt.choose("Number", numbers, MachineShare.HALF.ordinal());
    if (chosen == shares.size()) {
      askNumbers(shares.get(MachineShare.HALF.ordinal()).get(0).text());
      return;
    }
    // They go together, so whoever gave one keeps to his own.
    boolean limitsAreOpen = MachineShare.OPTIONS.stream().allMatch(this::isOpen);
    shares.get(chosen).stream().filter(limit -> limitsAreOpen || limit.option().equals(Options.NODE_CAP))
        .forEach(limit -> answers.put(limit.option(), limit.text()));
  }

  private void askNumbers(String nodes) {
    ask("  Nodes at most", nodes, answer -> Map.of(Options.NODE_CAP, answer));
    askLimit("  Add nodes while CPU use is below, in percent", Options.CPU_LESS_THAN, Options.CPU_REMOVE);
    askLimit("  Add nodes while memory use is below, in percent", Options.MEM_LESS_THAN, Options.MEM_REMOVE);
    askLimit("  Add nodes while disk use is below, in percent", Options.HD_LESS_THAN, Options.HD_REMOVE);
  }

  /** The upper limit follows the lower one where the usual one would be too near. */
  private void askLimit(String question, Option<Integer> add, Option<Integer> remove) {
    if (isOpen(add)) {
      Settings settings = settings();
      int usual = settings.get(remove);
      ask(question, Integer.toString(settings.get(add)), answer -> {
        Map<Option<?>, String> limits = new LinkedHashMap<>(Map.of(add, answer));
        if (isOpen(remove) && answer.matches("[0-9]{1,3}") && Integer.parseInt(answer) > usual - BETWEEN_LIMITS) {
          limits.put(remove, Integer.toString(Math.min(100, Integer.parseInt(answer) + BETWEEN_LIMITS)));
        }
        return limits;
      });
    }
  }

  /** Only the old antnode has a switch for UPnP, and ends itself where it is on and no router answers. */
  private void askRouter(NodeProgram program) {
    if (isOpen(Options.NO_UPNP) && program.ownFlags().containsKey("--no-upnp")) {
      prompt.show("");
      prompt.say((hasPublicAddress ? "This machine has an address of the internet." : "This machine has no address of the internet.")
          + " Is it behind a router that opens ports by UPnP, as at home? Where there is none, nodes must not ask for one.");
      if (!prompt.confirm("Router with UPnP", !hasPublicAddress)) {
        answers.put(Options.NO_UPNP, Options.NO_UPNP.print(true));
      }
    }
  }

  /** Asked only where the usual ports are taken; nodes that are taken over hold theirs themselves. */
  private void askPorts(NodeProgram program) throws ManagerUnavailableException {
    Settings settings = settings();
    if (settings.get(Options.IMPORT) || settings.find(Options.IMPORT_FILE).isPresent() || !PORT_STARTS.stream().allMatch(this::isOpen)) {
      return;
    }
    OptionalInt shift = choices.portShift(settings, program);
    if (shift.isEmpty() || shift.getAsInt() == 0) {
      return; // where there is no place, the plan says which port is held
    }
    int usual = settings.get(Options.PORT_START);
    prompt.show("");
    prompt.say("Other programs hold some of the ports from " + usual + "001 on, where nodes usually have theirs.");
    ask("Ports of nodes begin at how many thousands", Integer.toString(usual + shift.getAsInt()), answer -> {
      int by = starts(answer) - usual;
      Map<Option<?>, String> starts = new LinkedHashMap<>();
      PORT_STARTS.stream().filter(option -> option != Options.WEBRTC_PORT_START || settings.get(Options.WEBRTC_PORT_START) != 0)
          .forEach(option -> starts.put(option, Integer.toString(Integer.parseInt(settings.asText().get(option.name())) + by)));
      return starts;
    });
  }

  private static int starts(String answer) {
    if (!answer.matches("[0-9]{1,2}")) {
      throw new BadInputException("the answer must be thousands from 1 to 65, but it is '" + answer + "'");
    }
    return Integer.parseInt(answer);
  }

  /** The command line that does the same without a question. */
  private List<String> words(List<String> words, Settings settings) {
    List<String> all = new ArrayList<>(words);
    answers.keySet().forEach(option -> {
      all.add(option.toString());
      if (!option.isFlag()) {
        all.add(settings.asText().get(option.name()));
      }
    });
    return all;
  }
}

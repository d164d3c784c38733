package dev.wnm.fleet.host;

import dev.wnm.core.config.Options;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.Question;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.WantedProgram;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.model.WishAnswer.Outcome;
import dev.wnm.fleet.model.WishJson;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.HostDesk;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.spi.internal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** This machine, as its fleet sees it. */
public final class LocalHost implements HostDesk {
  private static final String WISH = "wish.json";
  private static final Duration LOOKING = Duration.ofMinutes(2);
  private static final Duration STORING = Duration.ofMinutes(2);
  private static final Duration FETCHING = Duration.ofMinutes(30);
  private static final int STATES_ALONE = 10;
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");
  /** What that is outside of containers, on every Linux. */
  private static final String OF_THE_KERNEL = "pid:[4026531836]";
  private static final String NAMES = "[A-Za-z0-9_.@:,/*-]{1,500}";
  /** What every host lets its fleet change. */
  private static final Set<String> SETTABLE = Options.OF_DECISIONS.stream().map(option -> option.name()).collect(Collectors.toUnmodifiableSet());
  /** What no host lets anybody change from afar, whatever it allows: who is paid, where things are, what is run. */
  private static final Set<String> NEVER = Set.of("rewards_address", "donate_address", "node_storage", "dbpath", "environment", "start_args", "process_manager",
      "notify", "serve", "config");
  /** The same of options of back ends: files and programs, images and containers, accounts, and who can reach what. */
  private static final Pattern NEVER_ENDING = Pattern.compile(".*_(path|file|dir|key|certificate|command|image|containers|network|user|uid|gid)");

  private final PrivateFolder folder;
  private final WnmCommand wnm;
  private final Clock clock;
  private final Duration interval;
  private final ReentrantLock taking = new ReentrantLock();
  private final ReentrantLock looking = new ReentrantLock();
  private HostFile file;
  private Optional<String> twin = Optional.empty();
  /** So many states ago another machine spoke as this one. */
  private int alone;

  private LocalHost(PrivateFolder folder, HostFile file, WnmCommand wnm, Clock clock, Duration interval) {
    this.folder = folder;
    this.file = file;
    this.wnm = wnm;
    this.clock = clock;
    this.interval = interval;
  }

  /** @param interval how long it usually is between two states */
  public static LocalHost in(Path folder, WnmCommand wnm, Clock clock, Duration interval) throws FleetException, IOException {
    PrivateFolder own = PrivateFolder.at(folder);
    return new LocalHost(own, HostFile.in(own), wnm, clock, interval);
  }

  /** Whether no host lets anybody change a setting from afar, whatever it allows. */
  public static boolean isNeverChangedFromAfar(String setting) {
    return NEVER.contains(setting) || NEVER_ENDING.matcher(setting).matches();
  }

  /** By which transport the fleet is reached. */
  public String transport() {
    return file.transport();
  }

  /**
   * Takes down whether another machine has spoken as this one since its last state. One that is heard no more is forgotten after a while:
   * it has joined anew, or was stopped.
   *
   * @return the other one, if it is believed to be there
   */
  public synchronized Optional<String> noticed(Optional<String> other) {
    alone = other.isPresent() ? 0 : alone + 1;
    twin = other.or(() -> alone < STATES_ALONE ? twin : Optional.empty());
    return twin;
  }

  /** One after the other: of two states, that with the greater number was looked at later, and has the later answer. */
  @Override
  public HostState state() throws FleetException {
    looking.lock();
    try {
      // Before the look: whoever reads that a wish is in force is to see what came of it.
      return state(file().answer(), StatusReader.status(report()));
    } catch (UnreadableException wrong) {
      throw new FleetException(String.valueOf(wrong.getMessage()), wrong);
    } finally {
      looking.unlock();
    }
  }

  private synchronized HostState state(WishAnswer answer, StatusReader.Status status) throws FleetException {
    keep(HostFile::counted);
    return new HostState(file.host(), new HostState.Run(file.id(), bootId(), file.sequence(), twin), clock.instant(), file.labels(),
        version(), interval, status.nodes(), status.resources(), status.outlook(), status.limits(), status.groups(), answer);
  }

  private String report() throws FleetException {
    WnmCommand.Ran ran = wnm.run(List.of("--report", "status", "--json"), LOOKING);
    if (!ran.succeeded()) {
      throw new FleetException("wnm says nothing of itself: " + ran.sentence());
    }
    return ran.out();
  }

  /** The jar of the program says it, and that of the fleet does not. */
  private static String version() {
    String version = Options.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  /** Containers of one kernel have its boot id in common; which of them this is, their process ids tell. */
  private static String bootId() {
    try {
      String processes = Files.readSymbolicLink(PROCESSES).toString();
      return Files.readString(BOOT_ID).strip() + (processes.equals(OF_THE_KERNEL) ? "" : "/" + processes);
    } catch (IOException e) {
      return "unknown";
    }
  }

  private synchronized HostFile file() {
    return file;
  }

  private synchronized void keep(UnaryOperator<HostFile> change) throws FleetException {
    try {
      HostFile changed = change.apply(file);
      changed.keep(folder);
      file = changed;
    } catch (IOException e) {
      throw new FleetException(folder.path() + " cannot be written: " + Reason.of(e), e);
    }
  }

  /** What a host says, and what it is asked, does not wait for this: to fetch a program may take half an hour. */
  @Override
  public WishAnswer take(Wish wish) {
    taking.lock();
    try {
      WishAnswer before = file().answer();
      if (wish.generation() < before.generation() || wish.generation() == before.generation() && before.outcome() != Outcome.PENDING) {
        return before;
      }
      // What is not carried out yet when this is killed is carried out after the next start.
      folder.write(WISH, WishJson.write(wish));
      answer(new WishAnswer(wish.generation(), Outcome.PENDING, "under way"));
      answer(applied(wish));
    } catch (FleetException | IOException e) {
      remember(new WishAnswer(wish.generation(), Outcome.PENDING, Reason.of(e)));
    } finally {
      taking.unlock();
    }
    return file().answer();
  }

  private void answer(WishAnswer answer) throws FleetException {
    keep(now -> now.answering(answer));
  }

  /** As long as this runs. */
  private synchronized void remember(WishAnswer answer) {
    file = file.answering(answer);
  }

  /** Tries again what is not carried out yet, unless that is under way. */
  public void goOn() {
    if (!taking.tryLock()) {
      return;
    }
    try {
      Optional<String> kept = file().answer().outcome() == Outcome.PENDING ? folder.read(WISH) : Optional.empty();
      if (kept.isPresent()) {
        take(WishJson.read(kept.get()));
      }
    } catch (IOException | UnreadableException gone) {
      remember(new WishAnswer(file().answer().generation(), Outcome.REFUSED, Reason.of(gone)));
    } finally {
      taking.unlock();
    }
  }

  private WishAnswer applied(Wish wish) throws FleetException {
    Optional<String> refusal = refusal(wish);
    if (refusal.isPresent()) {
      return new WishAnswer(wish.generation(), Outcome.REFUSED, refusal.get());
    }
    boolean isFleetsHold = wish.hold() && (file().held() || !isOnHold());
    List<String> words = words(wish, isFleetsHold);
    if (wish.program().isPresent()) {
      Optional<WnmCommand.Ran> failed = programTaken(wish.program().get(), wish, words, isFleetsHold);
      if (failed.isPresent()) {
        return answer(wish, failed.get());
      }
    }
    return answer(wish, stored(words, wish, isFleetsHold));
  }

  /** @return what of it failed; empty when the program is in its place */
  private Optional<WnmCommand.Ran> programTaken(WantedProgram program, Wish wish, List<String> words, boolean isFleetsHold) throws FleetException {
    // A wish that is refused leaves all as it was: what could refuse it later is asked first.
    if (!wish.settings().isEmpty() || wish.blocks().isPresent()) {
      WnmCommand.Ran asked = wnm.run(Stream.concat(words.stream(), Stream.of("--dry_run")).toList(), STORING);
      if (!asked.succeeded()) {
        return Optional.of(asked);
      }
    }
    // What stops a bad version must not wait for a download of it.
    if (isFleetsHold) {
      WnmCommand.Ran held = stored(List.of("--force_action", "update_config", "--hold"), wish, true);
      if (!held.succeeded()) {
        return Optional.of(held);
      }
    }
    return Optional.of(wnm.run(List.of("--fetch_node=" + program.version(), "--fetch_sha256=" + program.sha256(), "--confirm"), FETCHING))
        .filter(fetched -> !fetched.succeeded());
  }

  /** Whose hold it is, is kept before one begins and after one has ended: a kill in between leaves none that the fleet takes for another's. */
  private WnmCommand.Ran stored(List<String> words, Wish wish, boolean isFleetsHold) throws FleetException {
    boolean wasHeld = file().held();
    if (isFleetsHold) {
      keep(now -> now.holding(true));
    }
    WnmCommand.Ran ran = wnm.run(words, STORING);
    if (ran.exitCode() == WnmCommand.REFUSED) {
      keep(now -> now.holding(wasHeld));
    } else if (ran.succeeded() && !wish.hold()) {
      keep(now -> now.holding(false));
    }
    return ran;
  }

  /** Whether somebody has put this machine on hold: a hold of its own operator's is not the fleet's to end. */
  private boolean isOnHold() throws FleetException {
    WnmCommand.Ran ran = wnm.run(List.of("--report", "machine-config", "--json"), LOOKING);
    try {
      if (!ran.succeeded()) {
        throw new FleetException(ran.sentence());
      }
      return StatusReader.isOnHold(ran.out());
    } catch (UnreadableException wrong) {
      throw new FleetException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /** The command line that puts it in force, but for the program. */
  private List<String> words(Wish wish, boolean isFleetsHold) {
    List<String> words = new ArrayList<>(List.of("--force_action", "update_config"));
    if (isFleetsHold) {
      words.add("--hold");
    } else if (!wish.hold() && file().held()) {
      words.add("--no_hold");
    }
    wish.blocks().ifPresent(blocks -> words.add("--group_blocks=" + blocks));
    new TreeMap<>(wish.settings()).forEach((name, value) -> words.add("--" + name + "=" + value));
    return words;
  }

  /** What wnm refuses stays refused; what it could not do now, such as while another wnm is at work, is tried again. */
  private static WishAnswer answer(Wish wish, WnmCommand.Ran ran) {
    return new WishAnswer(wish.generation(), ran.succeeded() ? Outcome.APPLIED : ran.exitCode() == WnmCommand.REFUSED ? Outcome.REFUSED : Outcome.PENDING,
        ran.succeeded() ? "" : ran.sentence());
  }

  private Optional<String> refusal(Wish wish) {
    if (!wish.host().equals(file().host())) {
      return Optional.of("this is " + file().host() + ", and the wish is for " + wish.host());
    }
    return wish.settings().keySet().stream().filter(name -> isNeverChangedFromAfar(name) || !SETTABLE.contains(name) && !file().allowed().contains(name)).findFirst()
        .map(name -> "'" + name + "' is not to be changed from afar here" + (isNeverChangedFromAfar(name) ? "" : "; 'wnm fleet join --allow " + name + "' would let it"));
  }

  @Override
  public Reply answer(Question question) {
    Optional<List<String>> words = words(question);
    if (words.isEmpty()) {
      return Reply.refusal("names of nodes must be words of letters, digits and _.@:-, separated by commas");
    }
    try {
      WnmCommand.Ran ran = wnm.run(words.get(), LOOKING);
      return ran.succeeded() || !ran.out().isBlank() ? Reply.of(ran.out().stripTrailing()) : Reply.refusal(ran.sentence());
    } catch (FleetException e) {
      return Reply.refusal(String.valueOf(e.getMessage()));
    }
  }

  /** The command line that answers it; each detail is one word of it, never two. Empty when a detail cannot be one. */
  private static Optional<List<String>> words(Question question) {
    List<String> words = new ArrayList<>();
    switch (question.kind()) {
      case STATUS -> words.addAll(List.of("--report", "status"));
      case NODES -> {
        words.addAll(List.of("--report", "node-status"));
        List.of("filter", "sort", "columns").forEach(option -> question.detail(option).ifPresent(text -> words.add("--" + option + "=" + text)));
      }
      case LOGS -> {
        words.add("--logs=" + question.detail("nodes").orElse("*"));
        List.of("lines", "since").forEach(option -> question.detail(option).ifPresent(text -> words.add("--" + option + "=" + text)));
      }
      case EXPLAIN -> words.addAll(question.detail("node").map(node -> List.of("--explain=" + node)).orElse(List.of("--why_not=add")));
      case REPLAY -> {
        words.add("--what_if=history");
        question.detail("settings").ifPresent(text -> words.add("--set=" + text));
        question.detail("since").ifPresent(text -> words.add("--since=" + text));
      }
    }
    if (question.details().containsKey("json")) {
      words.add("--json");
    }
    boolean areNames = List.of("nodes", "node").stream().flatMap(name -> question.detail(name).stream()).allMatch(names -> names.matches(NAMES));
    return areNames ? Optional.of(words) : Optional.empty();
  }
}

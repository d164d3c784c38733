package org.example;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.*;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.io.*;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Nodes as plain background processes of whoever runs wnm: about the least that a back end can be. */
public final class PlainProvider implements ProcessManagerProvider {
  static final ManagerOption<Duration> PATIENCE = ManagerOption.seconds("plain_patience", 1, 600).initially("20")
      .help("How long a node under plain+user may take to end before it is made to.");

  @Override
  public List<ManagerType> types() {
    return List.of(ManagerType.of("plain+user").whoseNodesAre("plain processes"));
  }

  @Override
  public List<ManagerOption<?>> options() {
    return List.of(PATIENCE);
  }

  @Override
  public Availability availability(String type, ManagerContext context) {
    return context.runner().find("kill").isPresent()
        ? new Availability.Available("")
        : new Availability.Unavailable("the program 'kill' is not on the PATH; install it (Debian's package procps)");
  }

  @Override
  public ProcessManager create(String type, ManagerContext context) {
    return new PlainManager(context);
  }
}

final class PlainManager implements ProcessManager, ReadsLogs {
  private static final String DESCRIPTION = "plain-node.properties";
  private final ManagerContext context;
  private final BinaryFiles binaries;

  PlainManager(ManagerContext context) {
    this.context = context;
    binaries = new BinaryFiles(context.runner());
  }

  @Override
  public Traits traits() {
    return Traits.USUAL;
  }

  /** Nodes' folders belong to whoever runs wnm, so that what wnm brings can put binaries into them. */
  @Override
  public <C extends Capability> Optional<C> capability(Class<C> type) {
    return type == InstallsBinaries.class ? Optional.of(type.cast(binaries)) : ProcessManager.super.capability(type);
  }

  @Override
  public OperationResult create(NodeSpec node) {
    Path description = node.rootDir().resolve(DESCRIPTION);
    if (Files.isExecutable(node.binary()) && Files.exists(description)) {
      return OperationResult.unchanged(NodeFacts.asSuggested(node));
    }
    Optional<String> key = Files.exists(description) ? Optional.empty() : NodeFolder.keyIn(node.rootDir());
    if (key.isPresent()) {
      return OperationResult.failed(key.get(), false);
    }
    if (!Files.isExecutable(node.source())) {
      return OperationResult.failed(node.service() + ": there is no node program that can be run at " + node.source(), false);
    }
    try {
      for (Path folder : List.of(node.rootDir(), node.logDir(), node.bootstrapCache())) {
        Files.createDirectories(folder);
      }
      copy(node.source(), node.binary());
      describe(node, description);
      return OperationResult.done(NodeFacts.asSuggested(node));
    } catch (IOException e) {
      OperationResult undone = remove(node); // a failed create leaves nothing behind
      return OperationResult.failed(node.service() + " could not be made: " + e
          + undone.failure().map(failure -> "; " + failure.reason()).orElse(""), true);
    }
  }

  @Override
  public OperationResult start(NodeSpec node) {
    Optional<ProcessHandle> running = processOf(node.rootDir());
    if (running.isPresent()) {
      return OperationResult.unchanged(NodeFacts.asSuggested(node).withPid(running.get().pid()));
    }
    if (!Files.isExecutable(node.binary())) {
      return OperationResult.failed(node.service() + " has no binary at " + node.binary(), false);
    }
    Map<String, String> variables = new HashMap<>(Map.of("HOME", context.home().toString(), "PATH", "/usr/bin:/bin"));
    variables.putAll(node.variables());
    Command command = new Command(
        node.commandLine(), variables, "", Command.DEFAULT_LIMIT, Optional.of(Path.of("/")));
    try {
      Process process = context.runner().spawn(command, node.logDir().resolve("console.log"));
      return OperationResult.done(NodeFacts.asSuggested(node).withPid(process.pid()));
    } catch (CommandFailedException e) {
      return OperationResult.failed(node.service() + " could not be started: " + e.getMessage(), true);
    }
  }

  /** Which signal a node takes for the wish to end, its program says. */
  @Override
  public OperationResult stop(NodeSpec node) {
    boolean changed = false;
    for (Optional<ProcessHandle> process = processOf(node.rootDir()); process.isPresent();
        process = processOf(node.rootDir())) {
      ProcessHandle handle = process.get();
      try {
        context.runner().run(Command.of("kill", "-s", node.program().stopping().signal(), Long.toString(handle.pid())));
      } catch (CommandFailedException e) {
        return OperationResult.failed(node.service() + " could not be stopped: " + e.getMessage(), true);
      }
      boolean gone = ended(handle, context.get(PlainProvider.PATIENCE))
          || handle.destroy() && ended(handle, Duration.ofSeconds(5))
          || handle.destroyForcibly() && ended(handle, Duration.ofSeconds(10));
      if (!gone) {
        return OperationResult.failed(node.service() + ": process " + handle.pid() + " survives SIGKILL", true);
      }
      changed = true;
    }
    NodeFacts facts = NodeFacts.asSuggested(node);
    return changed ? OperationResult.done(facts) : OperationResult.unchanged(facts);
  }

  /** Deletes by NodeFolder's rules only, which are asked before the process is ended: the node may be another colony's. */
  @Override
  public OperationResult remove(NodeSpec node) {
    String name = node.service().replaceFirst("\\.service$", "");
    NodeFolder folder = new NodeFolder(node.rootDir(), NodeFolder.Content.DATA, name, context.home(), context.colony());
    Optional<String> refusal = folder.refusal();
    OperationResult stopped = refusal.map(why -> OperationResult.failed(why, false)).orElseGet(() -> stop(node));
    if (stopped.failure().isPresent()) {
      return stopped;
    }
    try {
      boolean deleted = folder.delete();
      NodeFacts facts = NodeFacts.asSuggested(node);
      return deleted ? OperationResult.done(facts) : OperationResult.unchanged(facts);
    } catch (IOException e) {
      return OperationResult.failed(node.service() + " could not be removed: " + e.getMessage(), true);
    }
  }

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    Map<Integer, ProcessState> states = new HashMap<>();
    StorageView storages = new StorageView(context.colony());
    nodes.forEach(node -> states.put(node.id(), state(node.rootDir(), storages, () -> CauseLine.of(logs(node)))));
    return states;
  }

  /** What the node printed last: core keeps it of a node that did not start, and CauseLine finds the reason in it. */
  @Override
  public String logs(NodeSpec node) {
    try (RandomAccessFile console = new RandomAccessFile(node.logDir().resolve("console.log").toFile(), "r")) {
      console.seek(Math.max(0, console.length() - 64 * 1024));
      byte[] end = new byte[(int) (console.length() - console.getFilePointer())];
      console.readFully(end);
      return new String(end, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** A part of the same; its position is how many bytes were read. A file that is shorter was begun anew. */
  @Override
  public LogPart log(NodeSpec node, LogRequest request) {
    Path log = node.logDir().resolve("console.log");
    try (RandomAccessFile console = new RandomAccessFile(log.toFile(), "r")) {
      long from = request.from().map(Long::parseLong).filter(bytes -> bytes <= log.toFile().length()).orElse(0L);
      console.seek(Math.max(from, console.length() - 256 * 1024));
      byte[] part = new byte[(int) (console.length() - console.getFilePointer())];
      console.readFully(part);
      int end = new String(part, StandardCharsets.ISO_8859_1).lastIndexOf('\n') + 1; // what comes after it is not whole yet
      List<String> lines = new String(part, 0, end, StandardCharsets.UTF_8).lines().toList();
      return LogPart.of(request.from().isPresent() ? lines : lines.subList(Math.max(0, lines.size() - request.lines()), lines.size()),
          Long.toString(console.length() - part.length + end));
    } catch (IOException e) {
      return LogPart.none("there is no " + log, "0");
    }
  }

  @Override
  public List<FoundNode> survey() throws ManagerUnavailableException {
    List<FoundNode> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(context.nodeStorage())) {
      for (Path folder : folders) {
        if (Files.exists(folder.resolve(DESCRIPTION))) {
          found.add(read(folder));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of(); // no storage yet, no node
    } catch (IOException e) {
      throw new ManagerUnavailableException("the nodes in " + context.nodeStorage() + " cannot be listed: " + e);
    }
    return found;
  }

  /** StorageView knows when nothing may be concluded from a folder that is not there. */
  private static ProcessState state(Path rootDir, StorageView storages, Supplier<String> cause) {
    Optional<ProcessHandle> process = processOf(rootDir);
    return process.isPresent() ? new ProcessState.Running(OptionalLong.of(process.get().pid()))
        : storages.ofNodeThatIsDown(rootDir, cause);
  }

  /** Found by its arguments each time: a remembered pid may be another process's by now. */
  private static Optional<ProcessHandle> processOf(Path rootDir) {
    return ProcessHandle.allProcesses().filter(process -> {
      List<String> words = List.of(process.info().arguments().orElse(new String[0]));
      int flag = words.indexOf("--root-dir");
      return flag >= 0 && flag + 1 < words.size() && words.get(flag + 1).equals(rootDir.toString());
    }).findFirst();
  }

  private static boolean ended(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whole or not at all. */
  private static void copy(Path source, Path target) throws IOException {
    Path draft = target.resolveSibling(target.getFileName() + ".new");
    Files.copy(source, draft, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void describe(NodeSpec node, Path file) throws IOException {
    Properties properties = new Properties();
    properties.putAll(Map.of("id", "" + node.id(), "service", node.service(), "port", "" + node.ports().node(),
        "program", node.program().name(), "wallet", node.wallet(), "network", node.network(), "user", node.user()));
    node.ports().metrics().ifPresent(port -> properties.setProperty("metrics", "" + port));
    node.ports().browsers().ifPresent(port -> properties.setProperty("browsers", "" + port));
    node.ports().rpc().ifPresent(port -> properties.setProperty("rpc", "" + port));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
  }

  private FoundNode read(Path folder) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve(DESCRIPTION))) {
      properties.load(reader);
    }
    NodeProgram program = NodePrograms.named(properties.getProperty("program")).orElseThrow();
    Path key = folder.resolve(program.keyFile());
    NodeFacts facts = NodeFacts.at(NodePlacement.of(properties.getProperty("service"), folder)
        .withBinary(folder.resolve(program.name())));
    return FoundNode.builder(facts, state(folder, new StorageView(context.colony()), () -> ""))
        .program(Optional.of(program))
        .id(number(properties, "id"))
        .nodePort(number(properties, "port"))
        .metricsPort(number(properties, "metrics"))
        .rpcPort(number(properties, "rpc"))
        .browserPort(number(properties, "browsers"))
        .wallet(Optional.ofNullable(properties.getProperty("wallet")))
        .network(Optional.ofNullable(properties.getProperty("network")))
        .user(properties.getProperty("user"))
        .createdAt(Files.exists(key) ? Optional.of(Files.getLastModifiedTime(key).toInstant()) : Optional.empty())
        .build();
  }

  private static OptionalInt number(Properties properties, String name) {
    return Stream.ofNullable(properties.getProperty(name)).mapToInt(Integer::parseInt).findFirst();
  }
}

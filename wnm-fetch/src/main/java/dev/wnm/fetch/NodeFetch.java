package dev.wnm.fetch;

import dev.wnm.core.config.Platform;
import dev.wnm.core.model.WantedRelease;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.spi.program.ReleaseKey;
import dev.wnm.spi.program.ReleaseSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Gets releases of a node program, and puts them where nodes get their copies from. */
public final class NodeFetch {
  /** The node's own limit for what it upgrades itself with. */
  static final long MOST_ARCHIVE_BYTES = 200L << 20;
  private static final String SIGNATURE = ".sig";

  private final NodeProgram program;
  private final ReleaseSource source;
  private final String machine;
  private final CommandRunner runner;
  private final URI api;
  private final Supplier<Downloads> network;

  /** @param network asked for only where something is to be downloaded */
  NodeFetch(NodeProgram program, ReleaseSource source, String machine, CommandRunner runner, URI api, Supplier<Downloads> network) {
    this.program = program;
    this.source = source;
    this.machine = machine;
    this.runner = runner;
    this.api = api;
    this.network = network;
  }

  /** Gets the first program that wnm can get, the usual one first, for this machine and over its network. */
  public static NodeFetch ofThisMachine(Platform platform, CommandRunner runner, Clock clock) {
    NodeProgram program = NodePrograms.all().stream().filter(each -> each.releases().isPresent()).findFirst()
        .orElseThrow(() -> new IllegalStateException("no node program says where its releases are"));
    return new NodeFetch(program, program.releases().orElseThrow(), machine(platform.os(), System.getProperty("os.arch", "")), runner,
        GithubReleases.API,
        () -> new Downloads(HttpClient.newBuilder(), Proxies.of(platform.environment()), Downloads.Limits.USUAL, clock));
  }

  /** The kind of machine, in the words of {@link ReleaseSource#machines}. */
  static String machine(OperatingSystem system, String architecture) {
    String processor = switch (architecture) {
      case "amd64", "x86_64" -> "x64";
      case "aarch64" -> "arm64";
      default -> architecture;
    };
    return switch (system) {
      case LINUX -> "linux-";
      case MACOS -> "macos-";
      case OTHER -> "other-";
    } + processor;
  }

  /** The program that it gets. */
  public NodeProgram program() {
    return program;
  }

  /**
   * Gets a release and puts it in its place, with what comes with it beside it. Takes as long as the download.
   *
   * @throws BadInputException when it may not be put there, or the environment names a proxy that wnm cannot use; nothing was changed then
   * @throws FetchException when it cannot be had or is not what it should be, in one sentence; nothing was changed then
   * @throws IOException when it cannot be written
   */
  public Fetched fetch(FetchOrder order) throws IOException {
    Present present = Present.at(NodeBinary.placeFor(order.configured(), program), program, runner);
    try {
      return order.wanted() instanceof WantedRelease.InFile file ? fromFile(file.archive(), present, order) : download(present, order);
    } catch (DownloadException e) {
      throw refusal(e, "; nothing was changed" + source.archiveFor(machine).map(name -> "; by hand: get " + name + " and " + name + SIGNATURE
          + " from " + GithubReleases.page(source) + " on another machine, and run wnm --fetch_node PATH/" + name).orElse(""));
    } catch (FetchException e) {
      throw refusal(e, "; nothing was changed");
    } catch (Installation.NotWholeException e) {
      throw e;
    } catch (IOException e) {
      throw refusal(new FetchException("it cannot be read or written: " + Reason.of(e), e), "; nothing was changed");
    }
  }

  private FetchException refusal(FetchException e, String end) {
    return new FetchException(PlainText.of(program.name() + " is not fetched: " + e.getMessage() + end), e);
  }

  private Fetched download(Present present, FetchOrder order) throws IOException {
    String archive = source.archiveFor(machine).orElseThrow(() -> new FetchException(source.repository() + " has no release for " + machine
        + ", only for " + String.join(", ", source.machines().stream().sorted().toList())));
    if (order.wanted() instanceof WantedRelease.Exactly exactly && order.digest().isPresent() && present.isWhole(exactly.version())) {
      // The very program that is wanted is there: nobody need be asked.
      requireDigest(order, present.place());
      return new Fetched(present.place(), true, program.name() + " " + exactly.version() + " is at " + present.place() + " already");
    }
    Downloads downloads = network.get();
    PublishedRelease release = new GithubReleases(api, source, downloads).find(order.wanted(), archive);
    Version version = release.version();
    if (present.isWhole(version)) {
      requireDigest(order, present.place());
      return new Fetched(present.place(), true, program.name() + " " + version
          + (order.wanted() instanceof WantedRelease.Newest ? ", the newest release, is at " : " is at ") + present.place() + " already");
    }
    refuseOlder(version, present, order);
    if (order.dryRun()) {
      return would(present, program.name() + " " + version + " from " + release.archive());
    }
    try (Staging staging = stagingAt(present.place())) {
      downloads.save(release.archive(), staging.file(archive), MOST_ARCHIVE_BYTES);
      byte[] signature = downloads.read(release.signature(), ReleaseKey.SIGNATURE_LENGTH);
      try {
        if (release.digest().isPresent()) {
          ReleaseSignature.checkDigest(release.digest().get(), staging.file(archive));
        }
        // A signature says nothing of the version: an earlier release under a later name is signed as well.
        return new Installation(program, source.key(), runner, staging).run(staging.file(archive), signature, present, (said, unpacked) -> {
          if (!said.equals(version)) {
            throw new FetchException("the program in it says that it is " + said + " and not " + version);
          }
          requireDigest(order, unpacked);
        });
      } catch (FetchException e) {
        throw new FetchException(release.archive() + ": " + e.getMessage(), e);
      }
    }
  }

  private Fetched fromFile(Path archive, Present present, FetchOrder order) throws IOException {
    Path signatureFile = archive.resolveSibling(archive.getFileName() + SIGNATURE);
    requireFile(archive, MOST_ARCHIVE_BYTES);
    requireFile(signatureFile, ReleaseKey.SIGNATURE_LENGTH);
    byte[] signature = Files.readAllBytes(signatureFile);
    try {
      if (order.dryRun()) {
        ReleaseSignature.check(source.key(), archive, signature);
        return would(present, "the " + program.name() + " of " + archive + ", whose signature is right,");
      }
      try (Staging staging = stagingAt(present.place())) {
        // A copy, which nobody changes between the check and the use.
        Path copy = Files.copy(archive, staging.file("archive"));
        return new Installation(program, source.key(), runner, staging).run(copy, signature, present, (version, unpacked) -> {
          refuseOlder(version, present, order);
          requireDigest(order, unpacked);
        });
      }
    } catch (FetchException e) {
      throw new FetchException(archive + ": " + e.getMessage(), e);
    }
  }

  /** Who names the one program that it may be is given no other, signed or not. */
  private static void requireDigest(FetchOrder order, Path file) throws IOException {
    if (order.digest().isPresent() && !ReleaseSignature.digestOf(file).equals(order.digest().get())) {
      throw FetchException.forGood("the program " + file.getFileName() + " has the SHA-256 " + ReleaseSignature.digestOf(file) + ", not the one that is wanted, "
          + order.digest().get());
    }
  }

  private static void refuseOlder(Version version, Present present, FetchOrder order) {
    if (!order.mayBeOlder()) {
      present.refuseOlder(version);
    }
  }

  private static void requireFile(Path file, long mostBytes) throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new BadInputException("--fetch_node: there is no file " + file + ", or it cannot be read");
    }
    if (Files.size(file) > mostBytes) {
      throw new BadInputException("--fetch_node: " + file + " is larger than " + Human.bytes(mostBytes));
    }
  }

  private Fetched would(Present present, String what) {
    return new Fetched(present.place(), false, "would put " + what + " at " + present.place()
        + present.version().map(version -> " in the place of " + version).orElse(""));
  }

  private static Staging stagingAt(Path place) throws IOException {
    // Where the folder is not there yet, one above it will do: it is made when there is something for it.
    Path folder = Stream.iterate(ParentFolder.of(place), Files::notExists, ParentFolder::of).reduce((first, last) -> last)
        .map(ParentFolder::of).orElse(ParentFolder.of(place));
    try {
      return Staging.in(folder);
    } catch (FetchException e) {
      throw e;
    } catch (IOException e) {
      throw new FetchException("nothing can be written into " + folder + ": " + Reason.of(e), e);
    }
  }
}

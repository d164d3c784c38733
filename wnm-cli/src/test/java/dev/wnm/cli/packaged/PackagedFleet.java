package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The distribution as it is unpacked, and what a test of {@code wnm fleet} starts out of it. Closing it ends all of that. */
final class PackagedFleet implements AutoCloseable {
  private static final String SERVER = ".config/wnm/fleet/server";
  private static final String CACHE = "cache";

  private final Path folder;
  private final List<Process> running = new CopyOnWriteArrayList<>();

  private PackagedFleet(Path folder) {
    this.folder = folder;
  }

  /** What a run came to. */
  record Ran(int exit, String out, String err) {}

  /** @param folder where it is unpacked, and where what is printed is kept */
  static PackagedFleet unpackInto(Path folder) throws IOException, InterruptedException {
    Path unpacked = Files.createDirectory(folder.resolve("wnm"));
    try (Stream<Path> built = Files.list(Path.of("target").toAbsolutePath())) {
      Path archive = built.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
      assertThat(new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", unpacked.toString(), "--strip-components=1").inheritIO().start().waitFor()).isZero();
    }
    Files.createDirectory(folder.resolve(CACHE));
    return new PackagedFleet(folder);
  }

  /**
   * Has the launcher make its archives of classes, now that the jars are as they stay: hundreds of runs follow, and each takes a third of the
   * time with them. What it makes beside other work is hurried on.
   */
  PackagedFleet withArchives() {
    Seat anybody = seat(List.of(), Map.of("PATH", "/usr/bin:/bin"), folder);
    List<Ran> ran = List.of(anybody.run("--version"), anybody.run("fleet", "--help"));
    assertThat(ran).allMatch(each -> each.exit() == 0);
    eventually("both archives of classes are made", Eventually.BY_THE_MINUTE, () -> {
      ProcessHandle.allProcesses().filter(process -> process.info().commandLine().filter(line -> line.contains("-Xshare:dump") && line.contains(folder.toString())).isPresent())
          .forEach(PackagedFleet::hurry);
      String[] files = cache().resolve("wnm").toFile().list();
      return files != null && Stream.of(files).filter(name -> name.endsWith(".jsa")).count() == 2;
    });
    return this;
  }

  private static void hurry(ProcessHandle process) {
    try {
      new ProcessBuilder("renice", "-n", "0", "-p", Long.toString(process.pid())).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Where its archives of classes are. */
  Path cache() {
    return folder.resolve(CACHE);
  }

  Path launcher() {
    return folder.resolve("wnm/bin/wnm");
  }

  Path jar() {
    return folder.resolve("wnm/lib/wnm-cli.jar");
  }

  /** Somebody who types {@code wnm} somewhere. @param way words in front of it, such as those of nsenter; empty for none */
  Seat seat(List<String> way, Map<String, String> environment) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put("XDG_CACHE_HOME", cache().toString());
    return new Seat(way, all);
  }

  /** The same with a HOME of another. */
  Seat seat(List<String> way, Map<String, String> environment, Path home) {
    Map<String, String> own = new LinkedHashMap<>(environment);
    own.put("HOME", home.toString());
    return seat(way, own);
  }

  /** Starts the server as {@code fleet init} says, and waits until it is ready. @param home of the operator who has its folder */
  Server startServer(List<String> way, Path home) throws IOException {
    return new Server(way, home.resolve(SERVER));
  }

  /** Starts something, and ends it in the end. */
  Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    running.add(process);
    return process;
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : running) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** An account at some place. */
  final class Seat {
    private final List<String> way;
    private final Map<String, String> environment;

    private Seat(List<String> way, Map<String, String> environment) {
      this.way = List.copyOf(way);
      this.environment = Map.copyOf(environment);
    }

    Path home() {
      return Path.of(environment.get("HOME"));
    }

    /** Runs {@code wnm fleet} to its end. */
    Ran fleet(String... words) {
      return run(Stream.concat(Stream.of("fleet"), Stream.of(words)).toArray(String[]::new));
    }

    private Ran run(String... words) {
      try {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = PackagedFleet.this.start(process(words).redirectOutput(out.toFile()).redirectError(err.toFile()));
        int exit = process.waitFor();
        running.remove(process);
        return new Ran(exit, Files.readString(out), Files.readString(err));
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /** Runs it and insists on exit code 0. @return what it printed */
    String done(String... words) {
      Ran ran = fleet(words);
      assertThat(ran.exit()).as(ran.toString()).isZero();
      return ran.out();
    }

    /** Starts {@code wnm fleet}, and lets it run. @param log gets all that it prints */
    Process start(Path log, String... words) throws IOException {
      return PackagedFleet.this.start(process(Stream.concat(Stream.of("fleet"), Stream.of(words)).toArray(String[]::new)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    private ProcessBuilder process(String... words) {
      List<String> line = new ArrayList<>(way);
      line.add(launcher().toString());
      line.addAll(List.of(words));
      ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      return builder;
    }

    /** What {@code status} says of the hosts, by name; empty where it says nothing. */
    Map<String, JsonObject> hosts() {
      String out = fleet("status", "--json").out();
      Map<String, JsonObject> hosts = new TreeMap<>();
      if (!out.isEmpty()) {
        JsonParser.parseString(out).getAsJsonArray().forEach(row -> hosts.put(row.getAsJsonObject().get("host").getAsString(), row.getAsJsonObject()));
      }
      return hosts;
    }

    /** How a host stands, such as {@code well}; empty where nothing is said of it. */
    String stateOf(String host) {
      JsonObject row = hosts().get(host);
      return row == null ? "" : row.get("state").getAsString();
    }
  }

  /** A real nats-server. */
  final class Server {
    private final List<String> way;
    private final Path place;
    private final Path log = folder.resolve("server.log");
    private Process process;

    private Server(List<String> way, Path place) throws IOException {
      this.way = List.copyOf(way);
      this.place = place;
      start();
    }

    void start() throws IOException {
      List<String> line = new ArrayList<>(way);
      line.addAll(List.of("nats-server", "-c", "nats.conf"));
      process = PackagedFleet.this.start(new ProcessBuilder(line).directory(place.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()));
      eventually("the server is ready: " + log, () -> log().contains("Server is ready"));
    }

    /** As a power failure would. */
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    /**
     * As if all others' clocks were a month behind, which no test can have them be: begins anew with a certificate that is valid from next
     * month on.
     *
     * @param authority the folder of the operator who began the fleet
     * @return what to call for it to be as it was
     */
    AutoCloseable beginInAMonth(Path authority) throws Exception {
      Path store = Files.copy(authority.resolve("authority.p12"), folder.resolve("next-month.p12"));
      Path password = authority.resolve("authority.password");
      Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-genkeypair", "-alias", "later", "-signer", "authority",
          "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=server.home.wnm", "-startdate", "+30d", "-ext", "SAN=dns:fleet.example.org",
          "-keystore", store.toString(), "-storepass:file", password.toString()).inheritIO().start();
      assertThat(keytool.waitFor()).isZero();
      char[] secret = Files.readString(password).toCharArray();
      KeyStore keys = KeyStore.getInstance(store.toFile(), secret);
      Map<String, byte[]> later = Map.of("server.key", keys.getKey("later", secret).getEncoded(), "server.pem", keys.getCertificate("later").getEncoded());
      Map<String, String> before = new LinkedHashMap<>();
      for (Map.Entry<String, byte[]> file : later.entrySet()) {
        Path path = place.resolve(file.getKey());
        before.put(file.getKey(), Files.readString(path));
        String kind = file.getKey().equals("server.key") ? "PRIVATE KEY" : "CERTIFICATE";
        Files.writeString(path, "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(file.getValue()) + "\n-----END " + kind + "-----\n");
      }
      kill();
      start();
      return () -> {
        for (Map.Entry<String, String> file : before.entrySet()) {
          Files.writeString(place.resolve(file.getKey()), file.getValue());
        }
        kill();
        start();
      };
    }

    /** What {@code nats-server --signal reload} does. */
    void reload() throws IOException, InterruptedException {
      int before = log().length();
      new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
      eventually("the server has read its users", () -> log().substring(before).contains("Reloaded"));
    }

    /** Of this start. */
    String log() {
      return read(log);
    }

    Path folder() {
      return place;
    }
  }
}

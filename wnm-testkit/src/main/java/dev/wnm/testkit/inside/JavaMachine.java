package dev.wnm.testkit.inside;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.TestContainer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A container that has this JVM's Java and class path, so that test classes of this module run inside it, as any of its
 * users, and see its service manager, its accounts, its firewall and its disks as a wnm on such a machine does.
 *
 * <pre>{@code
 * class SystemdContractTest {
 *   @TestFactory
 *   Stream<DynamicTest> theSuitePassesAsAPlainUser() {
 *     return machine.run("operator", SystemdUserContract.class);
 *   }
 * }
 * }</pre>
 *
 * <p>Name such classes without {@code Test} at their end, so that no runner takes them for tests of this machine.
 */
public final class JavaMachine implements AutoCloseable {
  private static final Duration SUITE_LIMIT = Duration.ofMinutes(15);
  /** Where temporary folders of the tests are; not below /tmp, which services may see another one of. */
  private static final String WORK = "/srv/wnm-test";

  private final TestContainer container;
  private final String classPath;

  private JavaMachine(TestContainer container, String classPath) {
    this.container = container;
    this.classPath = classPath;
  }

  /**
   * Starts a container and returns once it runs.
   *
   * @param folder an empty folder of this machine for what the container needs of it
   */
  public static JavaMachine start(ContainerOptions options, Path folder) {
    try {
      Path shared = Files.setPosixFilePermissions(folder.toRealPath(), PosixFilePermissions.fromString("rwxr-xr-x"));
      String classPath = copyClassPath(Files.createDirectory(shared.resolve("classes")));
      ContainerOptions withJava = options.withMount(shared);
      for (Path part : javaFolders()) {
        withJava = withJava.withMount(part);
      }
      return new JavaMachine(TestContainer.start(withJava), classPath);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare a container with Java", e);
    }
  }

  /** The container itself. */
  public TestContainer container() {
    return container;
  }

  /** The words that run Java with a class of this module in it, and with this run's properties of wnm's tests. */
  public List<String> java(String user, Class<?> main, String... arguments) {
    String work = WORK + "-" + user;
    List<String> words = new ArrayList<>(List.of(javaProgram(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
        "-Djava.io.tmpdir=" + work));
    System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith("wnm.")).sorted()
        .forEach(name -> words.add("-D" + name + "=" + System.getProperty(name)));
    words.addAll(List.of("-cp", classPath, main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  /** This JVM's Java, as the container sees it. */
  public static String javaProgram() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Runs a test class inside, as one of the container's users, and gives each of its tests as one of this runner's.
   *
   * @throws AssertionError when it ran no test at all
   */
  public Stream<DynamicTest> run(String user, Class<?> suite) {
    container.exec("install", "-d", "-m", "755", "-o", user, WORK + "-" + user);
    CommandResult result =
        container.execAs(SUITE_LIMIT, user, java(user, SuiteMain.class, suite.getName()).toArray(String[]::new));
    List<SuiteOutcome> outcomes = result.stdout().lines().flatMap(line -> SuiteOutcome.parse(line).stream()).toList();
    if (outcomes.isEmpty()) {
      throw new AssertionError("no test of " + suite.getName() + " ran in the container: " + result.describe() + "\n"
          + result.stdout());
    }
    return outcomes.stream().map(outcome -> DynamicTest.dynamicTest(
        suite.getSimpleName() + " as " + user + ": " + outcome.name(), outcome::check));
  }

  @Override
  public void close() {
    container.close();
  }

  /** Java itself, and what Debian's has in /etc. */
  private static Set<Path> javaFolders() throws IOException {
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    Set<Path> folders = new TreeSet<>(Set.of(home));
    try (Stream<Path> files = Files.walk(home)) {
      for (Path link : files.filter(Files::isSymbolicLink).filter(Files::exists).toList()) {
        Path target = link.toRealPath();
        if (target.startsWith("/etc") && target.getName(1).toString().startsWith("java")) {
          folders.add(Path.of("/etc").resolve(target.getName(1)));
        }
      }
    }
    return folders;
  }

  /** Copied, since other accounts cannot look into this one's local repository. */
  private static String copyClassPath(Path target) throws IOException {
    List<Path> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path source = Path.of(entry);
      if (Files.exists(source)) {
        Path copy = target.resolve(copies.size() + "-" + source.getFileName());
        copyTree(source, copy);
        copies.add(copy);
      }
    }
    return copies.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static void copyTree(Path source, Path target) throws IOException {
    Files.walkFileTree(source, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Files.createDirectories(target.resolve(source.relativize(folder)));
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Path copy = file.equals(source) ? target : target.resolve(source.relativize(file));
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        return FileVisitResult.CONTINUE;
      }
    });
  }
}

package dev.wnm.cli.packaged;

import dev.wnm.cli.ManyRuns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The jar under test, once for all tests of a run: a copy in a folder that every account can look into, and machines in
 * containers too once it is mounted there, whosever home this clone may be in. Beside it lies what Java knows of its classes, as
 * the launcher of the distribution keeps it: runs then take half the time.
 */
public final class PackagedJar {
  private static final Path CLASS_LIST = Path.of("src/main/dist/lib/wnm.classes");
  private static final Path FOLDER = make();

  private PackagedJar() {}

  /** A folder in which nothing changes any more. */
  public static Path folder() {
    return FOLDER;
  }

  public static Path path() {
    return FOLDER.resolve("wnm-cli.jar");
  }

  /** A class path with what {@link KeptJvm} needs of the tests. */
  static Path testClasses() {
    return testClasses(FOLDER);
  }

  /**
   * Words for {@code java} with which it is quick to start, and small: hundreds of runs come one after the other. Most of what a
   * run calls a hundred times it does not call a thousand times, so that to compile it there is more work than it saves.
   */
  public static List<String> quickOptions() {
    return List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=4",
        "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto", "-XX:SharedArchiveFile=" + archive(FOLDER), "-Xlog:disable", "-Xlog:all=error:stderr",
        "-Xms16m", "-Xmx128m", "-Xss512k",
        // What --init proposes goes by them: tests see the same on a machine of any size.
        "-XX:ActiveProcessorCount=2");
  }

  /** This JVM's Java. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static Path make() {
    // Failsafe says where the jar is.
    Path built = Path.of(System.getProperty("wnm.jar", "target/wnm-cli.jar")).toAbsolutePath();
    if (!Files.exists(built)) {
      throw new AssertionError("there is no " + built + "; these tests are run by mvn verify, which builds it");
    }
    try {
      Path folder = Files.createTempDirectory("wnm-it-jar-",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))).toRealPath();
      Path jar = Files.copy(built, folder.resolve("wnm-cli.jar"), StandardCopyOption.COPY_ATTRIBUTES);
      Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
      writeTestClasses(testClasses(folder));
      // Java goes without where the archive is not to its liking.
      new ProcessBuilder(java().toString(), "-XX:+UseSerialGC", "-Xshare:dump", "-XX:SharedClassListFile=" + CLASS_LIST,
          "-XX:SharedArchiveFile=" + archive(folder), "-cp", jar.toString())
          .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder, jar)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("the jar under test cannot be laid out", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static Path testClasses(Path folder) {
    return folder.resolve("tests.jar");
  }

  private static void writeTestClasses(Path jar) throws IOException {
    String name = ManyRuns.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream bytes = ManyRuns.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new JarEntry(name));
      bytes.transferTo(out);
    }
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static Path archive(Path folder) {
    return folder.resolve("wnm.jsa");
  }

  private static void delete(Path folder, Path jar) {
    try {
      for (Path path : List.of(jar, testClasses(folder), archive(folder), folder)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      System.err.println("cannot delete " + folder + ": " + e);
    }
  }
}

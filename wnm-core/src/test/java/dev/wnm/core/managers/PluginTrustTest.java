package dev.wnm.core.managers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.Availability;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerType;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessManagerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose code is loaded: jars that nobody else can change, from a folder in which nobody else can put one. */
class PluginTrustTest {
  @TempDir
  Path temp;
  private Path folder;
  private Path jar;

  /** What the jar brings. */
  public static final class Provider implements ProcessManagerProvider {
    @Override
    public List<ManagerType> types() {
      return List.of(ManagerType.of("plugged+user"));
    }

    @Override
    public Availability availability(String type, ManagerContext context) {
      return new Availability.Available("");
    }

    @Override
    public ProcessManager create(String type, ManagerContext context) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void aPlugIn() throws IOException {
    folder = Files.createDirectory(temp.toRealPath().resolve("plugins"));
    mode(folder, "rwxr-xr-x");
    jar = folder.resolve("plugged.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("META-INF/services/" + ProcessManagerProvider.class.getName()));
      zip.write(Provider.class.getName().getBytes());
      zip.closeEntry();
    }
    mode(jar, "rw-r--r--");
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void give(Path path) throws IOException {
    Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
    Files.setAttribute(path, "unix:uid", 999, LinkOption.NOFOLLOW_LINKS);
  }

  private void loaded() {
    ManagerRegistry registry = ManagerRegistry.discover(folder, Set.of());
    assertThat(registry.entries()).extracting(ManagerRegistry.Entry::type).contains("plugged+user");
    assertThat(registry.problems()).isEmpty();
  }

  private void leftOut(String... words) {
    ManagerRegistry registry = ManagerRegistry.discover(folder, Set.of());
    assertThat(registry.entries()).extracting(ManagerRegistry.Entry::type).doesNotContain("plugged+user");
    assertThat(registry.problems()).singleElement().asString().contains(words);
  }

  @Test
  void aPlugInOfOursIsLoaded() {
    loaded();
  }

  @Test
  void aJarThatOthersCanChangeIsLeftOutAndNamed() throws IOException {
    mode(jar, "rw-rw-rw-");
    leftOut("the plug-in " + jar + " is left out", "chmod go-w " + jar);
  }

  @Test
  void aJarOfAnotherAccountIsLeftOutAndNamed() throws IOException {
    give(jar);
    leftOut("the plug-in " + jar + " is left out", "chown root " + jar);
  }

  @Test
  void nothingIsLoadedFromAFolderThatOthersCanWrite() throws IOException {
    mode(folder, "rwxrwxrwx");
    leftOut("nothing is loaded from the plug-in folder " + folder, "chmod go-w " + folder);
  }

  @Test
  void nothingIsLoadedThroughALinkOfAnotherAccount() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolveSibling("link"), folder);
    assertThat(ManagerRegistry.discover(link, Set.of()).problems()).isEmpty();
    give(link);
    assertThat(ManagerRegistry.discover(link, Set.of()).problems()).singleElement().asString().contains("chown -h root " + link);
  }

  @Test
  void oneBadJarKeepsNoOtherFromBeingLoaded() throws IOException {
    Path damaged = Files.writeString(folder.resolve("a-damaged.jar"), "no jar");
    ManagerRegistry registry = ManagerRegistry.discover(folder, Set.of());
    assertThat(registry.entries()).extracting(ManagerRegistry.Entry::type).contains("plugged+user");
    assertThat(registry.problems()).singleElement().asString().contains("the plug-in " + damaged + " is left out", "cannot be read");
  }

  @Test
  void aFolderThatIsNotThereIsNoProblem() {
    assertThat(ManagerRegistry.discover(folder.resolve("missing"), Set.of()).problems()).isEmpty();
  }
}

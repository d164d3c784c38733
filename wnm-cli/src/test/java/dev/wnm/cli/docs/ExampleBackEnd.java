package dev.wnm.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.ProcessManagerProvider;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The back end that docs/process-managers.md shows, compiled against core alone and packed. */
final class ExampleBackEnd {
  private static final String SERVICE = "META-INF/services/" + ProcessManagerProvider.class.getName();

  private ExampleBackEnd() {}

  static Path jar(Path folder) throws IOException {
    DocPage page = DocPage.named("process-managers.md");
    Path source = folder.resolve("PlainProvider.java");
    Files.writeString(source, page.blockWith("java", "class PlainProvider"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-Xlint:all", "-Werror",
        "-classpath", core().toString(), "-d", classes.toString(), source.toString());
    assertThat(errors).as("errors in the example back end").isZero();
    Files.createDirectories(classes.resolve(SERVICE).getParent());
    Files.writeString(classes.resolve(SERVICE), page.blockWith("text", "org.example.PlainProvider"));
    return packed(classes, folder.resolve("wnm-plain-1.jar"));
  }

  /** As the plug-in folder does it. */
  static ProcessManagerProvider load(Path jar) throws IOException {
    URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ExampleBackEnd.class.getClassLoader());
    return ServiceLoader.load(ProcessManagerProvider.class, loader).stream()
        .filter(provider -> provider.type().getName().equals("org.example.PlainProvider")).findFirst().orElseThrow().get();
  }

  private static Path core() {
    try {
      return Path.of(ProcessManagerProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path packed(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar)); Stream<Path> files = Files.walk(classes)) {
      List<Path> entries = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : entries) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}

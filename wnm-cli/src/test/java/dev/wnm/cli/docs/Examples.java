package dev.wnm.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Builds the projects in {@code examples} as their own {@code pom.xml} would; without Maven, since what this build has made is in
 * no repository yet.
 */
final class Examples {
  private Examples() {}

  static void compile(Path sources, Path target, String... classPath) throws IOException {
    List<String> words = new ArrayList<>(List.of("--release", "17", "-Xlint:all,-classfile,-path", "-Werror", "-proc:none",
        "-d", target.toString(), "-classpath", String.join(File.pathSeparator, classPath)));
    files(sources).forEach(file -> words.add(file.toString()));
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)))
        .as("what javac says of " + sources).isZero();
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** That a project is built against the version of wnm that this is. */
  static void assertNamesThisVersion(Path pom) throws IOException {
    Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(DocPage.ROOT.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    assertThat(pom).content().contains("<wnm.version>" + version.group(1) + "</wnm.version>");
  }
}

package dev.wnm.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No code of core or of the SPI knows a back end by its name, or what a mode's name means: it would decide by a name what a
 * back end has to declare. Comments may name examples.
 */
class BackEndNamesTest {
  private static final Pattern NAMES = Pattern.compile("antctl|\\bs6|systemd|launchd|setsid|docker(?!file)|\\+(sudo|user|zen)", Pattern.CASE_INSENSITIVE);

  private static final Set<String> OF_PROGRAMS = Set.of("ant-node", "secret-key", "node_identity.key", "record_store", "chunks",
      "bootstrap_peers.toml", "critical_failure.log", "antnode.pid", "--log-dir", "--webrtc-direct-port", "RUST_LOG");

  /** Formats of other programs, which core reads or writes: whatever their words mean, they are theirs. */
  private static final Map<String, String> FORMATS = Map.ofEntries(
      Map.entry("dev.wnm.core.takeover.anm.Anm", "the files of anm, and what anm always runs nodes by"),
      Map.entry("dev.wnm.core.config.Folders", "the folders of the Python wnm"),
      Map.entry("dev.wnm.core.config.PythonNames", "the names of the Python wnm's settings"),
      Map.entry("dev.wnm.core.service.SystemdHost", "what starts wnm itself, whatever runs its nodes"),
      Map.entry("dev.wnm.core.service.SystemdFacts", "the same"),
      Map.entry("dev.wnm.core.service.LaunchdHost", "the same"),
      Map.entry("dev.wnm.core.host.Interfaces", "the names that other programs give network interfaces"),
      Map.entry("dev.wnm.core.store.PythonSchema", "the columns of the Python wnm's tables"),
      Map.entry("dev.wnm.core.store.MachineTable", "the same"),
      Map.entry("dev.wnm.core.store.ContainerTable", "the same"),
      Map.entry("dev.wnm.core.store.schema.tables.Machine", "the same, as they are generated from the schema"),
      Map.entry("dev.wnm.core.store.schema.tables.Container", "the same"),
      Map.entry("dev.wnm.spi.model.Container", "the same, in what it prints of itself"));

  /** Sentences of these are for an operator only, and give examples. A word alone is none. */
  private static final Map<String, String> SENTENCES = Map.of(
      "dev.wnm.core.config.ActionOptions", "help",
      "dev.wnm.core.config.CompanionOptions", "help",
      "dev.wnm.core.config.ManPage", "help",
      "dev.wnm.core.config.NodeOptions", "help, and what a process manager may be called",
      "dev.wnm.core.config.PaceOptions", "help",
      "dev.wnm.core.config.StartArguments", "which option to use instead of an argument");

  @Test
  void areInNoTextThatCoreWorksWith() throws IOException {
    Map<String, TreeSet<String>> found = new TreeMap<>();
    for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("dev.wnm.core", "dev.wnm.spi")) {
      String owner = type.getName().replaceFirst("\\$.*", "");
      texts(type).stream().filter(text -> NAMES.matcher(text).find() && !isAllowed(owner, text))
          .forEach(text -> found.computeIfAbsent(owner, name -> new TreeSet<>()).add(text));
    }
    assertThat(found).isEmpty();
  }

  /** Which program a node is a process of decides nothing in core but by what the program says of itself. */
  @Test
  void norDoesCoreKnowANodeProgramByItsNameOrItsFiles() throws IOException {
    Map<String, TreeSet<String>> found = new TreeMap<>();
    for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("dev.wnm.core", "dev.wnm.spi")) {
      texts(type).stream().filter(OF_PROGRAMS::contains)
          .forEach(text -> found.computeIfAbsent(type.getName(), name -> new TreeSet<>()).add(text));
    }
    assertThat(found).isEmpty();
  }

  private static boolean isAllowed(String owner, String text) {
    return FORMATS.containsKey(owner) || SENTENCES.containsKey(owner) && text.contains(" ");
  }

  /** The text constants of a class file, those of concatenations among them. */
  private static List<String> texts(JavaClass type) throws IOException {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = BackEndNamesTest.class.getResourceAsStream(file)) {
      DataInputStream in = new DataInputStream(bytes);
      in.skipNBytes(8);
      int count = in.readUnsignedShort();
      Map<Integer, String> utf8 = new HashMap<>();
      List<Integer> constants = new ArrayList<>();
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> utf8.put(i, in.readUTF());
          case 8 -> constants.add(in.readUnsignedShort());
          case 7, 16, 19, 20 -> in.skipNBytes(2);
          case 15 -> in.skipNBytes(3);
          case 5, 6 -> {
            in.skipNBytes(8);
            i++;
          }
          default -> in.skipNBytes(4);
        }
      }
      return constants.stream().map(utf8::get).toList();
    }
  }
}

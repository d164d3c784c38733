package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.program.NodePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The files that a node in memory has in its folders. */
final class NodeFiles {
  private static final int KEY_BYTES = 32;

  private NodeFiles() {}

  /** Puts a copy of a binary in place, whole or not at all. */
  static void install(Path source, Path binary) throws IOException {
    Path whole = Files.createTempFile(binary.getParent(), "antnode", ".new");
    try {
      Files.copy(source, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(whole, binary, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** Copies a folder with all in it to where none is yet. */
  static void copy(Path folder, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, target.resolve(folder.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** Writes a line into the node's log, as antnode does. */
  static void log(NodeFacts facts, String line) throws IOException {
    Files.writeString(facts.logDir().resolve("antnode.log"), "[" + Instant.now().truncatedTo(ChronoUnit.MICROS) + " INFO antnode] " + line + "\n",
        StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Makes what antnode makes when it starts; a key that is there stays. */
  static void started(NodeFacts facts) throws IOException {
    Files.createDirectories(facts.logDir());
    log(facts, "starting");
    Files.createDirectories(facts.rootDir().resolve("record_store"));
    Path key = keyFile(facts);
    if (!Files.exists(key)) {
      byte[] fresh = new byte[KEY_BYTES];
      ThreadLocalRandom.current().nextBytes(fresh);
      Files.write(key, fresh);
    }
  }

  static byte[] key(NodeFacts facts) throws IOException {
    return Files.readAllBytes(keyFile(facts));
  }

  static Path keyFile(NodeFacts facts) {
    return facts.rootDir().resolve(NodePrograms.ofFile(facts.binary()).orElseGet(NodePrograms::usual).keyFile());
  }
}

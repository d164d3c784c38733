package dev.wnm.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Files that packaged programs have made, with a machine and the nodes 1 and 2, of which the first ran and the second was stopped. */
enum RealFile {
  /** By wnm 1.0, whose migrations Flyway ran. */
  OF_WNM_1_0("wnm-1.0.db.gz", 1),
  /** By the last wnm whose migrations set their number themselves. */
  OF_SCHEMA_6("wnm-schema-6.db.gz", 6),
  /** The same, upgraded by the wnm that brought schema 7. */
  OF_SCHEMA_7("wnm-schema-7.db.gz", 7),
  /** Made by a build of commit a9f7360d, from its {@code --init} on. */
  OF_SCHEMA_9("wnm-schema-9.db.gz", 9),
  /** The same, upgraded by the wnm that brought schema 10. */
  OF_SCHEMA_10("wnm-schema-10.db.gz", 10),
  /** The same, upgraded by the wnm that brought schema 11. */
  OF_SCHEMA_11("wnm-schema-11.db.gz", 11);

  private final String resource;
  private final long version;

  RealFile(String resource, long version) {
    this.resource = resource;
    this.version = version;
  }

  /** Its schema. */
  long version() {
    return version;
  }

  void unpackTo(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(RealFile.class.getResourceAsStream(resource))) {
      Files.copy(in, file);
    }
  }
}

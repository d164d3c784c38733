package dev.wnm.managers.s6overlay.supervisord;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was converted is kept beside what became of it. */
class BackupTest {
  @TempDir
  private Path folder;

  @Test
  void everyFileThatWasReadIsKeptPrivatelyWithItsHash() throws IOException {
    Conf conf = new Conf(folder);
    conf.write("""
        [include]
        files=conf.d/*.conf *.conf
        [program:web]
        command=/bin/web --password=blå
        """);
    Path included = Files.createDirectories(folder.resolve("conf.d")).resolve("db.conf");
    Files.writeString(included, "[program:db]\r\ncommand=/bin/db");
    Conversion conversion = conf.read();

    conversion.writeTo(conf.output());

    for (Path file : new Path[] {conf.file(), included}) {
      Path copy = conf.output().resolve("backup").resolve(Path.of("/").relativize(file));
      assertThat(copy).hasSameBinaryContentAs(file);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy))).isEqualTo("rw-------");
      assertThat(conversion.report()).contains("| `" + file + "` | `" + sha256(file) + "` | `backup" + file + "` |");
    }
    assertThat(conversion.report()).doesNotContain("blå");
  }

  @Test
  void aFileThatChangesAfterItWasReadIsKeptAsItWasConverted() throws IOException {
    Conf conf = new Conf(folder);
    conf.write("[program:web]\ncommand=/bin/before\n");
    String before = sha256(conf.file());
    Conversion conversion = conf.read();
    conf.write("[program:other]\ncommand=/bin/after\n");

    conversion.writeTo(conf.output());

    assertThat(conf.output().resolve("backup" + conf.file())).hasContent("[program:web]\ncommand=/bin/before\n");
    assertThat(conf.text("web", "run")).contains("/bin/before");
    assertThat(conf.output().resolve("CONVERSION.md")).content().contains(before);
  }

  /** By another program than ours. */
  private static String sha256(Path file) throws IOException {
    Process process = new ProcessBuilder("sha256sum", file.toString()).start();
    return new String(process.getInputStream().readAllBytes()).split(" ")[0];
  }
}

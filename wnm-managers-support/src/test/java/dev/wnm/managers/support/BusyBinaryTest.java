package dev.wnm.managers.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that was just copied runs at once, whatever else is started at that moment. Where the JVM itself wrote the copy,
 * three in a hundred could not be run. What is copied is a compiled program of some size that each machine with the stand-in
 * has: perl itself.
 */
class BusyBinaryTest {
  private static final Path PROGRAM = Path.of("/usr/bin/perl");
  private static final String ACCOUNT = "4242";
  private static final int AT_ONCE = 8;
  private static final int COPIES = 500;

  @TempDir Path folder;
  private final CommandRunner runner = new ProcessCommandRunner();

  @Test
  void aCopyRunsAtOnceEightSideBySideFiveHundredTimes() throws Exception {
    allInstall(Rights.own(runner), folder);
  }

  /** Those that root gives to another account take the same way. */
  @Test
  void soDoesOneThatRootInstallsForAnAccount() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path storage = Files.setPosixFilePermissions(Files.createDirectory(folder.resolve("storage")),
        PosixFilePermissions.fromString("rwxr-xr-x"));
    Account account = new Account(ACCOUNT, 4242, 4343, storage);
    Rights rights = Rights.isRoot() ? Rights.overOne(runner, account) : Rights.own(runner);
    if (Rights.isRoot()) {
      Files.setAttribute(Files.createDirectory(storage.resolve("node")), "unix:uid", 4242);
    }
    allInstall(rights, storage.resolve("node"));
  }

  private void allInstall(Rights rights, Path target)
      throws IOException, InterruptedException, ExecutionException {
    Files.createDirectories(target);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<String>> installed = new ArrayList<>();
      for (int copy = 0; copy < COPIES; copy++) {
        Path file = target.resolve("antnode" + copy);
        installed.add(threads.submit(() -> saidBy(rights, file)));
      }
      for (Future<String> each : installed) {
        assertThat(each.get()).isEqualTo("it runs");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private String saidBy(Rights rights, Path file) throws CommandFailedException, IOException {
    NodeFiles files = rights.files();
    files.install(PROGRAM, file);
    String said = runner.run(rights.question(ACCOUNT, List.of(file.toString(), "-e", "print 'it runs'"))).orThrow().stdout();
    files.deleteFile(file);
    return said;
  }
}

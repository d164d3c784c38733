package dev.wnm.cli.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** What a case of bad input finds: a machine that is set up, with one stopped node, and a folder to prepare things in. */
final class Scene implements AutoCloseable {
  private final TestHost host;
  private final Deque<AutoCloseable> undo = new ArrayDeque<>();
  private Wnm wnm;

  Scene(TestHost host) throws IOException {
    this.host = host;
    wnm = host.wnm();
    Files.createDirectory(folder());
    undo.push(this::deleteFolder);
  }

  TestHost host() {
    return host;
  }

  Wnm wnm() {
    return wnm;
  }

  /** Inside HOME; empty at first and gone afterwards. */
  Path folder() {
    return host.home().resolve("case");
  }

  Path file(String name) {
    return folder().resolve(name);
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(file(name), text);
  }

  /** Writes a file, in a new folder, somewhere else in HOME. */
  void writeHome(String name, String text) throws IOException {
    Path file = host.home().resolve(name);
    Files.createDirectory(file.getParent());
    Files.writeString(file, text);
    undo.push(() -> {
      Files.delete(file);
      Files.delete(file.getParent());
    });
  }

  void variable(String name, String value) {
    wnm = wnm.with(name, value);
  }

  /** Another database than the machine's. */
  Path database(Path file) {
    variable("DBPATH", file.toString());
    return file;
  }

  /** A copy of the machine's database, to be spoilt. */
  ColonyFile copyOfDatabase() throws IOException {
    return new ColonyFile(database(Files.copy(host.database(), file("colony.db"))));
  }

  void input(String text) {
    wnm = wnm.reading(text);
  }

  /** Runs wnm as an account that may do nothing; its folder is open to it only where a case opens it. */
  void asNobody() {
    wnm = wnm.startedBy("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
  }

  void mode(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /** Something that the case holds open while wnm runs. */
  <T extends AutoCloseable> T holding(T resource) {
    undo.push(resource);
    return resource;
  }

  /** Mounts a small file system of memory. */
  Path smallDisk(String name, String size) throws IOException, InterruptedException {
    Path mountPoint = Files.createDirectory(file(name));
    command("mount", "-t", "tmpfs", "-o", "size=" + size, "wnm-it", mountPoint.toString());
    undo.push(() -> command("umount", mountPoint.toString()));
    return mountPoint;
  }

  /** Uses up what is left of a disk. */
  void fill(Path disk) throws IOException {
    byte[] page = new byte[4096];
    try (var out = Files.newOutputStream(disk.resolve("ballast"))) {
      while (Files.getFileStore(disk).getUsableSpace() > 0) {
        out.write(page);
      }
    }
  }

  @Override
  public void close() throws Exception {
    while (!undo.isEmpty()) {
      undo.pop().close();
    }
  }

  private void deleteFolder() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder())) {
      found.forEach(files::add);
    }
    for (Path file : files.stream().sorted(Comparator.reverseOrder()).toList()) {
      Files.delete(file);
    }
  }

  private static void command(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + ": " + printed);
    }
  }
}

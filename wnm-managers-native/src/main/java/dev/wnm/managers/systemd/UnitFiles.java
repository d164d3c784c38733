package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Finding;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.program.NodeArguments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The unit files of nodes, in the folder of a service manager. */
final class UnitFiles {
  private static final String SUFFIX = ".service";
  private static final String DROP_IN = "50-wnm.conf";
  /** What systemd takes for the name of a unit, and no path. */
  private static final String NAME = "[A-Za-z0-9:_][A-Za-z0-9:_.-]*\\.service";

  private final Path folder;
  private final NodeFiles files;

  UnitFiles(Path folder, NodeFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /** The services that are called as nodes are, and those of other names that start a node program in a folder of its own. */
  List<String> services() throws IOException, CommandFailedException {
    return Files.isDirectory(folder) ? files.list(folder).stream().filter(name -> name.matches(NAME)
        && (Finding.isNodeName(name.substring(0, name.length() - SUFFIX.length())) || startsNode(name))).sorted().toList() : List.of();
  }

  /** Said of what anybody may read, as units are unless they are wnm's own, whose names tell. */
  private boolean startsNode(String name) {
    Path file = folder.resolve(name);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(file) || Files.size(file) > NodeFiles.MOST_BYTES) {
        return false;
      }
      NodeArguments command = new NodeArguments(
          UnitText.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)).command(name, folder));
      return command.binary().isPresent() && command.rootDir().isPresent();
    } catch (IOException e) {
      return false; // gone meanwhile
    }
  }

  boolean exists(NodeSpec node) throws OperationFailedException, CommandFailedException {
    return files.exists(file(node));
  }

  /** The text of a node's unit; absent when there is none. */
  Optional<String> read(NodeSpec node) throws OperationFailedException, CommandFailedException {
    return files.read(file(node));
  }

  /** The data folder of which a node's unit is; empty where there is no unit, or it tells none. */
  Optional<Path> rootDir(NodeSpec node) throws OperationFailedException, CommandFailedException {
    return read(node).flatMap(text -> new NodeArguments(UnitText.parse(text).command(node.service(), folder)).rootDir());
  }

  /** Mode 0600: it names a wallet. */
  void write(NodeSpec node, String text) throws OperationFailedException, CommandFailedException, IOException {
    if (!Files.isDirectory(folder)) {
      files.makeShared(folder);
    }
    files.writeShared(file(node), text);
  }

  /** What is in the place of the unit of a node that is to be made, as a clause. */
  Optional<String> occupant(NodeSpec node) {
    try {
      return exists(node) ? Optional.of(file(node) + " is there already") : Optional.empty();
    } catch (OperationFailedException | CommandFailedException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Deletes a node's unit and its drop-ins. @return whether there was a unit */
  boolean delete(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    boolean wasThere = files.deleteFile(file(node));
    Path dropIns = folder.resolve(node.service() + ".d");
    if (files.exists(dropIns)) {
      for (String name : files.list(dropIns)) {
        files.deleteFile(dropIns.resolve(name));
      }
      files.deleteFile(dropIns);
    }
    return wasThere;
  }

  /** Writes a drop-in of wnm's for a unit that someone else made. */
  void amend(NodeSpec node, String text) throws OperationFailedException, CommandFailedException, IOException {
    Path dropIns = file(node).resolveSibling(node.service() + ".d");
    files.makeShared(dropIns);
    files.writeShared(dropIns.resolve(DROP_IN), text);
  }

  /** Whether nodes that are here already are not shut off, because the machine forbade it. */
  boolean areWithoutSandbox() throws IOException, CommandFailedException {
    for (String service : services()) {
      Optional<String> ours = files.read(folder.resolve(service)).filter(NodeUnit::isOurs);
      if (ours.isPresent()) {
        return !NodeUnit.isSandboxed(ours.get());
      }
    }
    return false;
  }

  private Path file(NodeSpec node) throws OperationFailedException {
    if (!node.service().matches(NAME)) {
      throw OperationFailedException.forGood("'" + node.service() + "' cannot be the name of a service");
    }
    return folder.resolve(node.service());
  }
}

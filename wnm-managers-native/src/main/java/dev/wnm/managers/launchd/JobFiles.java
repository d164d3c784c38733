package dev.wnm.managers.launchd;

import dev.wnm.managers.launchd.PropertyListReader.MalformedException;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.model.ColonyId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The property lists of nodes, one file for each. Those that wnm wrote follow the settings; those that the Python wnm made
 * or that somebody edited are used as they are.
 */
final class JobFiles {
  private final Path folder;
  private final NodeFiles files;
  private final boolean asTheirAccounts;
  private final ColonyId colony;

  /**
   * @param folder where launchd looks for them at a login or boot
   * @param asTheirAccounts whether nodes run as the accounts that their specs name
   * @param colony whose nodes they are
   */
  JobFiles(Path folder, NodeFiles files, boolean asTheirAccounts, ColonyId colony) {
    this.colony = colony;
    this.folder = folder;
    this.files = files;
    this.asTheirAccounts = asTheirAccounts;
  }

  Path folder() {
    return folder;
  }

  Path of(JobLabel label) {
    return folder.resolve(label.fileName());
  }

  boolean exists(JobLabel label) throws CommandFailedException {
    return files.exists(of(label));
  }

  /** What is written of a node. @throws MalformedException when there is no file, or none that can be read as a node's */
  JobDescription read(JobLabel label) throws MalformedException, CommandFailedException {
    String text = files.read(of(label)).orElseThrow(() -> new MalformedException("it does not exist"));
    JobDescription description = JobDescription.parse(text);
    if (!description.label().equals(label)) {
      throw new MalformedException("its label is " + description.label());
    }
    if (description.rootDir().isEmpty()) {
      throw new MalformedException("its arguments name no data folder");
    }
    return description;
  }

  /** Writes what is written of no node yet. */
  void write(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    files.makeShared(folder);
    files.writeShared(of(JobLabel.of(node)), render(node));
  }

  /**
   * Brings the file of a node that is about to start up to date.
   *
   * @return whether it was written, so that launchd has to be told
   * @throws OperationFailedException when it is somebody else's and cannot start this node
   */
  boolean renew(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    JobLabel label = JobLabel.of(node);
    if (!exists(label)) {
      write(node);
      return true;
    }
    check(node);
    String text = files.read(of(label)).orElse("");
    if (!PropertyList.SEAL.isWhole(text)) {
      return false;
    }
    boolean outdated = !text.equals(render(node));
    if (outdated) {
      write(node);
    }
    return outdated;
  }

  /** Refuses a file that is another's: of another colony, or of a node in another folder. One of no use is nobody's. */
  void refuseForeign(NodeSpec node) throws OperationFailedException, CommandFailedException {
    JobDescription description;
    try {
      description = read(JobLabel.of(node));
    } catch (MalformedException e) {
      return;
    }
    requireOurs(node, description);
  }

  private void requireOurs(NodeSpec node, JobDescription description) throws OperationFailedException {
    Path file = of(description.label());
    Optional<String> other = description.colony().filter(owner -> !owner.equals(colony.text()));
    if (other.isPresent()) {
      throw OperationFailedException.forGood(file + " belongs to another colony (" + other.get() + ")").beforeAnything();
    }
    Path root = description.rootDir().orElseThrow();
    if (!root.equals(node.rootDir())) {
      throw OperationFailedException.forGood(file + " runs a node in another folder, " + root
          + "; take that over with --import, or move the file away").beforeAnything();
    }
  }

  /** Refuses a file that is not as wnm wrote it. */
  void requireOwn(NodeSpec node) throws OperationFailedException, CommandFailedException {
    refuseForeign(node);
    Path file = of(JobLabel.of(node));
    if (files.read(file).filter(text -> !PropertyList.SEAL.isWhole(text)).isPresent()) {
      throw OperationFailedException.forGood(file + " was not written by wnm, or was changed since, so that wnm does not name another folder in"
          + " it; move the node and mend the file by hand");
    }
  }

  /** Checks that what is written starts this node. */
  void check(NodeSpec node) throws OperationFailedException, CommandFailedException {
    JobLabel label = JobLabel.of(node);
    try {
      requireOurs(node, read(label));
    } catch (MalformedException e) {
      throw OperationFailedException.forGood(
          of(label) + " is of no use: " + e.getMessage() + "; mend it, or delete it and wnm writes it anew");
    }
  }

  /** @return false when it was not there */
  boolean delete(JobLabel label) throws CommandFailedException, IOException {
    return files.deleteFile(of(label));
  }

  private String render(NodeSpec node) throws OperationFailedException {
    try {
      return PropertyList.SEAL.put(JobDescription.of(node, node.commandLine(), asTheirAccounts, colony).render());
    } catch (IllegalArgumentException e) {
      throw OperationFailedException.forGood("launchd cannot be told to start it: " + e.getMessage());
    }
  }
}

package dev.wnm.testkit.docker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a container is made of. Each {@code with…} gives a copy.
 *
 * @param image its image
 * @param prefix what its name begins with; the rest makes it unique
 * @param hostNetwork whether it has the host's network rather than one of its own
 * @param mounts folders and files of the host that it sees at the same path
 * @param engineArguments more arguments of {@code docker run}, before the image
 * @param command what it runs; empty for what its image names
 * @param boots whether systemd is its process 1, so that it is up once that has booted
 */
public record ContainerOptions(String image, String prefix, boolean hostNetwork, List<Path> mounts,
    List<String> engineArguments, List<String> command, boolean boots) {

  public ContainerOptions {
    mounts = List.copyOf(mounts);
    engineArguments = List.copyOf(engineArguments);
    command = List.copyOf(command);
    if (!prefix.matches("[a-z0-9][a-z0-9-]*")) {
      throw new IllegalArgumentException("a container's name begins with a-z and 0-9, not '" + prefix + "'");
    }
    if (!mounts.stream().allMatch(Path::isAbsolute)) {
      throw new IllegalArgumentException("only absolute paths can be mounted, not " + mounts);
    }
  }

  /** A container that does nothing until it is told to. Docker's own init reaps what is left behind in it. */
  public static ContainerOptions idle(String image) {
    return new ContainerOptions(image, "wnm-test", false, List.of(), List.of("--init"), List.of("sleep", "infinity"), false);
  }

  /**
   * A machine with systemd, of {@link TestImages#systemdHost()} or an image alike. No {@code --privileged}: an engine whose
   * own rights are cut cannot hand those on, and systemd needs far less:
   * <ul>
   *   <li>{@code SYS_ADMIN}: it mounts its control groups, {@code /run} and the folders of its users;
   *   <li>a namespace of its own for control groups, which is not the default with version 1: else it finds itself in the
   *       host's tree, which it must not write, and ends;
   *   <li>no AppArmor profile: where the host has AppArmor, Docker's profile forbids to mount;
   *   <li>{@code SIGRTMIN+3}: it shuts down; at SIGTERM it would only start itself anew, until Docker kills it.
   * </ul>
   */
  public static ContainerOptions systemd(String image) {
    return new ContainerOptions(image, "wnm-test", false, List.of(), List.of(
        "--cap-add", "SYS_ADMIN", "--cgroupns", "private", "--security-opt", "apparmor=unconfined",
        "--stop-signal", "SIGRTMIN+3"), List.of(), true);
  }

  public ContainerOptions withPrefix(String newPrefix) {
    return new ContainerOptions(image, newPrefix, hostNetwork, mounts, engineArguments, command, boots);
  }

  public ContainerOptions withHostNetwork() {
    return new ContainerOptions(image, prefix, true, mounts, engineArguments, command, boots);
  }

  /** One more folder or file of the host, at the same path. */
  public ContainerOptions withMount(Path path) {
    return new ContainerOptions(image, prefix, hostNetwork, joined(mounts, List.of(path)), engineArguments, command, boots);
  }

  public ContainerOptions withEngineArguments(String... more) {
    return new ContainerOptions(image, prefix, hostNetwork, mounts, joined(engineArguments, List.of(more)), command, boots);
  }

  public ContainerOptions withCommand(String... newCommand) {
    return new ContainerOptions(image, prefix, hostNetwork, mounts, engineArguments, List.of(newCommand), boots);
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    List<T> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}

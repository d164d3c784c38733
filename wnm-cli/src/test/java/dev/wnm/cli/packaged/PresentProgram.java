package dev.wnm.cli.packaged;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import dev.wnm.testkit.manager.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The program of the present network for packaged tests. Where {@code WNM_ANT_NODE} names a real ant-node, it is that, in a network of
 * its own on the loopback interface; else its stand-in. Two releases of the real one need an earlier one in {@code WNM_ANT_NODE_BEFORE}.
 */
final class PresentProgram {
  static final String FILE_NAME = StandInAntNode2.FILE_NAME;
  /** The release that {@link #install} puts there. */
  static final Version VERSION = StandInAntNode2.VERSION;
  /** The setting with which nodes find each other on the loopback interface, and nobody else. */
  static final String ON_LOOPBACK = "--start_args=--ipv4-only --network-mode development";

  private static final Version AFTER = new Version("0.23.2");
  private static final Optional<Path> REAL = StandIn.realProgram();
  private static final Optional<Path> REAL_BEFORE =
      Optional.ofNullable(System.getenv("WNM_ANT_NODE_BEFORE")).filter(name -> !name.isEmpty()).map(Path::of);

  private PresentProgram() {}

  static boolean isReal() {
    return REAL.isPresent();
  }

  static boolean hasTwoReleases() {
    return REAL.isEmpty() || REAL_BEFORE.isPresent();
  }

  static void install(Path folder) throws IOException {
    install(folder, REAL, VERSION);
  }

  /** The earlier of two releases. */
  static void installEarlier(Path folder) throws IOException {
    install(folder, REAL_BEFORE, VERSION);
  }

  /** The later of two releases in the place of the earlier one. @return which it is */
  static Version installLater(Path folder) throws IOException {
    install(folder, REAL, AFTER);
    return isReal() ? VERSION : AFTER;
  }

  private static void install(Path folder, Optional<Path> real, Version standIn) throws IOException {
    if (real.isEmpty()) {
      StandInAntNode2.installInto(folder, standIn);
      return;
    }
    // One that runs cannot be written to.
    Path draft = Files.copy(real.get(), folder.resolve(".draft"), StandardCopyOption.REPLACE_EXISTING);
    Files.move(draft, folder.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}

package dev.wnm.managers.systemd;

import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.ImageRecipe;
import dev.wnm.testkit.docker.TestImages;
import dev.wnm.testkit.inside.JavaMachine;
import dev.wnm.testkit.manager.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The suite with the real ant-node, where {@code WNM_ANT_NODE} names it, on a machine that has no network but its loopback interface.
 * The stand-in passes it among the others of {@link SystemdContractTest}.
 */
@EnabledIfEnvironmentVariable(named = StandIn.VARIABLE, matches = ".+")
class SystemdUserAntNode2ContractTest {
  /** Without certificates on the machine the real program ends at its start, though it asks nobody here. */
  private static final Path CERTIFICATES = Path.of("/etc/ssl/certs");

  @TestFactory
  Stream<DynamicTest> servicesOfAPlainUserPassTheSuiteWithTheRealProgram(@TempDir Path folder) throws IOException {
    // The machine is of the same distribution as those that it is built for, so that it has its libraries.
    Path shared = Files.setPosixFilePermissions(Files.createDirectory(folder.toRealPath().resolve("program")), PosixFilePermissions.fromString("rwxr-xr-x"));
    Path program = Files.copy(StandIn.realProgram().orElseThrow(), shared.resolve("ant-node"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    ContainerOptions options = ContainerOptions.systemd(TestImages.systemdHost()).withPrefix("systemd-real-ant-node").withMount(shared).withMount(CERTIFICATES)
        .withEngineArguments("--network", "none", "--env", StandIn.VARIABLE + "=" + program);
    try (JavaMachine machine = JavaMachine.start(options, Files.createDirectory(folder.resolve("machine")))) {
      return machine.run(ImageRecipe.OPERATOR, SystemdUserAntNode2Contract.class);
    }
  }
}

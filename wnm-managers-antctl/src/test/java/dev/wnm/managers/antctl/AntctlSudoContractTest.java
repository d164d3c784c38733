package dev.wnm.managers.antctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** As root, whose antctl runs nodes as the account {@code ant}, makes that account if need be, and gives folders to it. */
class AntctlSudoContractTest extends AntctlContract {
  @BeforeAll
  static void root() {
    assertThat(Host.ofThisProcess().isRoot()).as("the tests of antctl+sudo need root, to run nodes as another account").isTrue();
  }

  @Override
  protected String type() {
    return "antctl+sudo";
  }

  @Override
  protected Map<String, String> behaviour(Path home) throws IOException {
    // Another account is to run what is in there.
    Files.setPosixFilePermissions(home.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> conf = super.behaviour(home);
    conf.remove("run_as_self");
    return conf;
  }
}

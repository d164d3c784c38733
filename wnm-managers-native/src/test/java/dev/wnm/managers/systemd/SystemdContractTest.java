package dev.wnm.managers.systemd;

import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.ImageRecipe;
import dev.wnm.testkit.docker.TestImages;
import dev.wnm.testkit.inside.JavaMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What must run where systemd does: as root and as a plain user, each on a machine of its own, at the same time. */
@Order(1) // it takes longest
class SystemdContractTest {
  private static JavaMachine ofUser;
  private static JavaMachine ofSystem;
  private static CompletableFuture<Stream<DynamicTest>> userSuite;
  private static CompletableFuture<Stream<DynamicTest>> systemSuite;
  private static CompletableFuture<Stream<DynamicTest>> userTrouble;
  private static CompletableFuture<Stream<DynamicTest>> systemTrouble;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    ofUser = machine(folder, "user");
    ofSystem = machine(folder, "system");
    userSuite = CompletableFuture.supplyAsync(() -> ofUser.run(ImageRecipe.OPERATOR, SystemdUserContract.class));
    systemSuite = CompletableFuture.supplyAsync(() -> ofSystem.run("root", SystemdSudoContract.class));
    userTrouble = userSuite.thenApply(passed -> ofUser.run(ImageRecipe.OPERATOR, UserTrouble.class));
    systemTrouble = systemSuite.thenApply(passed -> ofSystem.run("root", SystemTrouble.class));
  }

  private static JavaMachine machine(Path folder, String name) throws IOException {
    return JavaMachine.start(ContainerOptions.systemd(TestImages.systemdHost()).withPrefix("systemd-" + name),
        Files.createDirectory(folder.resolve(name)));
  }

  @AfterAll
  static void end() {
    ofUser.close();
    ofSystem.close();
  }

  @TestFactory
  Stream<DynamicTest> servicesOfAPlainUserPassTheSuite() {
    return userSuite.join();
  }

  @TestFactory
  Stream<DynamicTest> servicesOfTheSystemPassTheSuite() {
    return systemSuite.join();
  }

  @TestFactory
  Stream<DynamicTest> whatHappensToServicesOfAPlainUser() {
    return userTrouble.join();
  }

  @TestFactory
  Stream<DynamicTest> whatHappensToServicesOfTheSystem() {
    return systemTrouble.join();
  }
}

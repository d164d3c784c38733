package dev.wnm.managers.systemd;

import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.ImageRecipe;
import dev.wnm.testkit.docker.TestImages;
import dev.wnm.testkit.inside.JavaMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What must run where systemd does: as root and as a plain user, each class of tests on a machine of its own, at the same time. */
@Order(1) // it takes longest
class SystemdContractTest {
  private static final List<JavaMachine> MACHINES = new CopyOnWriteArrayList<>();
  private static CompletableFuture<Stream<DynamicTest>> userSuite;
  private static CompletableFuture<Stream<DynamicTest>> presentProgramSuite;
  private static CompletableFuture<Stream<DynamicTest>> systemSuite;
  private static CompletableFuture<Stream<DynamicTest>> userTrouble;
  private static CompletableFuture<Stream<DynamicTest>> systemTrouble;

  @BeforeAll
  static void start(@TempDir Path folder) {
    userSuite = begun(folder, ImageRecipe.OPERATOR, SystemdUserContract.class);
    presentProgramSuite = begun(folder, ImageRecipe.OPERATOR, SystemdUserAntNode2Contract.class);
    systemSuite = begun(folder, "root", SystemdSudoContract.class);
    userTrouble = begun(folder, ImageRecipe.OPERATOR, UserTrouble.class);
    systemTrouble = begun(folder, "root", SystemTrouble.class);
  }

  private static CompletableFuture<Stream<DynamicTest>> begun(Path folder, String user, Class<?> tests) {
    CompletableFuture<Stream<DynamicTest>> outcome = new CompletableFuture<>();
    // A thread of its own: the common pool has one for each processor, which would do one after the other.
    Thread thread = new Thread(() -> {
      try {
        JavaMachine machine = JavaMachine.start(ContainerOptions.systemd(TestImages.systemdHost())
            .withPrefix("systemd-" + tests.getSimpleName().toLowerCase(Locale.ROOT)), Files.createDirectory(folder.resolve(tests.getSimpleName())));
        MACHINES.add(machine);
        outcome.complete(machine.run(user, tests));
      } catch (Throwable failure) {
        outcome.completeExceptionally(failure);
      }
    }, tests.getSimpleName());
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  @AfterAll
  static void end() {
    MACHINES.forEach(JavaMachine::close);
  }

  @TestFactory
  Stream<DynamicTest> servicesOfAPlainUserPassTheSuite() {
    return userSuite.join();
  }

  @TestFactory
  Stream<DynamicTest> servicesOfAPlainUserPassTheSuiteWithThePresentProgram() {
    return presentProgramSuite.join();
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

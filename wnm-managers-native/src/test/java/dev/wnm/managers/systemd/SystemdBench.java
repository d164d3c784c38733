package dev.wnm.managers.systemd;

import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.ImageRecipe;
import dev.wnm.testkit.docker.TestImages;
import dev.wnm.testkit.inside.JavaMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints what fleets of stand-ins cost under a real systemd. No test: {@code docs/bench.md} says how to run it. */
class SystemdBench {
  @Test
  void fleets(@TempDir Path folder) {
    try (JavaMachine machine = JavaMachine.start(
        ContainerOptions.systemd(TestImages.systemdHost()).withPrefix("systemd-bench"), folder)) {
      machine.container().exec("install", "-d", "-m", "755", "-o", ImageRecipe.OPERATOR, "/srv/wnm-test-operator");
      List<String> words = machine.java(ImageRecipe.OPERATOR, FleetFigures.class);
      System.out.println(machine.container()
          .execAs(Duration.ofMinutes(15), ImageRecipe.OPERATOR, words.toArray(String[]::new)).stdout());
    }
  }
}

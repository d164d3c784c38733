package dev.wnm.testkit;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  private static final int MANY = 120;

  /** Run in a JVM of its own: prints many ports that it got and then has them until its input ends. */
  static final class Other {
    public static void main(String[] arguments) throws IOException {
      List<Integer> thousands = FreePorts.thousands(3, 30);
      System.out.println(thousands.get(0) + " " + String.join(" ",
          IntStream.range(0, MANY).mapToObj(i -> Integer.toString(FreePorts.next())).toList()));
      System.in.read();
    }
  }

  @Test
  void noPortComesTwiceInTwoJvms() throws Exception {
    Process other = other();
    try (BufferedReader out = other.inputReader()) {
      List<Integer> theirs = Arrays.stream(out.readLine().split(" ")).map(Integer::valueOf).toList();
      List<Integer> ours = IntStream.range(0, MANY).mapToObj(i -> FreePorts.next()).toList();
      List<List<Integer>> colonies = List.of(FreePorts.thousands(3, 30), FreePorts.thousands(3, 30));
      try {
        assertThat(ours).doesNotHaveDuplicates().doesNotContainAnyElementsOf(theirs);
        assertThat(colonies).extracting(starts -> starts.get(0)).doesNotHaveDuplicates().doesNotContain(theirs.get(0));
      } finally {
        colonies.forEach(FreePorts::giveBack);
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatAJvmHadComesBackHoweverItEnds() throws Exception {
    Process other = other();
    int theirs;
    try (BufferedReader out = other.inputReader()) {
      theirs = Integer.parseInt(out.readLine().split(" ")[1]);
      assertThat(PortLocks.take(theirs, 1)).isFalse();
    } finally {
      other.destroyForcibly().waitFor();
    }
    eventually("the port is to be had again", () -> PortLocks.take(theirs, 1));
    PortLocks.release(theirs);
  }

  @Test
  void portsInARowAreAllFreeAndNobodyElses() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int first = FreePorts.run(50);
      IntStream.range(first, first + 50).forEach(all::add);
    }
    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void singlePortsLeaveTheBeginningsOfThousandsAlone() {
    assertThat(IntStream.range(0, 120).map(i -> FreePorts.next() % 1_000)).allMatch(offset -> offset >= 200);
  }

  @Test
  void moreThanThereCanBeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> FreePorts.run(801)).withMessageContaining("801");
    assertThatIllegalArgumentException().isThrownBy(() -> FreePorts.thousands(4, 30)).withMessageContaining("4 ranges");
    assertThatIllegalArgumentException().isThrownBy(() -> FreePorts.thousands(3, 200)).withMessageContaining("200");
  }

  private static Process other() throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Other.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}

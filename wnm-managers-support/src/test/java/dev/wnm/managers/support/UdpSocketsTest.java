package dev.wnm.managers.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UdpSocketsTest {
  @TempDir Path proc;

  @Test
  void aUdpPortIsSeenInEitherFamily() throws IOException {
    Files.createDirectory(proc.resolve("net"));
    Files.writeString(proc.resolve("net/udp"), "  sl  local_address rem_address   st\n"
        + "  123: 00000000:D6D9 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0 0\n");
    Files.writeString(proc.resolve("net/udp6"), "  sl  local_address rem_address   st\n"
        + "  9: 00000000000000000000000000000000:3B01 00000000000000000000000000000000:D6DA 07 0:0 0:0 0 0 0 1 2 0 0\n");

    assertThat(new UdpSockets(proc).ports()).containsExactlyInAnyOrder(0xD6D9, 0x3B01);
  }

  @Test
  void aSystemThatTellsNothingHasNone() {
    assertThat(new UdpSockets(proc).ports()).isEmpty();
  }
}

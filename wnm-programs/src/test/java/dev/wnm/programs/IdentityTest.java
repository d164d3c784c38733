package dev.wnm.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final int PUBLIC_BYTES = 1952;

  /** As BLAKE3's own test vectors are made: the bytes 0 to 250, over and over. */
  private static byte[] key(int bytes) {
    String numbers = IntStream.range(0, bytes).mapToObj(i -> Integer.toString(i % 251)).collect(Collectors.joining(","));
    return ("{\"secret_key\":[1,2,3],\"public_key\":[" + numbers + "]}").getBytes(StandardCharsets.UTF_8);
  }

  /** The hash was computed by the reference implementation (blake3 1.0 for Python). */
  @Test
  void aPeerIdIsTheHashOfThePublicKey() {
    assertThat(Identity.peerId(key(PUBLIC_BYTES))).contains("5911647640bb78202432c804698cecb06bb11d5e98852e989e347c2719b95d04");
  }

  @Test
  void whatIsNoKeyHasNoPeerId() {
    assertThat(Identity.peerId(key(PUBLIC_BYTES - 1))).isEmpty();
    assertThat(Identity.peerId(new byte[0])).isEmpty();
    assertThat(Identity.peerId("{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(Identity.peerId("[1,2".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(Identity.peerId("{\"public_key\":[\"x\"]}".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(Identity.peerId(new String(key(PUBLIC_BYTES), StandardCharsets.UTF_8).replace("[0,", "[256,")
        .getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(Identity.peerId(" ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}

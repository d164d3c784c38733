package dev.wnm.core.wallet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The digest of Ethereum: Keccak with 256 bits and a capacity of 512, as it was handed in for SHA-3 (keccak.team, version 3.01).
 * The JDK's {@code SHA3-256} is the same but for one byte of padding, and gives other digests.
 *
 * <p>Here because wnm needs nothing else of a cryptographic library: it tells a mistyped wallet address from a right one.
 * Everything that goes in is public; do not use it where a secret does. The step names are those of FIPS 202, section 3.2.
 */
final class Keccak256 {
  private static final int RATE_BYTES = 136;
  private static final int DIGEST_BYTES = 32;
  private static final int LANES = 25;
  /** What is added behind the message; SHA-3 has 0x06 instead. */
  private static final byte FIRST_OF_PADDING = 0x01;
  private static final byte LAST_OF_PADDING = (byte) 0x80;

  /** One for each of the 24 rounds. */
  private static final long[] ROUND_CONSTANTS = {
      0x0000000000000001L, 0x0000000000008082L, 0x800000000000808aL, 0x8000000080008000L,
      0x000000000000808bL, 0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L,
      0x000000000000008aL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000aL,
      0x000000008000808bL, 0x800000000000008bL, 0x8000000000008089L, 0x8000000000008003L,
      0x8000000000008002L, 0x8000000000000080L, 0x000000000000800aL, 0x800000008000000aL,
      0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L};

  private Keccak256() {}

  /**
   * The digest of a message of any length.
   *
   * @return 32 bytes
   */
  static byte[] digest(byte[] message) {
    long[] state = new long[LANES];
    ByteBuffer blocks = ByteBuffer.wrap(padded(message)).order(ByteOrder.LITTLE_ENDIAN);
    while (blocks.hasRemaining()) {
      for (int lane = 0; lane < RATE_BYTES / Long.BYTES; lane++) {
        state[lane] ^= blocks.getLong();
      }
      permute(state);
    }
    ByteBuffer digest = ByteBuffer.allocate(DIGEST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int lane = 0; lane < DIGEST_BYTES / Long.BYTES; lane++) {
      digest.putLong(state[lane]);
    }
    return digest.array();
  }

  /** At least one byte is added; where it is just one, it is both the first and the last. */
  private static byte[] padded(byte[] message) {
    byte[] padded = Arrays.copyOf(message, (message.length / RATE_BYTES + 1) * RATE_BYTES);
    padded[message.length] ^= FIRST_OF_PADDING;
    padded[padded.length - 1] ^= LAST_OF_PADDING;
    return padded;
  }

  /** Keccak-f[1600]. Lane (x, y) is {@code state[x + 5 * y]}. */
  private static void permute(long[] state) {
    for (long constant : ROUND_CONSTANTS) {
      theta(state);
      rhoAndPi(state);
      chi(state);
      state[0] ^= constant;
    }
  }

  private static void theta(long[] state) {
    long[] parity = new long[5];
    for (int lane = 0; lane < LANES; lane++) {
      parity[lane % 5] ^= state[lane];
    }
    for (int lane = 0; lane < LANES; lane++) {
      int x = lane % 5;
      state[lane] ^= parity[(x + 4) % 5] ^ Long.rotateLeft(parity[(x + 1) % 5], 1);
    }
  }

  /** Follows the one cycle in which pi moves all lanes but (0, 0), which stays and is not turned. */
  private static void rhoAndPi(long[] state) {
    int x = 1;
    int y = 0;
    long moving = state[x];
    for (int step = 0; step < LANES - 1; step++) {
      int nextX = y;
      y = (2 * x + 3 * y) % 5;
      x = nextX;
      long turned = Long.rotateLeft(moving, (step + 1) * (step + 2) / 2);
      moving = state[x + 5 * y];
      state[x + 5 * y] = turned;
    }
  }

  private static void chi(long[] state) {
    for (int row = 0; row < LANES; row += 5) {
      long[] before = Arrays.copyOfRange(state, row, row + 5);
      for (int x = 0; x < 5; x++) {
        state[row + x] = before[x] ^ ~before[(x + 1) % 5] & before[(x + 2) % 5];
      }
    }
  }
}

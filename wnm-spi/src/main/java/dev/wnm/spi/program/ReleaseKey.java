package dev.wnm.spi.program;

import java.nio.charset.StandardCharsets;

/**
 * The public key that a program's releases are signed with: ML-DSA-65 (FIPS 204), over the whole archive. Immutable.
 */
public final class ReleaseKey {
  /** How long such a key is, in bytes. */
  public static final int LENGTH = 1_952;
  /** How long a signature is, in bytes. */
  public static final int SIGNATURE_LENGTH = 3_309;
  private static final int LONGEST_CONTEXT = 255;

  private final byte[] bytes;
  private final byte[] context;

  /**
   * @param bytes {@value #LENGTH} of them
   * @param context what FIPS 204 calls the context: a signature that was made for another purpose does not match; 255 bytes at most
   * @throws IllegalArgumentException when either has another length
   */
  public ReleaseKey(byte[] bytes, String context) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a key of ML-DSA-65 has " + LENGTH + " bytes, and this one has " + bytes.length);
    }
    this.bytes = bytes.clone();
    this.context = context.getBytes(StandardCharsets.UTF_8);
    if (this.context.length > LONGEST_CONTEXT) {
      throw new IllegalArgumentException("a context has " + LONGEST_CONTEXT + " bytes at most, and this one has " + this.context.length);
    }
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public byte[] context() {
    return context.clone();
  }
}

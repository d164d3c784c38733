package dev.wnm.programs;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.codec.digest.Blake3;

/**
 * The file {@value #FILE} of ant-node: JSON with the two halves of an ML-DSA-65 key as arrays of numbers. The peer id is the
 * BLAKE3-256 of the public half.
 */
final class Identity {
  static final String FILE = "node_identity.key";
  /** FIPS 204, table 2: the public key of ML-DSA-65. */
  private static final int PUBLIC_BYTES = 1952;
  /** Real ones have about 51,000 bytes. */
  private static final int MOST_BYTES = 256 * 1024;
  private static final int LARGEST_BYTE = 255;

  private Identity() {}

  /** The file's form, but for the secret half, which is nobody's business here. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Key(int[] public_key) {}

  static Optional<String> peerId(byte[] file) {
    if (file.length > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      Key key = new Gson().fromJson(new String(file, StandardCharsets.UTF_8), Key.class);
      return key == null || key.public_key == null ? Optional.empty() : bytes(key.public_key).map(Identity::idOf);
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> bytes(int[] numbers) {
    if (numbers.length != PUBLIC_BYTES) {
      return Optional.empty();
    }
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0 || numbers[i] > LARGEST_BYTE) {
        return Optional.empty();
      }
      bytes[i] = (byte) numbers[i];
    }
    return Optional.of(bytes);
  }

  private static String idOf(byte[] publicKey) {
    return HexFormat.of().formatHex(Blake3.hash(publicKey));
  }
}

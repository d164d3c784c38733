package dev.wnm.managers.support;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * How far a file was read that goes on growing, and by which it is known whether it is still the same file.
 *
 * @param bytes how many bytes of it
 * @param mark what {@link #markOf} made of the bytes before that place
 * @param writtenAtMillis when it had been written last
 */
record FilePlace(long bytes, long mark, long writtenAtMillis) {
  /** Nothing of it was read, or there was none. */
  static final FilePlace START = new FilePlace(0, 0, 0);
  /** How it looks in a text. */
  static final String PATTERN = "\\d{1,18}/\\d{1,18}/\\d{1,18}";

  private static final int MARKED_BYTES = 64;

  /** @param text of the {@link #PATTERN} */
  static FilePlace parse(String text) {
    String[] numbers = text.split("/");
    return new FilePlace(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
  }

  /** A place in a file of which a part was read. @param part begins with the marked bytes before the place, or earlier */
  static FilePlace at(long bytes, byte[] part, int end, FileStat stat) {
    return new FilePlace(bytes, markOf(part, end, marked(bytes)), Math.max(0, stat.writtenAt().toEpochMilli()));
  }

  /** How many bytes before a place are its mark. */
  static int marked(long bytes) {
    return (int) Math.min(MARKED_BYTES, bytes);
  }

  /** What tells the bytes of a part before a place in it from others. */
  static long markOf(byte[] part, int end, int length) {
    CRC32 sum = new CRC32();
    sum.update(Arrays.copyOfRange(part, Math.max(0, end - length), end));
    return sum.getValue();
  }

  /** Whether nothing was written since. */
  boolean isAllOf(FileStat stat) {
    return bytes == stat.bytes() && writtenAtMillis == stat.writtenAt().toEpochMilli();
  }

  @Override
  public String toString() {
    return bytes + "/" + mark + "/" + writtenAtMillis;
  }
}

package dev.wnm.spi.internal.files;

/**
 * How much is in a folder.
 *
 * @param bytes in its files, 0 or more
 * @param entries how many files and folders were looked at, 0 or more
 * @param isWhole whether that was all of them
 */
public record FolderSize(long bytes, int entries, boolean isWhole) {
  static final FolderSize NONE = new FolderSize(0, 0, true);

  FolderSize with(long moreBytes) {
    return new FolderSize(bytes + moreBytes, entries + 1, isWhole);
  }

  FolderSize cutOff() {
    return new FolderSize(bytes, entries, false);
  }
}

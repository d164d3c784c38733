package dev.wnm.managers.s6overlay.validation;

/**
 * Something that is wrong in a tree of services.
 *
 * @param file where, from the tree on
 * @param what is wrong
 * @param remedy what to do
 */
public record Finding(String file, String what, String remedy) {
  /** As one line. */
  @Override
  public String toString() {
    return (file + ": " + what + "; " + remedy).replaceAll("\\p{Cntrl}+", " ");
  }
}

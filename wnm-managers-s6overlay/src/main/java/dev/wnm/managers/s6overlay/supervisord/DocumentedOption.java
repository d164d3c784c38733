package dev.wnm.managers.s6overlay.supervisord;

/**
 * An option that supervisord documents, and what becomes of it.
 *
 * @param section the kind of section, such as {@code program}
 * @param name the option
 * @param outcome whether it is converted
 * @param becomes what it becomes; where it has no equivalent, why
 * @param remedy what to do instead; empty where nothing is to be done
 */
public record DocumentedOption(String section, String name, Outcome outcome, String becomes, String remedy) {
  /** What becomes of an option. */
  public enum Outcome {
    /** It has its effect in the tree. */
    CONVERTED("converted"),
    /** The report lists it when a file has it. */
    WITHOUT_EQUIVALENT("listed");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    /** The same in a word for the operator. */
    public String word() {
      return word;
    }
  }

  static DocumentedOption converted(String section, String name, String becomes) {
    return new DocumentedOption(section, name, Outcome.CONVERTED, becomes, "");
  }

  static DocumentedOption without(String section, String name, String why, String remedy) {
    return new DocumentedOption(section, name, Outcome.WITHOUT_EQUIVALENT, why, remedy);
  }

  boolean isConverted() {
    return outcome == Outcome.CONVERTED;
  }
}

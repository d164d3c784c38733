package dev.wnm.core.wallet;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An Ethereum address.
 *
 * @param text {@code 0x} and 40 hex digits, in the case in which it was written
 */
public record WalletAddress(String text) {
  private static final Pattern SYNTAX = Pattern.compile("0x[0-9a-fA-F]{40}");
  private static final String ZERO = "0x" + "0".repeat(40);

  public WalletAddress {
    if (!SYNTAX.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a wallet address: 0x and 40 hex digits");
    }
  }

  /** Reads an address; empty when the text is none. */
  public static Optional<WalletAddress> parse(String text) {
    return SYNTAX.matcher(text).matches() ? Optional.of(new WalletAddress(text)) : Optional.empty();
  }

  /** The address with its checksum in the case of its letters, as EIP-55 has it (eips.ethereum.org/EIPS/eip-55). */
  public String checksummed() {
    String lower = text.substring(2).toLowerCase(Locale.ROOT);
    byte[] hash = Keccak256.digest(lower.getBytes(StandardCharsets.US_ASCII));
    StringBuilder result = new StringBuilder("0x");
    for (int i = 0; i < lower.length(); i++) {
      int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf;
      char digit = lower.charAt(i);
      result.append(nibble >= 8 ? Character.toUpperCase(digit) : digit);
    }
    return result.toString();
  }

  /** False when the letters' case says that a digit is wrong. An address in one case carries no checksum. */
  public boolean checksumIsRight() {
    String digits = text.substring(2);
    boolean inOneCase = digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT));
    return inOneCase || text.equals(checksummed());
  }

  /** Whether it is the address that nobody owns: what is sent there is lost. */
  public boolean isZero() {
    return text.equals(ZERO);
  }

  /** Whether both are the same wallet, whatever the case of their letters. */
  public boolean isSame(WalletAddress other) {
    return text.equalsIgnoreCase(other.text);
  }

  /** Why rewards should not go there, in words that follow its name in a sentence; empty when nothing speaks against it. */
  public Optional<String> flaw() {
    if (isZero()) {
      return Optional.of("is the zero address, which nobody owns: what is sent there is lost");
    }
    return checksumIsRight() ? Optional.empty()
        : Optional.of("has a wrong EIP-55 checksum, so a digit may be mistyped; with these digits it would read "
            + checksummed());
  }

  /** Written out, as {@link #hashCode} is: a cycle that needs none of those that Java makes for records at run time is faster. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WalletAddress address && text.equals(address.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}

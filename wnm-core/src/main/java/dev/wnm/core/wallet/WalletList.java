package dev.wnm.core.wallet;

import dev.wnm.spi.internal.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Wallets that new nodes get theirs from, as {@code rewards_address} gives them: one wallet, or
 * {@code wallet[:weight],…}.
 *
 * @param shares at least one
 */
public record WalletList(List<Share> shares) {
  /** What the name {@code faucet} stands for. */
  public static final WalletAddress FAUCET = new WalletAddress("0x00455d78f850b0358E8cea5be24d415E01E107CF");

  private static final long HEAVIEST = 1_000_000_000;
  private static final Pattern WEIGHT = Pattern.compile("\\d{1,18}");

  public WalletList {
    shares = List.copyOf(shares);
    if (shares.isEmpty()) {
      throw new IllegalArgumentException("a list of wallets needs at least one");
    }
  }

  /**
   * One wallet of a list.
   *
   * @param address the wallet
   * @param weight its weight among all, 1 to 1,000,000,000
   */
  public record Share(WalletAddress address, long weight) {}

  /**
   * Reads {@code rewards_address}. Blanks around parts and empty parts do not matter; names are taken in any case.
   *
   * @param rewardsAddress the text
   * @param donateAddress the address that the name {@code donate} stands for
   * @throws IllegalArgumentException with one sentence naming the option, the part and what is allowed
   */
  public static WalletList parse(String rewardsAddress, String donateAddress) {
    List<Share> shares = new ArrayList<>();
    for (String part : rewardsAddress.split(",")) {
      if (!part.isBlank()) {
        shares.add(share(part.strip(), donateAddress));
      }
    }
    if (shares.isEmpty()) {
      throw new IllegalArgumentException(
          "rewards_address '" + rewardsAddress + "' names no wallet; give 0x and 40 hex digits, 'faucet' or 'donate'");
    }
    return new WalletList(shares);
  }

  /**
   * Why no node can be given a wallet by these two settings, in one sentence; empty when one can. A list with the zero address
   * in it gives none: some node would get it.
   */
  public static Optional<String> obstacle(String rewardsAddress, String donateAddress) {
    try {
      return parse(rewardsAddress, donateAddress).addresses().stream().filter(WalletAddress::isZero).findFirst()
          .map(zero -> "rewards_address names " + zero + ", which " + zero.flaw().orElseThrow());
    } catch (IllegalArgumentException e) {
      return Optional.of(Reason.of(e));
    }
  }

  /** The wallets, each once. */
  public List<WalletAddress> addresses() {
    return shares.stream().map(Share::address).distinct().toList();
  }

  /** Whether it is one of the wallets, whatever the case of its letters. */
  public boolean names(WalletAddress wallet) {
    return addresses().stream().anyMatch(wallet::isSame);
  }

  /**
   * Gives out the wallets of further nodes, one after another: each time the one that is furthest below its share of all nodes, the
   * first listed of several. So the nodes' wallets stay as near to the weights as whole nodes can be: 3:1 over five nodes gives 4:1,
   * whatever came before.
   *
   * @param present the wallets of the nodes that there are; those that are not in this list do not count
   */
  public Turns turnsAfter(Collection<WalletAddress> present) {
    return new Turns(shares, present);
  }

  /** Whose turn it is. Keeps count, so that a turn costs the same however many nodes there are. */
  public static final class Turns {
    private final Map<String, Wallet> wallets = new LinkedHashMap<>();
    private final long sum;
    private long nodes;

    private static final class Wallet {
      private final WalletAddress address;
      private long weight;
      private long nodes;

      Wallet(WalletAddress address) {
        this.address = address;
      }
    }

    private Turns(List<Share> shares, Collection<WalletAddress> present) {
      shares.forEach(share -> wallets.computeIfAbsent(key(share.address()), key -> new Wallet(share.address())).weight += share.weight());
      sum = shares.stream().mapToLong(Share::weight).sum();
      present.forEach(address -> Optional.ofNullable(wallets.get(key(address))).ifPresent(this::count));
    }

    private void count(Wallet wallet) {
      wallet.nodes++;
      nodes++;
    }

    /** The wallet of one more node, which counts from now on. */
    public WalletAddress next() {
      Wallet neediest = wallets.values().iterator().next();
      double greatest = Double.NEGATIVE_INFINITY;
      for (Wallet wallet : wallets.values()) {
        double lacking = (double) wallet.weight / sum * (nodes + 1) - wallet.nodes;
        if (lacking > greatest + 1e-9) {
          greatest = lacking;
          neediest = wallet;
        }
      }
      count(neediest);
      return neediest.address;
    }
  }

  /** Letters in another case are the same wallet. */
  private static String key(WalletAddress wallet) {
    return wallet.text().toLowerCase(Locale.ROOT);
  }

  private static Share share(String part, String donateAddress) {
    int colon = part.indexOf(':');
    return colon < 0
        ? new Share(address(part, part, donateAddress), 1)
        : new Share(address(part.substring(0, colon).strip(), part, donateAddress), weight(part.substring(colon + 1).strip(), part));
  }

  private static WalletAddress address(String wallet, String part, String donateAddress) {
    return switch (wallet.toLowerCase(Locale.ROOT)) {
      case "faucet" -> FAUCET;
      case "donate" -> WalletAddress.parse(donateAddress).orElseThrow(() -> new IllegalArgumentException(
          "donate_address '" + donateAddress + "' is not a wallet; give 0x and 40 hex digits"));
      default -> WalletAddress.parse(wallet).orElseThrow(() -> new IllegalArgumentException(
          "rewards_address part '" + part + "' is not a wallet; give 0x and 40 hex digits, 'faucet' or 'donate'"));
    };
  }

  private static long weight(String text, String part) {
    long weight = WEIGHT.matcher(text).matches() ? Long.parseLong(text) : 0;
    if (weight < 1 || weight > HEAVIEST) {
      throw new IllegalArgumentException("rewards_address part '" + part + "' has the weight '" + text
          + "'; a weight is a whole number from 1 to " + HEAVIEST);
    }
    return weight;
  }
}

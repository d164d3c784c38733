package dev.wnm.core.takeover;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.Node;
import dev.wnm.core.wallet.WalletAddress;
import dev.wnm.core.wallet.WalletList;
import dev.wnm.spi.internal.Known;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where nodes that were there before pay to another wallet than the settings name: one of both may be old or mistyped.
 *
 * @param nodes the service names by their wallet, which is empty where it is not known
 * @param given the wallets of the settings in words, with their source
 */
public record OtherWallets(Map<String, List<String>> nodes, String given) {
  private static final int MOST_NAMED = 5;

  /** None when the settings name no wallets at all: that is told elsewhere. */
  public static OtherWallets of(List<Node> nodes, Settings settings) {
    String rewards = settings.get(Options.REWARDS_ADDRESS);
    Map<String, List<String>> others = new LinkedHashMap<>();
    Optional<WalletList> list = listOf(rewards, settings.get(Options.DONATE_ADDRESS));
    list.ifPresent(wallets -> nodes.stream()
        .filter(node -> WalletAddress.parse(node.wallet()).filter(wallets::names).isEmpty())
        .forEach(node -> others.computeIfAbsent(node.wallet().toLowerCase(Locale.ROOT), wallet -> new ArrayList<>())
            .add(node.service())));
    return new OtherWallets(others, rewards + " (" + settings.source(Options.REWARDS_ADDRESS) + ")");
  }

  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** A sentence for each wallet. */
  List<String> notes() {
    return nodes.keySet().stream().map(wallet -> whoPays(wallet) + ", while " + Options.REWARDS_ADDRESS + " is " + given
        + "; what is there goes on as it is, new nodes get the latter"
        + WalletAddress.parse(wallet).filter(WalletAddress::isZero).flatMap(WalletAddress::flaw)
            .map(flaw -> "; " + wallet + " " + flaw).orElse("")).toList();
  }

  /** All of them in one clause: {@code antnode1, antnode2 pay to 0x…}. */
  public String whoPay() {
    return String.join(", ", nodes.keySet().stream().map(this::whoPays).toList());
  }

  private String whoPays(String wallet) {
    List<String> services = Known.of(nodes, wallet);
    String names = String.join(", ", services.subList(0, Math.min(MOST_NAMED, services.size())))
        + (services.size() > MOST_NAMED ? " and " + (services.size() - MOST_NAMED) + " more" : "");
    return names + (services.size() == 1 ? " pays to " : " pay to ")
        + (wallet.isEmpty() ? "a wallet that is not known" : wallet);
  }

  private static Optional<WalletList> listOf(String rewards, String donate) {
    try {
      return Optional.of(WalletList.parse(rewards, donate));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

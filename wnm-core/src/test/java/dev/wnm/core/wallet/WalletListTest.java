package dev.wnm.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.core.wallet.WalletList.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalletListTest {
  private static final String ONE = "0x" + "1".repeat(40);
  private static final String TWO = "0x" + "2".repeat(40);
  private static final String ZERO = "0x" + "0".repeat(40);

  @Test
  void oneWalletIsAListOfOne() {
    assertThat(WalletList.parse(ONE, TWO).shares()).containsExactly(new Share(new WalletAddress(ONE), 1));
  }

  @Test
  void namesStandForAddressesInAnyCaseAndBlanksAndEmptyPartsDoNotMatter() {
    assertThat(WalletList.parse(" , Faucet : 3 ,, " + ONE + ",DONATE:010 , ", TWO).shares()).containsExactly(
        new Share(WalletList.FAUCET, 3), new Share(new WalletAddress(ONE), 1), new Share(new WalletAddress(TWO), 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x12", "1234567890123456789012345678901234567890", "0xg111111111111111111111111111111111111111",
      "0X1111111111111111111111111111111111111111", "0x11111111111111111111111111111111111111111", "fawcet", ":3",
      "0x1111111111111111111111111111111111111111 0x2222222222222222222222222222222222222222"})
  void whatIsNoWalletIsNamed(String part) {
    assertThatThrownBy(() -> WalletList.parse(ONE + ", " + part, TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rewards_address part '" + part + "' is not a wallet; give 0x and 40 hex digits, 'faucet' or 'donate'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "x", "", "2:3", "1000000001", "99999999999999999999"})
  void whatIsNoWeightIsNamed(String weight) {
    assertThatThrownBy(() -> WalletList.parse("faucet:" + weight, TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rewards_address part 'faucet:" + weight + "' has the weight '" + weight
            + "'; a weight is a whole number from 1 to 1000000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", ",", " , ,"})
  void aListWithoutAWalletIsRefused(String text) {
    assertThatThrownBy(() -> WalletList.parse(text, TWO)).hasMessageContaining("names no wallet");
  }

  @Test
  void aBadDonateAddressMattersOnlyWhereItIsUsed() {
    assertThat(WalletList.parse(ONE, "nowhere").shares()).hasSize(1);
    assertThatThrownBy(() -> WalletList.parse("donate", "nowhere"))
        .hasMessage("donate_address 'nowhere' is not a wallet; give 0x and 40 hex digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
      "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
      "0x52908400098527886E0F7030069857D2E4169EE7", "0xde709f2102306220921060314715629080e2fb77"})
  void theExamplesOfEip55AreRight(String address) {
    assertThat(new WalletAddress(address).checksumIsRight()).isTrue();
  }

  @Test
  void anAddressInOneCaseCarriesNoChecksum() {
    String checksummed = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    for (String digits : new String[] {checksummed.substring(2).toLowerCase(), checksummed.substring(2).toUpperCase()}) {
      assertThat(new WalletAddress("0x" + digits).checksumIsRight()).isTrue();
      assertThat(new WalletAddress("0x" + digits).checksummed()).isEqualTo(checksummed);
    }
  }

  @Test
  void aWrongChecksumAndTheZeroAddressAreFlaws() {
    assertThat(new WalletAddress("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed").flaw()).contains("has a wrong EIP-55 checksum,"
        + " so a digit may be mistyped; with these digits it would read 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    assertThat(new WalletAddress(ZERO).flaw()).contains(
        "is the zero address, which nobody owns: what is sent there is lost");
    assertThat(new WalletAddress(ONE).flaw()).isEmpty();
  }

  @Test
  void aListThatIsNoneOrNamesTheZeroAddressGivesNoNodeAWallet() {
    assertThat(WalletList.obstacle(ONE, TWO)).isEmpty();
    assertThat(WalletList.obstacle(ONE + "," + ZERO, TWO).orElseThrow()).startsWith("rewards_address names " + ZERO);
    assertThat(WalletList.obstacle("donate", ZERO)).isPresent();
    assertThat(WalletList.obstacle("", TWO).orElseThrow()).contains("names no wallet");
  }

  @Test
  void aWalletIsTheSameInAnyCase() {
    WalletList list = WalletList.parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed:2," + ONE, TWO);
    assertThat(list.names(new WalletAddress("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"))).isTrue();
    assertThat(list.names(new WalletAddress(TWO))).isFalse();
  }

  @Test
  void theBuiltInFaucetHasTheCaseThatThePythonWnmGivesIt() {
    assertThat(WalletList.FAUCET.text()).isEqualTo("0x00455d78f850b0358E8cea5be24d415E01E107CF");
    assertThat(WalletList.FAUCET.checksumIsRight()).isTrue();
  }

  private static Map<String, Integer> given(WalletList wallets, List<WalletAddress> present, int more) {
    List<WalletAddress> all = new ArrayList<>(present);
    WalletList.Turns turns = wallets.turnsAfter(present);
    for (int i = 0; i < more; i++) {
      all.add(turns.next());
    }
    Map<String, Integer> counts = new TreeMap<>();
    all.forEach(wallet -> counts.merge(wallet.text(), 1, Integer::sum));
    return counts;
  }

  @Test
  void threeToOneOverFiveNodesIsFourToOne() {
    WalletList wallets = WalletList.parse(ONE + ":3," + TWO + ":1", TWO);
    assertThat(given(wallets, List.of(), 5)).isEqualTo(Map.of(ONE, 4, TWO, 1));
    assertThat(given(wallets, List.of(), 4)).isEqualTo(Map.of(ONE, 3, TWO, 1));
  }

  @Test
  void whatIsThereCountsAndStrangersDoNot() {
    WalletList wallets = WalletList.parse(ONE + ":1," + TWO + ":1", TWO);
    List<WalletAddress> present = List.of(new WalletAddress(ONE), new WalletAddress(ONE), WalletList.FAUCET, WalletList.FAUCET);
    assertThat(given(wallets, present, 2)).containsEntry(ONE, 2).containsEntry(TWO, 2);
  }

  @Test
  void lettersInAnotherCaseAreTheSameWallet() {
    String lower = WalletList.FAUCET.text().toLowerCase(Locale.ROOT);
    WalletList wallets = WalletList.parse("faucet:1," + ONE + ":1", TWO);
    assertThat(wallets.turnsAfter(List.of(new WalletAddress(lower))).next()).isEqualTo(new WalletAddress(ONE));
  }

  @Property(tries = 50)
  void everyWalletStaysWithinOneNodeOfItsShare(@ForAll @IntRange(min = 1, max = 9) int weight,
      @ForAll @IntRange(min = 1, max = 200) int nodes) {
    WalletList wallets = WalletList.parse(ONE + ":" + weight + "," + TWO, TWO);
    int ones = given(wallets, List.of(), nodes).getOrDefault(ONE, 0);
    assertThat((double) ones).isBetween(nodes * weight / (weight + 1.0) - 1, nodes * weight / (weight + 1.0) + 1);
  }
}

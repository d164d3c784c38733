package dev.wnm.core.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By published digests, and by the implementation of Bouncy Castle, which is no part of the program. */
class Keccak256Test {
  private static String digest(byte[] message) {
    return HexFormat.of().formatHex(Keccak256.digest(message));
  }

  private static String asBouncyCastle(byte[] message) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(message, 0, message.length);
    byte[] bytes = new byte[digest.getDigestSize()];
    digest.doFinal(bytes, 0);
    return HexFormat.of().formatHex(bytes);
  }

  /** ShortMsgKAT_256.txt of the Keccak team's submission to NIST. */
  @ParameterizedTest
  @CsvSource({
      "CC, EEAD6DBFC7340A56CAEDC044696A168870549A6A7F6F56961E84A54BD9970B8A",
      "E926AE8B0AF6E53176DBFFCC2A6B88C6BD765F939D3D178A9BDE9EF3AA131C61E31C1E42CDFAF4B4DCDE579A37E150EFBEF5"
          + "555B4C1CB40439D835A724E2FAE7, 574271CD13959E8DDEAE5BFBDB02A3FDF54F2BABFD0CBEB893082A974957D0C1",
      "B55C10EAE0EC684C16D13463F29291BF26C82E2FA0422A99C71DB4AF14DD9C7F33EDA52FD73D017CC0F2DBE734D831F0D820"
          + "D06D5F89DACC485739144F8CFD4799223B1AFF9031A105CB6A029BA71E6E5867D85A554991C38DF3C9EF8C1E1E9A7630BE61"
          + "CAABCA69280C399C1FB7A12D12AEFC, 0347901965D3635005E75A1095695CCA050BC9ED2D440C0372A31B348514A889",
      "2EDC282FFB90B97118DD03AAA03B145F363905E3CBD2D50ECD692B37BF000185C651D3E9726C690D3773EC1E48510E42B177"
          + "42B0B0377E7DE6B8F55E00A8A4DB4740CEE6DB0830529DD19617501DC1E9359AA3BCF147E0A76B3AB70C4984C13E339E6806"
          + "BB35E683AF8527093670859F3D8A0FC7D493BCBA6BB12B5F65E71E705CA5D6C948D66ED3D730B26DB395B3447737C26FAD08"
          + "9AA0AD0E306CB28BF0ACF106F89AF3745F0EC72D534968CCA543CD2CA50C94B1456743254E358C1317C07A07BF2B0ECA438A"
          + "709367FAFC89A57239028FC5FECFD53B8EF958EF10EE0608B7F5CB9923AD97058EC067700CC746C127A61EE3, "
          + "DD1D2A92B3F3F3902F064365838E1F5F3468730C343E2974E7A9ECFCD84AA6DB"
  })
  void theSubmissionsTestVectorsComeOut(String message, String digest) {
    assertThat(digest(HexFormat.of().parseHex(message))).isEqualToIgnoringCase(digest);
  }

  /** The last two are Ethereum's: no code of an account, and what a token's transfer is called by. */
  @ParameterizedTest
  @CsvSource({
      "'', c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
      "abc, 4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
      "'Transfer(address,address,uint256)', ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"})
  void digestsThatEverybodyKnowsComeOut(String message, String digest) {
    assertThat(digest(message.getBytes(StandardCharsets.US_ASCII))).isEqualTo(digest);
  }

  /** A block has 136 bytes, so the padding has every place and every length here. */
  @Test
  void messagesOfEveryLengthAroundABlocksEndAreDigestedAsByBouncyCastle() {
    for (int length = 0; length <= 3 * 136 + 1; length++) {
      byte[] message = new byte[length];
      Arrays.fill(message, (byte) 0xff);
      assertThat(digest(message)).as("%d bytes", length).isEqualTo(asBouncyCastle(message));
    }
  }

  @Property
  void anyMessageIsDigestedAsByBouncyCastle(@ForAll @Size(max = 700) byte[] message) {
    assertThat(digest(message)).isEqualTo(asBouncyCastle(message));
  }

  @Test
  void aMessageIsLeftAsItIs() {
    byte[] message = "wallet".getBytes(StandardCharsets.US_ASCII);
    Keccak256.digest(message);
    assertThat(message).asString(StandardCharsets.US_ASCII).isEqualTo("wallet");
  }
}

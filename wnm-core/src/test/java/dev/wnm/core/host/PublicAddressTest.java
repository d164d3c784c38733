package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressTest {
  @ParameterizedTest
  @CsvSource({"203.0.113.7, true", "100.63.0.1, true", "100.64.0.1, false", "100.127.255.255, false", "100.128.0.1, true",
      "10.1.2.3, false", "172.17.0.2, false", "192.168.1.20, false", "169.254.1.1, false", "127.0.0.1, false", "0.0.0.0, false",
      "224.0.0.1, false", "2001:db8::1, false"})
  void onlyAnIpv4AddressOfTheInternetSaysThatNoRouterIsBetween(String address, boolean isPublic) throws Exception {
    assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).isEqualTo(isPublic);
  }
}

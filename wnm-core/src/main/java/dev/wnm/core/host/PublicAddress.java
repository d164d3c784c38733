package dev.wnm.core.host;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Whether the machine itself has an address of the internet, as a VPS has; one behind a home router has not. */
public final class PublicAddress {
  private PublicAddress() {}

  /** False also where it cannot be told. */
  public static boolean isOnThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(each -> each.getInterfaceAddresses().stream()).map(InterfaceAddress::getAddress).anyMatch(PublicAddress::isPublic);
    } catch (SocketException unknown) {
      return false;
    }
  }

  /** IPv6 says nothing here: it is public behind home routers, too. */
  static boolean isPublic(InetAddress address) {
    if (!(address instanceof Inet4Address)) {
      return false;
    }
    int first = address.getAddress()[0] & 0xff;
    int second = address.getAddress()[1] & 0xff;
    boolean isShared = first == 100 && second >= 64 && second < 128; // RFC 6598: between a provider and its customers
    return !(address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress()
        || address.isMulticastAddress() || isShared);
  }
}

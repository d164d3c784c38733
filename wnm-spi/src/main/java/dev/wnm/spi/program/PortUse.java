package dev.wnm.spi.program;

/** What a node has a port of its own for. */
public enum PortUse {
  /** The network's traffic; UDP. */
  NETWORK(true),
  /** A page of metrics, on the loopback interface; TCP. */
  METRICS(false),
  /** Remote calls; TCP. */
  RPC(false),
  /** Browsers that reach the node by themselves (WebRTC Direct); UDP. */
  BROWSERS(true);

  private final boolean udp;

  PortUse(boolean udp) {
    this.udp = udp;
  }

  /** Whether it is a UDP port, which the machine's firewall and a router must let through; else it is a TCP port. */
  public boolean isUdp() {
    return udp;
  }
}

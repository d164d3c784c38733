package dev.wnm.fleet.transport;

import dev.wnm.fleet.model.HostName;

/**
 * What a fleet begins with.
 *
 * @param fleet what it is called: small letters, digits and {@code -}
 * @param operator what its first operator is called, written in the same way
 * @param address where its server is to be reached, as {@code HOST:PORT}; empty where the transport has no server
 */
public record Founding(String fleet, String operator, String address) {
  public Founding {
    name("fleet", fleet);
    name("operator", operator);
  }

  private static void name(String what, String text) {
    if (!HostName.fits(text)) {
      throw new IllegalArgumentException("the name of the " + what + " must be " + HostName.ALLOWED + ", not '" + text + "'");
    }
  }
}

package dev.wnm.fleet.placement;

import dev.wnm.core.allocation.BlockList;
import dev.wnm.fleet.model.HostName;

/**
 * That a block of ports of a site is a host's. It ends with the host or by hand, never by time: ports that are forwarded to a host stay so.
 *
 * @param site whose block
 * @param block from 1 to {@link BlockList#HIGHEST}
 * @param host whose it is
 */
public record Claim(String site, int block, HostName host) {
  private static final String BEGINNING = "claim.";

  public Claim {
    if (block < 1 || block > BlockList.HIGHEST) {
      throw new IllegalArgumentException("blocks are numbers from 1 to " + BlockList.HIGHEST + ", not " + block);
    }
  }

  /** Under which it is kept; there can be but one. */
  public String key() {
    return BEGINNING + site + "." + block;
  }

  /** How the keys of all claims begin. */
  public static String keys() {
    return BEGINNING;
  }

  /** What is kept under a key. @throws IllegalArgumentException when it is no claim */
  public static Claim of(String key, String text) {
    String rest = key.substring(BEGINNING.length());
    int dot = rest.lastIndexOf('.');
    return new Claim(rest.substring(0, dot), Integer.parseInt(rest.substring(dot + 1)), new HostName(text));
  }
}

package dev.wnm.spi.manager;

import java.util.List;

/** Knows the saved listings of the tool behind it. */
public interface ReadsListings extends Capability {
  /**
   * The nodes that a saved listing tells of, as {@link ProcessManager#survey} would.
   *
   * @throws ManagerUnavailableException when the text is no such listing
   */
  List<FoundNode> read(String listing) throws ManagerUnavailableException;
}

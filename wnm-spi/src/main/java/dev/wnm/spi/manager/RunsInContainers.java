package dev.wnm.spi.manager;

import dev.wnm.spi.model.Container;
import java.util.List;

/** Its nodes live in containers that hold several of them. */
public interface RunsInContainers extends Capability {
  /**
   * The containers that new nodes may go to, whether they run or not.
   *
   * @throws ManagerUnavailableException when it cannot tell
   */
  List<Container> containers() throws ManagerUnavailableException;
}

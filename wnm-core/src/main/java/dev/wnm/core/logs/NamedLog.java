package dev.wnm.core.logs;

import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import org.apiguardian.api.API;

/**
 * The log of something that has a name.
 *
 * @param name what it is called where several are shown
 * @param waits whether whoever reads it waits for lines to come, as long as the request says; else it answers at once
 * @param source reads it
 */
@API(status = API.Status.STABLE)
public record NamedLog(String name, boolean waits, Source source) {
  /** Reads a log. */
  @FunctionalInterface
  public interface Source {
    /** A part of it. @throws ManagerUnavailableException when it cannot be had */
    LogPart part(LogRequest request) throws ManagerUnavailableException;
  }
}

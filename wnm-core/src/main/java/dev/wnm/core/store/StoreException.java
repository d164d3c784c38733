package dev.wnm.core.store;

import java.util.Objects;
import org.apiguardian.api.API;
/** The database cannot be used. The message is one sentence for the operator that names the file and what is wrong. */
@API(status = API.Status.STABLE)
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The database can be used, but not for this: the change breaks its rules, or would overwrite what cannot be read. */
  public static final class RefusedException extends StoreException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}

package dev.wnm.fetch;

/** An address could not be read: no network, no answer, or not the one that was hoped for. Got by hand, the release may still do. */
final class DownloadException extends FetchException {
  private static final long serialVersionUID = 1L;

  private final int status;

  DownloadException(String message, Throwable cause) {
    super(message, cause);
    status = 0;
  }

  /** @param status what the server answered with; 0 when it did not answer */
  DownloadException(String message, int status) {
    super(message);
    this.status = status;
  }

  boolean isNotFound() {
    return status == Downloads.NOT_FOUND;
  }
}

package dev.wnm.cli.packaged;

import java.io.InputStream;
import java.io.OutputStream;

/** Stands for the process of a run that is over and had none of its own. */
final class EndedRun extends Process {
  private final int exit;

  EndedRun(int exit) {
    this.exit = exit;
  }

  @Override
  public int exitValue() {
    return exit;
  }

  @Override
  public int waitFor() {
    return exit;
  }

  @Override
  public void destroy() {
    // It is over.
  }

  @Override
  public OutputStream getOutputStream() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return InputStream.nullInputStream();
  }
}

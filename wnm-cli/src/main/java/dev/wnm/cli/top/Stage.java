package dev.wnm.cli.top;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlocking;
import org.jline.utils.NonBlockingReader;

/**
 * The terminal while frames are shown on it: its other screen, without cursor and echo. Closing it, or the end of the JVM by whatever
 * signal, leaves the terminal as it was found.
 */
final class Stage implements AutoCloseable {
  /** A terminal that takes no more text must not keep the JVM from its end. In ms. */
  private static final long PATIENCE_MS = 500;

  private final Terminal terminal;
  private final NonBlockingReader keys;
  private final Display display;
  private final Attributes found;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean isResized = new AtomicBoolean(true);
  private final AtomicBoolean isInterrupted = new AtomicBoolean();
  private final AtomicBoolean isToPause = new AtomicBoolean();
  private final AtomicBoolean isBack = new AtomicBoolean();
  private final Thread atTheEnd = new Thread(this::restore, "wnm-top-restore");
  private volatile Extent extent = Extent.USUAL;
  private boolean isOver;

  /**
   * Takes over a terminal.
   *
   * @param keys what is typed on it; not the terminal's own reader, which sets the terminal anew whenever it reads, also after its end
   */
  Stage(Terminal terminal, NonBlockingReader keys) {
    this.terminal = terminal;
    this.keys = keys;
    display = new Display(terminal, true);
    Runtime.getRuntime().addShutdownHook(atTheEnd);
    terminal.handle(Terminal.Signal.WINCH, signal -> isResized.set(true));
    terminal.handle(Terminal.Signal.INT, signal -> isInterrupted.set(true));
    terminal.handle(Terminal.Signal.TSTP, signal -> isToPause.set(true));
    terminal.handle(Terminal.Signal.CONT, signal -> isBack.set(true));
    found = terminal.getAttributes();
    enter();
  }

  private void enter() {
    terminal.setAttributes(raw(found));
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  private void leave() {
    terminal.puts(Capability.cursor_normal);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    terminal.setAttributes(found);
  }

  /** Gives the terminal to the shell, as Ctrl-Z asks, until the shell gives it back. */
  private void pause() throws IOException {
    writing.lock();
    try {
      if (!isOver) {
        leave();
        // Only this stops the process as the shell expects; its own signal is taken by the JVM.
        new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid())).start().waitFor();
        enter();
        isResized.set(true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      writing.unlock();
    }
  }

  /** Takes the terminal as it needs it, however it was left by whoever had it meanwhile. */
  private void comeBack() {
    writing.lock();
    try {
      if (!isOver) {
        enter();
        isResized.set(true);
      }
    } finally {
      writing.unlock();
    }
  }

  /** Each key at once and unseen, but for Ctrl-C, which stays a signal. */
  private static Attributes raw(Attributes found) {
    Attributes raw = new Attributes(found);
    raw.setLocalFlags(EnumSet.of(Attributes.LocalFlag.ICANON, Attributes.LocalFlag.ECHO, Attributes.LocalFlag.IEXTEN), false);
    raw.setInputFlags(EnumSet.of(Attributes.InputFlag.IXON, Attributes.InputFlag.ICRNL, Attributes.InputFlag.INLCR), false);
    raw.setControlChar(Attributes.ControlChar.VMIN, 1);
    raw.setControlChar(Attributes.ControlChar.VTIME, 0);
    return raw;
  }

  /**
   * The terminal of this process. It is asked and set by {@code stty}: no native code is loaded. Ctrl-\ does nothing, since it would
   * leave it to the shell as it is.
   *
   * @param type what the variable {@code TERM} says
   * @throws IOException when it cannot be
   */
  static Stage ofThisProcess(String type) throws IOException {
    return new Stage(new ExecTerminalProvider().sysTerminal("wnm", type, false, StandardCharsets.UTF_8, true, Terminal.SignalHandler.SIG_IGN, false,
        SystemStream.Output), NonBlocking.nonBlocking("wnm-top-keys", new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
  }

  /** How large it is now; a terminal that does not say has 80 columns and 24 rows. */
  Extent extent() {
    if (isResized.getAndSet(false)) {
      Size size = terminal.getSize();
      extent = size.getColumns() > 0 && size.getRows() > 0 ? new Extent(size.getColumns(), size.getRows()) : Extent.USUAL;
      display.resize(extent.rows(), extent.columns());
      display.reset();
      display.clear();
    }
    return extent;
  }

  /** Shows it; only what differs from the last one is sent. */
  void show(Frame frame) {
    writing.lock();
    try {
      if (!isOver) {
        display.update(new ArrayList<>(frame.lines()), -1); // which it changes
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * The next key.
   *
   * @return empty when none came for a while
   * @throws EOFException when none comes any more: the terminal is gone, or Ctrl-C was pressed
   */
  Optional<Key> key(long patienceMs) throws IOException {
    if (isInterrupted.get()) {
      throw new EOFException("Ctrl-C");
    }
    if (isToPause.getAndSet(false)) {
      pause();
    } else if (isBack.getAndSet(false)) {
      comeBack();
    }
    return KeyDecoder.next(keys, patienceMs);
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException ending) {
      // It is being done, or was.
    }
  }

  private void restore() {
    boolean isLocked = false;
    try {
      isLocked = writing.tryLock(PATIENCE_MS, TimeUnit.MILLISECONDS);
      if (isOver) {
        return;
      }
      isOver = true;
      leave();
      terminal.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error gone) {
      // Of a terminal that went away nothing is left to restore.
    } finally {
      if (isLocked) {
        writing.unlock();
      }
    }
  }
}

package dev.wnm.spi.manager;

/** Is told of work that takes long. Safe to use from many threads. */
@FunctionalInterface
public interface Progress {
  /** Says nothing to anyone. */
  Progress SILENT = sentence -> {};

  void report(String sentence);
}

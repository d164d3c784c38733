package dev.wnm.web.http;

import java.io.IOException;

/** Answers requests; called by many threads at once. */
@FunctionalInterface
public interface Handler {
  /** @throws Refusal when it cannot be answered as asked */
  Answer answer(Request request) throws IOException;
}

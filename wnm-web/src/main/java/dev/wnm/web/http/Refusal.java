package dev.wnm.web.http;

import java.io.Serial;

/** A request that is not answered as asked, with the status code of HTTP and a sentence that says why. */
public final class Refusal extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1;

  private final int status;

  /** @param status from 400 on */
  public Refusal(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  /** There is nothing of that name. */
  public static Refusal notFound(String sentence) {
    return new Refusal(404, sentence);
  }

  /** It is asked for in a wrong way. */
  public static Refusal badRequest(String sentence) {
    return new Refusal(400, sentence);
  }

  Answer answer() {
    return Answer.problem(status, String.valueOf(getMessage()));
  }
}

package dev.wnm.fleet.model;

import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.Texts;
import dev.wnm.fleet.json.UnreadableException;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@link Question} and {@link Reply} as texts. */
public final class TalkJson {
  private static final int LONGEST_QUESTION = 16_384;
  private static final int LONGEST_REPLY = 1_000_000;
  private static final int LONGEST_DETAIL = 2_000;

  private TalkJson() {}

  /** The text of it, in one line. */
  public static String write(Question question) {
    return new JsonOut().put("ask", question.kind().name().toLowerCase(Locale.ROOT)).put("with", question.details()).toString();
  }

  /** @throws UnreadableException when it is none that can be asked */
  public static Question readQuestion(String text) throws UnreadableException {
    JsonPart json = JsonPart.parse("the question", text, LONGEST_QUESTION);
    try {
      return new Question(Question.Kind.valueOf(json.text("ask", LONGEST_DETAIL).toUpperCase(Locale.ROOT)), json.textsByName("with", LONGEST_DETAIL));
    } catch (IllegalArgumentException wrong) {
      throw new UnreadableException("that cannot be asked");
    }
  }

  /** The text of it, in one line. */
  public static String write(Reply reply) {
    String text = reply.text();
    return new JsonOut().put("ok", reply.isAnswered())
        .put("text", text.length() > LONGEST_REPLY / 2 ? text.substring(0, LONGEST_REPLY / 2) + "\n… cut here" : text).toString();
  }

  /** Line breaks stay in its text; other control characters do not. @throws UnreadableException when it is none */
  public static Reply readReply(String text) throws UnreadableException {
    JsonPart json = JsonPart.parse("the reply", text, 2 * LONGEST_REPLY);
    return new Reply(json.isTrue("ok"), json.optionalText("text").orElse("").lines().map(line -> Texts.plain(line, LONGEST_REPLY))
        .collect(Collectors.joining("\n")));
  }
}

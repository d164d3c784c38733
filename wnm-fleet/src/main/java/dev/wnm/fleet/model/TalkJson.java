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
  private static final int LONGEST_REPLY = 500_000;
  /** A reply may stand within another one: each sign of it takes up to eight then. */
  private static final int LONGEST_WRITTEN = 8 * LONGEST_REPLY;
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
    return writeWhole(text.length() <= LONGEST_REPLY ? reply : new Reply(reply.isAnswered(), text.substring(0, LONGEST_REPLY) + "\n… cut here"));
  }

  /** The same of one whose text is another one: what were cut then could not be read. */
  public static String writeWhole(Reply reply) {
    return new JsonOut().put("ok", reply.isAnswered()).put("text", reply.text()).toString();
  }

  /** Line breaks stay in its text; other control characters do not. @throws UnreadableException when it is none */
  public static Reply readReply(String text) throws UnreadableException {
    JsonPart json = JsonPart.parse("the reply", text, LONGEST_WRITTEN);
    return new Reply(json.isTrue("ok"), json.optionalText("text").orElse("").lines().map(line -> Texts.plain(line, LONGEST_WRITTEN))
        .collect(Collectors.joining("\n")));
  }
}

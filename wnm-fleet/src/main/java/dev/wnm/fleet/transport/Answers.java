package dev.wnm.fleet.transport;

import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.TalkJson;

/** Answers of hosts to texts that are meant to be questions, for transports: whatever happens, there is an answer. */
public final class Answers {
  private Answers() {}

  /** What a desk says to a text. */
  public static Reply of(HostDesk desk, String text) {
    try {
      return desk.answer(TalkJson.readQuestion(text));
    } catch (UnreadableException wrong) {
      return Reply.refusal(String.valueOf(wrong.getMessage()));
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      return Reply.refusal("this is a defect of wnm, please report it: " + defect);
    }
  }
}

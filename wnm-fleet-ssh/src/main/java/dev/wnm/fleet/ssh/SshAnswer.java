package dev.wnm.fleet.ssh;

import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.Reply;
import dev.wnm.fleet.model.TalkJson;
import dev.wnm.fleet.model.WishJson;
import dev.wnm.fleet.transport.Answers;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.HostDesk;

/** The host's end: one call, one answer. It runs nothing that it is told to run. */
public final class SshAnswer {
  private SshAnswer() {}

  /** What to print, in one line, for what was read. */
  public static String to(String line, HostDesk desk) {
    return TalkJson.writeWhole(reply(line, desk));
  }

  private static Reply reply(String line, HostDesk desk) {
    try {
      Call call = Call.read(line);
      return switch (call.kind()) {
        case STATE -> Reply.of(HostStateJson.write(desk.state()));
        case WISH -> {
          desk.take(WishJson.read(call.text()));
          yield Reply.of(HostStateJson.write(desk.state()));
        }
        case ASK -> Reply.of(TalkJson.write(Answers.of(desk, call.text())));
      };
    } catch (UnreadableException | FleetException wrong) {
      return Reply.refusal(String.valueOf(wrong.getMessage()));
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      return Reply.refusal("this is a defect of wnm, please report it: " + defect);
    }
  }
}

package dev.wnm.fleet.host;

import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.PrivateFolder;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a host knows of its fleet, in its folder: who it is there, how far it has counted, and what became of the latest wish.
 *
 * @param fleet what the fleet is called
 * @param transport by which it is reached
 * @param host what this host is called there
 * @param labels what operators say of it
 * @param id made once, when it joined
 * @param sequence the number of its latest state
 * @param answer what became of the latest wish
 * @param held whether it is on hold because the fleet wished so; what its own operator holds is none of the fleet's business
 * @param allowed names of settings that may be changed from afar beside those that every host allows
 */
record HostFile(String fleet, String transport, HostName host, Labels labels, String id, long sequence, WishAnswer answer, boolean held, Set<String> allowed) {
  private static final String FILE = "host.json";
  private static final int LONGEST = 100_000;
  private static final int LONGEST_WORD = 500;

  HostFile {
    allowed = Set.copyOf(allowed);
  }

  static HostFile in(PrivateFolder folder) throws FleetException, IOException {
    String text = folder.read(FILE).orElseThrow(() -> new FleetException("this machine is in no fleet: " + folder.file(FILE)
        + " is missing; an operator invites it, and 'wnm fleet join FILE' takes it in"));
    try {
      JsonPart json = JsonPart.parse(folder.file(FILE).toString(), text, LONGEST);
      JsonPart answer = json.part("answer");
      return new HostFile(json.text("fleet", LONGEST_WORD), json.text("transport", LONGEST_WORD), new HostName(json.text("host", LONGEST_WORD)),
          new Labels(json.textsByName("labels", LONGEST_WORD)), json.text("id", LONGEST_WORD), json.number("sequence"),
          new WishAnswer(answer.number("generation"), WishAnswer.Outcome.valueOf(answer.text("outcome", LONGEST_WORD)), answer.text("reason", LONGEST_WORD, "")),
          json.isTrue("held"), new TreeSet<>(json.texts("allowed", LONGEST_WORD)));
    } catch (UnreadableException | IllegalArgumentException wrong) {
      throw new FleetException(folder.file(FILE) + " cannot be used: " + wrong.getMessage(), wrong);
    }
  }

  void keep(PrivateFolder folder) throws IOException {
    folder.write(FILE, new JsonOut().put("fleet", fleet).put("transport", transport).put("host", host.text()).put("labels", labels.values()).put("id", id)
        .put("sequence", sequence)
        .put("answer", new JsonOut().put("generation", answer.generation()).put("outcome", answer.outcome().name()).put("reason", answer.reason()))
        .put("held", held).putTexts("allowed", new TreeSet<>(allowed)) + "\n");
  }

  HostFile counted() {
    return new HostFile(fleet, transport, host, labels, id, sequence + 1, answer, held, allowed);
  }

  HostFile answering(WishAnswer newAnswer) {
    return new HostFile(fleet, transport, host, labels, id, sequence, newAnswer, held, allowed);
  }

  HostFile holding(boolean newHeld) {
    return new HostFile(fleet, transport, host, labels, id, sequence, answer, newHeld, allowed);
  }
}

package dev.wnm.fleet.cli;

import dev.wnm.fleet.host.Joining;
import dev.wnm.fleet.host.LocalHost;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.Invitation;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.cli.Options;

/** Takes this machine into a fleet. */
final class JoinCommand implements FleetCommand {
  private static final long MOST_BYTES = 1 << 20;

  @Override
  public String name() {
    return "join";
  }

  @Override
  public String usage() {
    return "FILE";
  }

  @Override
  public String help() {
    return "Take this machine into the fleet that the file invites it to.";
  }

  @Override
  public Options options() {
    return Asked.options(Asked.value("allow", "NAMES", "settings that may be changed from afar beside those that decisions depend on, separated by commas"));
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    Path file = context.platform().currentFolder().resolve(asked.word("FILE"));
    if (!Files.isReadable(file) || Files.size(file) > MOST_BYTES) {
      throw new BadInputException("there is no invitation " + file + ", or it cannot be read");
    }
    Invitation invitation;
    try {
      invitation = Invitation.read(Files.readString(file));
    } catch (UnreadableException wrong) {
      throw new BadInputException(file + ": " + wrong.getMessage());
    }
    Set<String> allowed = new TreeSet<>(Set.of(asked.get("allow", "").split(",")));
    allowed.remove("");
    allowed.stream().filter(LocalHost::isNeverChangedFromAfar).findFirst().ifPresent(name -> {
      throw new BadInputException("--allow must not name " + name + ": wallets, folders, programs, images, accounts and what is run are nobody's to change from afar");
    });
    Joining.join(context.hostFolder(), invitation, Transports.named(invitation.transport()), allowed);
    List<String> next = new ArrayList<>(List.of("# delete " + file + ", which has its key in it"));
    if (Transports.named(invitation.transport()).traits().pushes()) {
      next.addAll(List.of("# then, as a service of this account:", "wnm fleet agent"));
    }
    context.say("this machine is " + invitation.host() + " of the fleet " + invitation.fleet());
    next.forEach(context::say);
    context.tell(new Document().put("host", invitation.host()).put("fleet", invitation.fleet()).put("transport", invitation.transport())
        .put("allowed", allowed).put("next", next));
    return true;
  }
}

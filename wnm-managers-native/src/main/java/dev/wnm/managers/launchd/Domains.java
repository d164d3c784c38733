package dev.wnm.managers.launchd;

import dev.wnm.spi.command.CommandFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where launchd keeps the jobs of nodes. In system-wide mode that is {@code system}. A user has {@code gui/UID} while logged
 * in at the screen, and {@code user/UID} with any session, over ssh say; a node that was started in one stays there when the
 * other comes.
 */
final class Domains {
  private final Launchctl launchctl;
  private final List<String> names;

  /** @param names those that may be there, the one for new jobs first */
  private Domains(Launchctl launchctl, List<String> names) {
    this.launchctl = launchctl;
    this.names = names;
  }

  static Domains ofSystem(Launchctl launchctl) {
    return new Domains(launchctl, List.of("system"));
  }

  static Domains ofUser(Launchctl launchctl, long uid) {
    return new Domains(launchctl, List.of("gui/" + uid, "user/" + uid));
  }

  /** The jobs of the domain for new ones. One command, however many there are; two where nobody is at the screen. */
  Jobs look() throws CommandFailedException {
    for (String name : names) {
      Optional<String> printed = launchctl.printDomain(name);
      if (printed.isPresent()) {
        return new Jobs(name, DomainListing.parse(name, printed.get()));
      }
    }
    throw new CommandFailedException("launchd has no domain " + String.join(" or ", names)
        + " here; log in at the screen or over ssh, or use launchd+sudo");
  }

  /** A job with all that launchd tells of it alone, or as it was when launchd does not know it any more. */
  Job inFull(Job listed) throws CommandFailedException {
    return launchctl.find(listed.target()).orElse(listed);
  }

  /** The jobs of this label in all domains, the one for new ones first. */
  List<Job> find(JobLabel label) throws CommandFailedException {
    List<Job> jobs = new ArrayList<>();
    for (String name : names) {
      launchctl.find(name + "/" + label).ifPresent(jobs::add);
    }
    return jobs;
  }

  /** The domain for new jobs. */
  String current() throws CommandFailedException {
    return look().domain();
  }
}

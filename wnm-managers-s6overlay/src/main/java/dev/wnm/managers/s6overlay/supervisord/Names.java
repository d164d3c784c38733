package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.companion.Forwarding;
import dev.wnm.managers.s6overlay.image.ImageSource;
import dev.wnm.managers.s6overlay.validation.ServiceNames;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What services and bundles are called: file names that s6-rc, s6-overlay and the shell take as they are, each only once.
 * A name that cannot be kept is changed, and noted. Not thread-safe.
 */
final class Names {
  private static final int MOST_CHARACTERS = 120;
  /** Bundles and services of s6-overlay itself, and of the image that wnm makes. */
  private static final Set<String> OF_OTHERS = Stream.of(ServiceNames.OF_OVERLAY, ServiceNames.AT_BOOT, ImageSource.ownServices(),
      Set.of(Forwarding.SERVICE)).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

  private final Findings findings;
  private final Set<String> taken = new HashSet<>();

  Names(Findings findings) {
    this.findings = findings;
  }

  /**
   * A name for what the operator calls {@code wanted}.
   *
   * @param what the section, for the note
   * @throws dev.wnm.spi.config.BadInputException when supervisord would not take the name either
   */
  String of(String wanted, Place place, String what) {
    if (wanted.isEmpty() || wanted.matches("(?s).*[ :/].*") || wanted.length() > MOST_CHARACTERS) {
      throw place.refuse("'" + wanted + "' cannot be the name of a program or group: it must have 1 to " + MOST_CHARACTERS
          + " characters, and no blank, : or /");
    }
    String plain = wanted.replaceAll("[^A-Za-z0-9_.@+-]", "_");
    boolean isOfOthers = OF_OTHERS.contains(plain) || ServiceNames.isOfS6Rc(plain);
    String name = free(isOfOthers ? "svc-" + plain : ServiceNames.isPlain(plain) ? plain : "_" + plain);
    if (!name.equals(wanted)) {
      findings.note(place, what, "'" + wanted + "' is called " + name + ", since "
          + (isOfOthers ? "s6-overlay or the image has that name itself" : plain.equals(wanted) && ServiceNames.isPlain(plain)
              ? "another service or bundle has that name" : "s6-rc and the shell would not take that name as it is"));
    }
    return name;
  }

  /** The name, or where that is taken the next with a number behind it. */
  String free(String wanted) {
    String name = wanted;
    for (int number = 2; !taken.add(name); number++) {
      name = wanted + "-" + number;
    }
    return name;
  }
}

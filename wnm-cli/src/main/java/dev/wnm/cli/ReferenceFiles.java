package dev.wnm.cli;

import dev.wnm.core.config.Completions;
import dev.wnm.core.config.ManPage;
import dev.wnm.core.config.OptionRegistry;
import dev.wnm.core.config.ServiceKind;
import dev.wnm.core.service.ServiceOrder;
import dev.wnm.core.service.SystemdUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Run by the build: writes the manual page, the completions of shells, and the unit of the Debian package. */
final class ReferenceFiles {
  private ReferenceFiles() {}

  /** @param words the folder that gets {@code man/man1/wnm.1} and so on, the version, and its time */
  public static void main(String[] words) throws IOException {
    Path folder = Path.of(words[0]);
    OptionRegistry registry = OptionRegistry.ofClassPath();
    write(folder.resolve("man/man1/wnm.1"), ManPage.render(registry, words[1], words[2].substring(0, "2026-11-21".length())));
    write(folder.resolve("bash-completion/completions/wnm"), Completions.bash(registry));
    write(folder.resolve("zsh/site-functions/_wnm"), Completions.zsh(registry));
    write(folder.resolve("fish/vendor_completions.d/wnm.fish"), Completions.fish(registry));
    // Of whoever starts it nothing is known: it may need sudo.
    ServiceOrder ofAnyAccount = new ServiceOrder("wnm", List.of("/usr/bin/wnm"), Map.of(), Optional.empty(), List.of(),
        Path.of("/var/log/wnm.log"), "%i", false, true, List.of());
    write(folder.resolve("systemd/system/wnm@.service"), "# wnm for an account: systemctl enable --now wnm@ACCOUNT\n"
        + SystemdUnit.service(ofAnyAccount, ServiceKind.SERVICE, false).lines().skip(1).map(line -> line + "\n").reduce("", String::concat));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }
}

package dev.wnm.core.config;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The page and the API beside {@code --watch}. */
interface ServeOptions {
  /** Where the page is when nothing else is said. */
  String USUAL_ADDRESS = "127.0.0.1:8420";

  Option<String> SERVE = Option.text("serve", ValueType.text("ADDR:PORT", "an IP address and a port such as " + USUAL_ADDRESS
          + ", or a port, which is on 127.0.0.1", text -> text.matches("(([0-9.]+|\\[[0-9a-fA-F:.]+]):)?[0-9]{1,5}")))
      .commonWord().bare(USUAL_ADDRESS).scope(Scope.RUN).heededBy(modes())
      .help("With --watch: serve the page, its API and /metrics there, at " + USUAL_ADDRESS + " when no address follows; docs/web.md tells more.");
  Option<Path> TOKEN_FILE = Option.path("token_file").initially("wnm-tokens beside the database", d -> d.database().resolveSibling("wnm-tokens"))
      .scope(Scope.RUN).heededBy(modes())
      .help("With --serve: the file with the tokens of those who may give orders; made with one in it where there is none.");
  Option<String> SERVE_NAMES = Option.text("serve_names", ValueType.text("NAMES", "host names separated by commas",
          names -> names.matches("[A-Za-z0-9.-]+(,[A-Za-z0-9.-]+)*"))).scope(Scope.RUN).heededBy(modes())
      .help("With --serve: under which names the page may be called, beside localhost and IP addresses.");
  Option<Path> SERVE_CERTIFICATE = Option.path("serve_certificate").scope(Scope.RUN).heededBy(modes())
      .help("With --serve: the certificate for HTTPS and those of who signed it, as PEM.");
  Option<Path> SERVE_KEY = Option.path("serve_key").scope(Scope.RUN).heededBy(modes())
      .help("With --serve_certificate: its private key, as PEM (PKCS 8, without a passphrase).");
  Option<Boolean> SERVE_PLAIN = Option.flag("serve_plain").scope(Scope.RUN).heededBy(modes())
      .help("With --serve at another address than 127.0.0.1: without HTTPS, such as behind a proxy that has it. A token is needed for reading, too.");

  OptionGroup PAGE = new OptionGroup("The page and its API", List.of(SERVE, TOKEN_FILE, SERVE_NAMES, SERVE_CERTIFICATE, SERVE_KEY, SERVE_PLAIN));

  private static Set<RunMode> modes() {
    return EnumSet.of(RunMode.WATCH, RunMode.INSTALL_SERVICE);
  }
}

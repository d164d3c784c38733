package dev.wnm.testkit.companion;

import dev.wnm.testkit.StandInScript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Five daemons that belong together: consul, consul-template, caddy, nomad, and a loop that restarts caddy every 12 hours. A real one
 * takes the place of its stand-in where a variable names it, such as {@code WNM_CADDY} or {@code WNM_CONSUL_TEMPLATE}; Consul and
 * Nomad are not open source any more, so these two are always stand-ins.
 */
public final class FiveDaemons {
  /** Those that are programs; the loop is a command of the configuration. */
  public static final List<String> PROGRAMS = List.of("consul", "consul-template", "caddy", "nomad");

  private static final List<String> MAY_BE_REAL = List.of("consul-template", "caddy");
  private static final StandInScript SCRIPT = new StandInScript(FiveDaemons.class, "daemons", "STANDIN_");

  private FiveDaemons() {}

  /**
   * Puts what the five need into the root of a system: the programs into {@code /usr/local/bin}, a template of caddy's configuration
   * into {@code /etc/caddy}.
   */
  public static void installInto(Path root) throws IOException {
    Path programs = Files.createDirectories(root.resolve("usr/local/bin"));
    for (String name : PROGRAMS) {
      Optional<Path> real = real(name);
      if (real.isPresent()) {
        Files.copy(real.get(), programs.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(programs.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
      } else {
        Files.move(SCRIPT.installInto(programs, Map.of()), programs.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.writeString(Files.createDirectories(root.resolve("etc/caddy")).resolve("Caddyfile.tpl"), text("Caddyfile.tpl"));
  }

  /** The real program of this name, if a variable names one. */
  public static Optional<Path> real(String name) {
    String variable = "WNM_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    return Optional.of(name).filter(MAY_BE_REAL::contains).map(each -> System.getenv(variable)).filter(value -> !value.isBlank())
        .map(Path::of);
  }

  /** A supervisord.conf of the five. @param data a folder of the container for what consul keeps and for logs */
  public static String supervisordConf(String data) throws IOException {
    return text("supervisord.conf").replace("@DATA@", data);
  }

  /** What consul finds of an earlier life in its folder, when that has a file {@code kv} with this in it. */
  public static String kept(String key, String value) {
    StringBuilder hex = new StringBuilder(key).append('=');
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      hex.append(String.format("%02x", each));
    }
    return hex.append('\n').toString();
  }

  private static String text(String name) throws IOException {
    try (InputStream in = FiveDaemons.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

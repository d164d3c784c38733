package dev.wnm.testkit.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * How an image is made.
 *
 * @param name what it is called; lower-case letters, digits and dashes
 * @param packages Debian packages that are installed beyond the smallest system
 * @param setup a shell script that is run in it as root once they are installed, any failing line of which ends the build
 * @param command what a container of it runs when it is told nothing else
 */
public record ImageRecipe(String name, List<String> packages, String setup, List<String> command) {
  /** An account without any rights whose services run from boot on (linger), as those of an operator's nodes do. */
  public static final String OPERATOR = "operator";

  private static final int HASH_CHARS = 12;

  public ImageRecipe {
    packages = List.copyOf(packages);
    command = List.copyOf(command);
    if (!name.matches("[a-z0-9-]+") || command.isEmpty()) {
      throw new IllegalArgumentException(
          "an image needs a name of a-z, 0-9 and -, and a command, not " + name + " " + command);
    }
  }

  /** A machine as operators have it: systemd as process 1, the accounts {@code ant} and {@link #OPERATOR}, an idle ufw. */
  public static ImageRecipe systemdHost() {
    return read("systemd-host");
  }

  /**
   * What the image of s6overlay is built on, without a registry: the same packages, an {@code ant} account, and in place of
   * s6-overlay's tarballs Debian's s6 and execline with {@code /command} and an {@code /init} that goes through the same
   * stages. What wnm puts into its image is not in it.
   */
  public static ImageRecipe s6Base() {
    return read("s6-base");
  }

  /** The smallest image that one container per node needs: a Debian, in which the stand-in finds Perl, and the relay. */
  public static ImageRecipe nodeHost() {
    return read("node-host");
  }

  /** A Debian with Java and cron on which a Debian package is installed; no systemd, and the account {@link #OPERATOR}. */
  public static ImageRecipe debHost() {
    return read("deb-host");
  }

  /** One of those that prepare-machine finds as well, in the folder {@code images}. */
  private static ImageRecipe read(String name) {
    return new ImageRecipe(name, resource("images/" + name + "/packages").lines().toList(),
        resource("images/" + name + "/setup"), resource("images/" + name + "/command").lines().toList());
  }

  static String resource(String name) {
    try (InputStream in = ImageRecipe.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " of the test kit", e);
    }
  }

  /** Writes it for {@code image-archive}, into a new folder of its name in this one, which is returned. */
  Path writeInto(Path folder) throws IOException {
    Path recipe = Files.createDirectory(folder.resolve(name));
    Files.writeString(recipe.resolve("packages"), String.join("\n", packages) + "\n");
    Files.writeString(recipe.resolve("setup"), setup);
    Files.writeString(recipe.resolve("command"), String.join("\n", command) + "\n");
    return recipe;
  }

  /**
   * The image's name and a tag that differs as soon as anything of the recipe, or the system's release, does. The script
   * {@code image-archive} gives the same one.
   */
  String tag(String suite) {
    String all = String.join("\0", suite, String.join("\n", packages), setup, String.join("\n", command));
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return "wnm-test/" + name + ":" + suite + "-" + HexFormat.of().formatHex(hash).substring(0, HASH_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }
}

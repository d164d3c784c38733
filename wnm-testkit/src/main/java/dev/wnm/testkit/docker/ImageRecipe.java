package dev.wnm.testkit.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    return new ImageRecipe("systemd-host",
        List.of("systemd", "systemd-sysv", "dbus", "dbus-user-session", "libpam-systemd", "procps", "iproute2", "sudo",
            "ufw", "iptables"),
        // Debian has a group called operator. Timers that fetch packages have no place in a test. Each container makes a
        // machine id of its own when the file is empty. A boot must not empty /tmp, which may be the host's.
        """
        useradd --system --user-group --create-home --shell /usr/sbin/nologin ant
        useradd --gid operator --create-home --shell /bin/bash operator
        mkdir -p /var/lib/systemd/linger
        touch /var/lib/systemd/linger/operator
        for timer in apt-daily apt-daily-upgrade dpkg-db-backup; do
          ln -s /dev/null /etc/systemd/system/$timer.timer
        done
        mkdir -p /etc/tmpfiles.d
        ln -s /dev/null /etc/tmpfiles.d/tmp.conf
        : > /etc/machine-id
        """,
        // Docker mounts control groups read-only, each controller's on its own where the kernel has version 1; without them
        // systemd limits nothing.
        List.of("/bin/sh", "-c", "mount -o remount,rw /sys/fs/cgroup; for folder in /sys/fs/cgroup/*; do"
            + " mountpoint -q \"$folder\" && mount -o remount,rw,bind \"$folder\"; done; exec /sbin/init"));
  }

  /**
   * What the image of s6overlay is built on, without a registry: the same packages, an {@code ant} account, and in place of
   * s6-overlay's tarballs Debian's s6 and execline with {@code /command} and an {@code /init} that goes through the same
   * stages. What wnm puts into its image is not in it.
   */
  public static ImageRecipe s6Base() {
    return new ImageRecipe("s6-base",
        List.of("s6", "execline", "haproxy", "curl", "ca-certificates", "procps", "iputils-ping", "iproute2", "xz-utils"),
        """
        useradd --create-home --shell /usr/sbin/nologin ant
        mkdir -p /command
        ln -s /usr/bin/s6-* /usr/bin/execlineb /usr/lib/execline/bin/* /command/ 2>/dev/null || true
        cat >/command/with-contenv <<'END'
        #!/bin/sh
        exec /command/s6-envdir -fn -- /run/s6/container_environment "$@"
        END
        cat >/init <<'END_OF_INIT'
        """ + resource("s6-init") + """
        END_OF_INIT
        chmod 755 /init /command/with-contenv
        ln -s /init /command/s6-rc
        """,
        List.of("/init", "sleep", "infinity"));
  }

  /** The smallest image that one container per node needs: a Debian, in which the stand-in finds Perl, and the relay. */
  public static ImageRecipe nodeHost() {
    return new ImageRecipe("node-host", List.of("haproxy", "hostname"), "true", List.of("/bin/false"));
  }

  private static String resource(String name) {
    try (InputStream in = ImageRecipe.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " of the test kit", e);
    }
  }

  /** The image's name and a tag that differs as soon as anything of the recipe, or the system's release, does. */
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

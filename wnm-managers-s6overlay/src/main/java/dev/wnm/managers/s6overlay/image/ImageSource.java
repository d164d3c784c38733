package dev.wnm.managers.s6overlay.image;

import dev.wnm.managers.s6overlay.output.OutputFolder;
import dev.wnm.spi.config.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** What the image of s6overlay is built from. Immutable. */
public final class ImageSource {
  private static final String ANTNODE_MARK = "@ANTNODE@\n";
  private static final String SERVICES = "etc/s6-overlay/s6-rc.d/";
  private static final String FILES_MARK = "@FILES@\n";

  /** An empty file stands for "none": a COPY cannot be left out by an argument. */
  private static final String NO_ANTNODE = "no-antnode";
  private static final String COPY_ANTNODE = """
      # A file of this folder that is to be the node's program. The empty one that is there has it fetched by antup.
      ARG ANTNODE=no-antnode
      COPY --chown=1000:1000 ${ANTNODE} /home/ant/.local/bin/antnode

      """;
  private static final String COPY_FILES = "COPY rootfs/ /\n";
  /** A tree that s6-rc cannot compile would keep the container from booting: better no image than that. */
  private static final String COPY_COMPANIONS = """
      COPY --chown=root:root companions/ /etc/s6-overlay/
      RUN set -eu; \\
          /command/s6-rc-compile /tmp/db /etc/s6-overlay/s6-rc.d /etc/s6-overlay/user-bundles.d \\
            /package/admin/s6-overlay/etc/s6-rc/sources; \\
          rm -rf /tmp/db
      """;

  private final List<RootFile> files = RootFile.all();
  private final String template = RootFile.resource("Dockerfile");

  /** Services that the image has itself; no others can have their names. */
  public static Set<String> ownServices() {
    return RootFile.all().stream().map(RootFile::path).filter(path -> path.startsWith(SERVICES))
        .map(path -> path.substring(SERVICES.length()).split("/")[0]).collect(Collectors.toSet());
  }

  /** A recipe that needs no other file: {@code wnm --dockerfile | docker build -}. The node's program comes by antup. */
  public String dockerfile() {
    return template.replace(ANTNODE_MARK, "").replace(FILES_MARK, embedded());
  }

  /**
   * Writes a recipe and its files, whole or not at all; they are readable there, and a node's program may be put beside.
   *
   * @param folder to be made; may be there when it is empty
   * @throws BadInputException when it is not
   */
  public void writeTo(Path folder) throws IOException {
    writeTo(folder, Optional.empty());
  }

  /**
   * The same with services that run beside the nodes.
   *
   * @param companions a folder with {@code s6-rc.d} and {@code user-bundles.d}, as for {@code /etc/s6-overlay}
   * @throws BadInputException when it holds something else, or a service of the image's own
   */
  public void writeTo(Path folder, Optional<Path> companions) throws IOException {
    OutputFolder output = new OutputFolder();
    String copies = COPY_FILES;
    if (companions.isPresent()) {
      List<String> packages = new Companions(companions.get(), ownServices()).addTo(output);
      copies = install(packages) + copies + COPY_COMPANIONS;
    }
    output.file("Dockerfile", template.replace(ANTNODE_MARK, COPY_ANTNODE).replace(FILES_MARK, copies));
    output.file(NO_ANTNODE, "");
    files.forEach(file -> file.addTo(output, "rootfs/"));
    output.writeTo(folder);
  }

  /** A layer of its own before the files, which change more often. */
  private static String install(List<String> packages) {
    return packages.isEmpty() ? "" : """
        # What companions need.
        # hadolint ignore=DL3008
        RUN set -eu; \\
            apt-get update; \\
            apt-get install --yes --no-install-recommends PACKAGES; \\
            rm -rf /var/lib/apt/lists/* /var/cache/apt/*
        """.replace("PACKAGES", String.join(" ", packages));
  }

  /** Adds what looks after services beside the nodes, for images that are not made here: what is to be copied to their root. */
  public static void addCompanionLibrary(OutputFolder tree) {
    RootFile.all().stream().filter(file -> file.path().contains("/wnm-companions")).forEach(file -> file.addTo(tree, ""));
  }

  /**
   * In base64, since builders differ in what they make of quotes, dollars and here-documents; compressed, since the shell gets all of
   * it as one word, and the kernel takes none above 128 KiB.
   */
  private String embedded() {
    StringBuilder lines = new StringBuilder("""
        # The files of rootfs/ in the folder that wnm --dockerfile --output_dir DIR writes, where they can be read.
        # hadolint ignore=DL4006
        RUN set -eu; \\
            put() { mkdir -p "${2%/*}"; printf %s "$3" | base64 -d | gunzip >"$2"; chmod "$1" "$2"; }; \\
        """);
    for (RootFile file : files) {
      String text = Base64.getEncoder().encodeToString(compressed(file.text()));
      lines.append("    put ").append(file.mode()).append(" /").append(file.path())
          .append(" '").append(text).append("'; \\\n");
    }
    return lines.append("    sh -n /usr/local/bin/wnm-nodes\n").toString();
  }

  private static byte[] compressed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }
}

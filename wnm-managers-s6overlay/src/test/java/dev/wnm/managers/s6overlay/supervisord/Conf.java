package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A supervisord.conf under test and what it is converted into. */
record Conf(Path folder) {
  Path file() {
    return folder.resolve("supervisord.conf");
  }

  Path output() {
    return folder.resolve("tree");
  }

  Conf write(String text) throws IOException {
    Files.writeString(file(), text);
    return this;
  }

  Conversion read() {
    return Conversion.of(file(), Map.of("HOSTNAME", "box", "PORT", "8080"), Wishes.NONE);
  }

  /** Converts and writes. */
  Conf convert(String text) throws IOException {
    return convert(text, "", "");
  }

  Conf convert(String text, String depends, String ready) throws IOException {
    return convert(text, Wishes.NONE.with(Wish.DEPENDS, depends).with(Wish.READY, ready));
  }

  Conf convert(String text, Wishes wishes) throws IOException {
    write(text);
    Conversion.of(file(), Map.of("HOSTNAME", "box", "PORT", "8080"), wishes).writeTo(output());
    return this;
  }

  /** A file of a service. */
  String text(String service, String name) throws IOException {
    return Files.readString(path(service, name));
  }

  Path path(String service, String name) {
    return output().resolve("s6-rc.d").resolve(service).resolve(name);
  }

  boolean depends(String later, String earlier) {
    return Files.exists(path(later, "dependencies.d/" + earlier));
  }

  boolean atBoot(String name) {
    return Files.exists(output().resolve("user-bundles.d/user/contents.d").resolve(name));
  }
}

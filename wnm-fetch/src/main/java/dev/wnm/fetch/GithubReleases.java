package dev.wnm.fetch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.wnm.core.model.WantedRelease;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.ReleaseSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What GitHub tells of a program's releases. */
final class GithubReleases {
  static final URI API = URI.create("https://api.github.com/");
  private static final String NEWEST_HUNDRED = "?per_page=100";
  /** A hundred releases with their notes are some megabytes. */
  private static final int MOST_BYTES = 32 << 20;

  private final URI api;
  private final ReleaseSource source;
  private final Downloads downloads;

  GithubReleases(URI api, ReleaseSource source, Downloads downloads) {
    this.api = api;
    this.source = source;
    this.downloads = downloads;
  }

  /** What an operator downloads by hand from. */
  static String page(ReleaseSource source) {
    return "https://github.com/" + source.repository() + "/releases";
  }

  /**
   * The release that is wanted.
   *
   * @param archive the name of the archive that it must have
   * @throws DownloadException when it cannot be asked for
   * @throws FetchException when there is none with this archive and a signature
   */
  PublishedRelease find(WantedRelease wanted, String archive) throws IOException {
    return wanted instanceof WantedRelease.Exactly exactly ? ofVersion(exactly.version(), archive) : newest(archive);
  }

  private PublishedRelease newest(String archive) throws IOException {
    URI address = api.resolve("repos/" + source.repository() + "/releases" + NEWEST_HUNDRED);
    JsonElement answer = read(address);
    Stream<JsonElement> releases = answer instanceof JsonArray all ? StreamSupport.stream(all.spliterator(), false) : Stream.of();
    // As the program itself chooses: by its version alone, and of those only that have both files.
    return releases.flatMap(release -> release(release, archive).stream()).filter(release -> !release.isPreRelease())
        .max(Comparator.comparing(PublishedRelease::version))
        .orElseThrow(() -> new FetchException(address + " names no release that has " + archive + " with its signature"));
  }

  private PublishedRelease ofVersion(Version version, String archive) throws IOException {
    URI address = api.resolve("repos/" + source.repository() + "/releases/tags/v" + version);
    try {
      return release(read(address), archive).filter(release -> release.version().equals(version))
          .orElseThrow(() -> new FetchException("release " + version + " of " + source.repository() + " has no " + archive
              + " with its signature"));
    } catch (DownloadException e) {
      throw e.isNotFound() ? FetchException.forGood(source.repository() + " has no release " + version + " (" + page(source) + " lists them)") : e;
    }
  }

  private JsonElement read(URI address) throws IOException {
    try {
      return JsonParser.parseString(new String(downloads.read(address, MOST_BYTES), StandardCharsets.UTF_8));
    } catch (JsonParseException e) {
      throw new FetchException(address + " answers with something that is no list of releases", e);
    }
  }

  /** Empty for what is no release, or lacks a file. */
  private static Optional<PublishedRelease> release(JsonElement answer, String archive) {
    if (!(answer instanceof JsonObject release)) {
      return Optional.empty();
    }
    Map<String, JsonObject> assets = release.get("assets") instanceof JsonArray all
        ? StreamSupport.stream(all.spliterator(), false).filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
            .collect(Collectors.toMap(asset -> text(asset, "name").orElse(""), asset -> asset, (first, second) -> first))
        : Map.of();
    return text(release, "tag_name").flatMap(Version::parse).flatMap(version ->
        address(assets, archive).flatMap(file -> address(assets, archive + ".sig").map(signature ->
            new PublishedRelease(version, file, signature, text(assets.get(archive), "digest")))));
  }

  private static Optional<URI> address(Map<String, JsonObject> assets, String name) {
    return Optional.ofNullable(assets.get(name)).flatMap(asset -> text(asset, "browser_download_url")).flatMap(text -> {
      try {
        return Optional.of(URI.create(text));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    });
  }

  private static Optional<String> text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value != null && value.isJsonPrimitive() ? Optional.of(value.getAsString()) : Optional.empty();
  }
}

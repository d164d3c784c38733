package dev.wnm.fleet.ssh;

import dev.wnm.fleet.json.JsonOut;
import dev.wnm.fleet.json.JsonPart;
import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.transport.ConflictException;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.Kept;
import dev.wnm.fleet.transport.PrivateFolder;
import dev.wnm.fleet.transport.Records;
import dev.wnm.spi.internal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Texts in files of one folder, changed under a lock of that folder's: for operators who share it, and for none elsewhere. */
final class FileRecords implements Records {
  private static final String ENDING = ".json";
  private static final String ALL = "all";
  private static final int LONGEST = 4 << 20;
  private static final String KEY = "[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*";

  private final PrivateFolder folder;

  FileRecords(Path path) throws IOException {
    folder = PrivateFolder.at(path);
  }

  private <T> T locked(String what, PrivateFolder.Work<T> work) throws FleetException {
    if (!what.matches(KEY)) {
      throw new FleetException("'" + what + "' is no key");
    }
    try {
      return folder.alone(work);
    } catch (IOException e) {
      throw new FleetException(folder.path() + " cannot be used: " + Reason.of(e), e);
    }
  }

  @Override
  public Optional<Kept> read(String key) throws FleetException {
    return locked(key, () -> get(key));
  }

  private Optional<Kept> get(String key) throws FleetException, IOException {
    Optional<String> text = folder.read(key + ENDING);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonPart json = JsonPart.parse(folder.file(key + ENDING).toString(), text.get(), LONGEST);
      return Optional.of(new Kept(json.optionalText("text").orElse(""), json.number("revision")));
    } catch (UnreadableException wrong) {
      throw new FleetException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  @Override
  public long write(String key, String text, long expected) throws FleetException {
    return locked(key, () -> {
      require(key, expected);
      long revision = nextRevision();
      folder.write(key + ENDING, new JsonOut().put("revision", revision).put("text", text).toString());
      return revision;
    });
  }

  /** Of all keys together, so that one that was deleted and made anew has none of its earlier ones. */
  private long nextRevision() throws IOException {
    long next = folder.read("revision").map(text -> Long.parseLong(text.strip())).orElse(0L) + 1;
    folder.write("revision", next + "\n");
    return next;
  }

  @Override
  public void delete(String key, long expected) throws FleetException {
    locked(key, () -> {
      require(key, expected);
      return Files.deleteIfExists(folder.file(key + ENDING));
    });
  }

  private void require(String key, long expected) throws FleetException, IOException {
    if (get(key).map(Kept::revision).orElse(Kept.NONE) != expected) {
      throw new ConflictException(key);
    }
  }

  @Override
  public SortedMap<String, Kept> all(String beginning) throws FleetException {
    return locked(ALL, () -> {
      SortedMap<String, Kept> all = new TreeMap<>();
      for (String key : keys(beginning)) {
        get(key).ifPresent(kept -> all.put(key, kept));
      }
      return all;
    });
  }

  private List<String> keys(String beginning) throws IOException {
    try (Stream<Path> files = Files.list(folder.path())) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(ENDING) && !name.startsWith("."))
          .map(name -> name.substring(0, name.length() - ENDING.length())).filter(key -> key.startsWith(beginning)).toList();
    }
  }
}

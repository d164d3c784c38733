package dev.wnm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether lines begin with the time. Lines of the log do, unless they go to systemd's journal, which adds it. What a run
 * answers on standard output does only where that is a file to which lines are appended, as in cron's
 * {@code >> wnm.log}: whoever reads the answer gets it as it is. The same holds of the sentence that ends a run on standard
 * error.
 *
 * @param log whether lines of the log begin with the time
 * @param answer whether the line that sums a run up does
 * @param refusal whether the sentence that ends a run does
 */
record Stamps(boolean log, boolean answer, boolean refusal) {
  static final Stamps NONE = new Stamps(false, false, false);
  static final Stamps ALL = new Stamps(true, true, true);

  private static final Pattern FLAGS = Pattern.compile("(?m)^flags:\\s*([0-7]+)$");
  private static final int APPEND = 02000;
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx ");

  /** What suits this process's standard output and standard error. @param environment its variables */
  static Stamps ofThisProcess(Map<String, String> environment) {
    String journal = environment.getOrDefault("JOURNAL_STREAM", "");
    return new Stamps(journal.isEmpty() || !journal.equals(deviceAndInode(2)), isAppendedFile(1),
        isAppendedFile(2));
  }

  /** The time and a blank where lines of the log have it, else nothing. */
  String ofLog() {
    return log ? now() : "";
  }

  /** The time and a blank where answers have it, else nothing. */
  String ofAnswer() {
    return answer ? now() : "";
  }

  /** The time and a blank where sentences that end a run have it, else nothing. */
  String ofRefusal() {
    return refusal ? now() : "";
  }

  private static String now() {
    return FORM.format(ZonedDateTime.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** As systemd writes it into JOURNAL_STREAM; empty where descriptors cannot be looked at. */
  private static String deviceAndInode(int descriptor) {
    try {
      Map<String, Object> file = Files.readAttributes(Path.of("/proc/self/fd/" + descriptor), "unix:dev,ino");
      return file.get("dev") + ":" + file.get("ino");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean isAppendedFile(int descriptor) {
    try {
      Matcher flags = FLAGS.matcher(Files.readString(Path.of("/proc/self/fdinfo/" + descriptor)));
      return flags.find() && (Integer.parseInt(flags.group(1), 8) & APPEND) != 0
          && Files.isRegularFile(Path.of("/proc/self/fd/" + descriptor));
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }
}

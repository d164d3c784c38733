package dev.wnm.managers.launchd;

import dev.wnm.spi.manager.NodeSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What launchd knows a node by, as the Python wnm calls it: {@code com.autonomi.antnode-1}, whose property list is
 * {@code com.autonomi.antnode-1.plist}. The node's service is {@code antnode0001.service}; rows that the Python wnm imported
 * have the file's name instead, which stands for the same node.
 *
 * @param number the node's number, 1 or more
 */
record JobLabel(int number) {
  private static final String PREFIX = "com.autonomi.antnode-";
  private static final String SUFFIX = ".plist";
  private static final Pattern TEXT = Pattern.compile("com\\.autonomi\\.antnode-([1-9][0-9]{0,8})");
  private static final Pattern SERVICE = Pattern.compile("(?:antnode0*|com\\.autonomi\\.antnode-)([1-9][0-9]{0,8})"
      + "(?:\\.service|\\.plist)?");

  /** By the node's service; by its id where that has no number. */
  static JobLabel of(NodeSpec node) {
    return parsed(SERVICE, node.service()).orElseGet(() -> new JobLabel(node.id()));
  }

  /** Empty for the label of something else. */
  static Optional<JobLabel> parse(String label) {
    return parsed(TEXT, label);
  }

  /** Empty for a file that is no node's property list. */
  static Optional<JobLabel> ofFile(String fileName) {
    return fileName.endsWith(SUFFIX) ? parse(fileName.substring(0, fileName.length() - SUFFIX.length())) : Optional.empty();
  }

  String fileName() {
    return this + SUFFIX;
  }

  /** What the node's folders are called. */
  String nodeName() {
    return String.format(Locale.ROOT, "antnode%04d", number);
  }

  String service() {
    return nodeName() + ".service";
  }

  @Override
  public String toString() {
    return PREFIX + number;
  }

  private static Optional<JobLabel> parsed(Pattern pattern, String text) {
    return Stream.of(pattern.matcher(text)).filter(Matcher::matches)
        .map(matcher -> new JobLabel(Integer.parseInt(matcher.group(1)))).findFirst();
  }
}

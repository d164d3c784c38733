package dev.wnm.core.probe;

/** Chunks (RFC 9112 §7.1): a size in hex on a line, so many bytes, an empty line; size 0 ends them; trailers are dropped. */
final class ChunkedFraming extends BodyFraming {
  private enum Part {
    SIZE, DATA, DATA_END, TRAILER
  }

  private static final int LINE_LIMIT = 256;

  private final String url;
  private final StringBuilder line = new StringBuilder();
  private Part part = Part.SIZE;
  private int rest;

  ChunkedFraming(String url) {
    this.url = url;
  }

  @Override
  void accept(byte[] bytes, int from, int to, Content content) throws GarbageException {
    int at = from;
    while (at < to && !isComplete()) {
      if (part == Part.DATA) {
        int count = Math.min(rest, to - at);
        content.accept(bytes, at, at + count);
        at += count;
        rest -= count;
        if (rest == 0) {
          part = Part.DATA_END;
        }
      } else {
        acceptLineByte((char) (bytes[at++] & 0xff));
      }
    }
  }

  private void acceptLineByte(char next) throws GarbageException {
    if (next == '\n') {
      String text = line.toString().strip();
      line.setLength(0);
      acceptLine(text);
    } else if (line.length() < LINE_LIMIT) {
      line.append(next);
    } else {
      throw malformed();
    }
  }

  private void acceptLine(String text) throws GarbageException {
    switch (part) {
      case SIZE -> {
        rest = size(text);
        part = rest == 0 ? Part.TRAILER : Part.DATA;
      }
      case DATA_END -> {
        if (!text.isEmpty()) {
          throw malformed();
        }
        part = Part.SIZE;
      }
      default -> {
        if (text.isEmpty()) {
          end();
        }
      }
    }
  }

  private int size(String text) throws GarbageException {
    String digits = text.split(";", 2)[0].strip();
    if (!digits.matches("[0-9a-fA-F]{1,7}")) {
      throw malformed();
    }
    return Integer.parseInt(digits, 16);
  }

  private GarbageException malformed() {
    return new GarbageException(url + " was answered with malformed chunks");
  }
}

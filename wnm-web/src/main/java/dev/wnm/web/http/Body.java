package dev.wnm.web.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The bytes of an answer, kept as nearly all clients take them: compressed where they are many. They are never together in memory as they
 * are, which with thousands of nodes would be megabytes for each document. Safe to be sent to many clients at once.
 */
final class Body {
  /** Fewer are not worth the time. */
  private static final int COMPRESSED_FROM = 1_400;
  /** The server of the JDK keeps a buffer of twice the greatest piece that it was ever given, for each connection. */
  private static final int PIECE_BYTES = 8 << 10;
  /** Enough to tell contents apart. */
  private static final int TAG_CHARACTERS = 12;

  private final byte[] kept;
  private final boolean isCompressed;
  private final int length;
  private final String tag;

  private Body(byte[] kept, boolean isCompressed, int length, String tag) {
    this.kept = kept;
    this.isCompressed = isCompressed;
    this.length = length;
    this.tag = tag;
  }

  /** What is written now, by this. */
  static Body of(Source source) {
    try (Packing packing = new Packing()) {
      source.writeTo(packing);
      return packing.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes all of it, a piece at a time. */
  @FunctionalInterface
  interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Tells this content from any other; in quotes, as HTTP wants it. */
  String tag() {
    return tag;
  }

  /** Whether who takes gzip is sent that. */
  boolean isCompressed() {
    return isCompressed;
  }

  /** How many bytes are sent. @param asKept whether they are sent compressed where they are kept so */
  int length(boolean asKept) {
    return asKept ? kept.length : length;
  }

  /** Sends them. @param asKept whether compressed where they are kept so */
  void writeTo(OutputStream out, boolean asKept) throws IOException {
    if (asKept || !isCompressed) {
      for (int at = 0; at < kept.length; at += PIECE_BYTES) {
        out.write(kept, at, Math.min(PIECE_BYTES, kept.length - at));
      }
    } else {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(kept))) {
        byte[] piece = new byte[PIECE_BYTES];
        for (int count = in.read(piece); count > 0; count = in.read(piece)) {
          out.write(piece, 0, count);
        }
      }
    }
  }

  /** Counts and packs what is written to it. */
  private static final class Packing extends OutputStream {
    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Optional<GZIPOutputStream> gzip = Optional.empty();
    private int length;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] piece, int from, int count) throws IOException {
      digest.update(piece, from, count);
      length += count;
      if (gzip.isEmpty() && length >= COMPRESSED_FROM) {
        byte[] soFar = bytes.toByteArray();
        bytes.reset();
        gzip = Optional.of(new GZIPOutputStream(bytes));
        gzip.get().write(soFar);
      }
      if (gzip.isPresent()) {
        gzip.get().write(piece, from, count);
      } else {
        bytes.write(piece, from, count);
      }
    }

    Body body() throws IOException {
      if (gzip.isPresent()) {
        gzip.get().finish();
      }
      String tag = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()).substring(0, TAG_CHARACTERS);
      return new Body(bytes.toByteArray(), gzip.isPresent(), length, '"' + tag + '"');
    }

    @Override
    public void close() throws IOException {
      if (gzip.isPresent()) {
        gzip.get().close();
      }
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("each Java has SHA-256", e);
      }
    }
  }
}

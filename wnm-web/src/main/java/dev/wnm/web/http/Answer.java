package dev.wnm.web.http;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * What is answered, whole in memory. Safe to be sent to many clients at once: its tag and its compressed form are made once, when first
 * asked for.
 */
public final class Answer {
  /** As JSON. */
  public static final String JSON = "application/json";
  /** A problem as RFC 9457 describes it. */
  public static final String PROBLEM = "application/problem+json";
  /** Smaller ones are not worth the time. */
  private static final int COMPRESSED_FROM = 1_400;
  /** Enough to tell contents apart. */
  private static final int TAG_BYTES = 12;

  private final int status;
  private final String type;
  private final byte[] body;
  private final Map<String, String> headers;
  private final Supplier<String> tag = Once.of(this::reckonTag);
  private final Supplier<byte[]> compressed = Once.of(this::compress);

  private Answer(int status, String type, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.headers = Map.copyOf(headers);
  }

  /** A whole document. @param body is not to be changed afterwards */
  public static Answer of(String type, byte[] body) {
    return new Answer(200, type, body, Map.of());
  }

  /** A text in UTF-8. */
  public static Answer text(String type, String text) {
    return of(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A JSON document. */
  public static Answer json(String json) {
    return text(JSON, AsciiJson.of(json));
  }

  /** What was asked for is begun, and goes on. @param json says what */
  public static Answer accepted(String json) {
    return new Answer(202, JSON, AsciiJson.of(json).getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** Another document is to be asked for. */
  public static Answer elsewhere(String path) {
    return new Answer(303, "text/plain; charset=utf-8", new byte[0], Map.of("Location", path));
  }

  /** Why there is none. @param sentence for a person */
  public static Answer problem(int status, String sentence) {
    JsonObject json = new JsonObject();
    json.addProperty("status", status);
    json.addProperty("title", title(status));
    json.addProperty("detail", sentence);
    return new Answer(status, PROBLEM, AsciiJson.of(json.toString()).getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 421 -> "Misdirected Request";
      case 429 -> "Too Many Requests";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }

  /** The same with a header. */
  public Answer with(String name, String value) {
    Map<String, String> more = new java.util.TreeMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, body, more);
  }

  /** The same with another status. */
  public Answer withStatus(int other) {
    return new Answer(other, type, body, headers);
  }

  /** The status code of HTTP. */
  public int status() {
    return status;
  }

  /** The media type. */
  public String type() {
    return type;
  }

  /** Headers of its own. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The text of its body. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Tells this content from any other; in quotes, as HTTP wants it. */
  public String tag() {
    return tag.get();
  }

  byte[] body() {
    return body;
  }

  /** What is sent to who takes gzip; empty where that is not worth while. */
  Optional<byte[]> compressed() {
    return body.length < COMPRESSED_FROM || type.startsWith("image/") ? Optional.empty() : Optional.of(compressed.get());
  }

  private String reckonTag() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }

  private byte[] compress() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A value that is made when it is first asked for. */
  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> source;
    private Optional<T> value = Optional.empty();

    private Once(Supplier<T> source) {
      this.source = source;
    }

    static <T> Once<T> of(Supplier<T> source) {
      return new Once<>(source);
    }

    @Override
    public synchronized T get() {
      if (value.isEmpty()) {
        value = Optional.of(source.get());
      }
      return value.get();
    }
  }
}

package dev.wnm.web.http;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is answered, whole in memory. Safe to be sent to many clients at once. */
public final class Answer {
  /** As JSON. */
  public static final String JSON = "application/json";
  /** A problem as RFC 9457 describes it. */
  public static final String PROBLEM = "application/problem+json";

  private final int status;
  private final String type;
  private final Body body;
  private final Map<String, String> headers;

  private Answer(int status, String type, Body body, Map<String, String> headers) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.headers = Map.copyOf(headers);
  }

  /** Writes a document, a piece at a time. */
  @FunctionalInterface
  public interface Bytes {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a text, a piece at a time. */
  @FunctionalInterface
  public interface Text {
    void writeTo(Writer out) throws IOException;
  }

  /** A whole document. */
  public static Answer of(String type, byte[] document) {
    return of(type, out -> out.write(document));
  }

  /** A document that is written now. */
  public static Answer of(String type, Bytes document) {
    return new Answer(200, type, Body.of(document::writeTo), Map.of());
  }

  /** A text in UTF-8. */
  public static Answer text(String type, String text) {
    return of(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A JSON document. */
  public static Answer json(String json) {
    return written(out -> out.write(json));
  }

  /** A JSON document that is written now. */
  public static Answer written(Text json) {
    return json(200, JSON, json);
  }

  private static Answer json(int status, String type, Text json) {
    return new Answer(status, type, Body.of(out -> {
      Writer writer = new AsciiJson(out);
      json.writeTo(writer);
      writer.flush();
    }), Map.of());
  }

  /** What was asked for is begun, and goes on. @param json says what */
  public static Answer accepted(String json) {
    return json(202, JSON, out -> out.write(json));
  }

  /** Another document is to be asked for. */
  public static Answer elsewhere(String path) {
    return new Answer(303, "text/plain; charset=utf-8", Body.of(out -> {}), Map.of("Location", path));
  }

  /** Why there is none. @param sentence for a person */
  public static Answer problem(int status, String sentence) {
    JsonObject json = new JsonObject();
    json.addProperty("status", status);
    json.addProperty("title", title(status));
    json.addProperty("detail", sentence);
    return json(status, PROBLEM, out -> out.write(json.toString()));
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      body.writeTo(bytes, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  Body body() {
    return body;
  }
}

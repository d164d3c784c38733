package dev.wnm.cli.packaged;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A real InfluxDB (Debian's package {@code influxdb}) with its files in one folder, on ports that were free. */
final class InfluxServer implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private InfluxServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** @param folder an empty one */
  static InfluxServer start(Path folder) throws IOException {
    int port = FreePorts.next();
    Path log = folder.resolve("influxd.log");
    Path configuration = Files.writeString(folder.resolve("influxdb.conf"), """
        reporting-disabled = true
        bind-address = "127.0.0.1:%2$d"
        [meta]
          dir = "%1$s/meta"
        [data]
          dir = "%1$s/data"
          wal-dir = "%1$s/wal"
        [monitor]
          store-enabled = false
        [http]
          bind-address = "127.0.0.1:%3$d"
        """.formatted(folder, FreePorts.next(), port));
    Process process = new ProcessBuilder("influxd", "run", "-config", configuration.toString())
        .redirectErrorStream(true).redirectOutput(log.toFile()).start();
    InfluxServer server = new InfluxServer(process, port);
    try {
      Eventually.eventually("influxd answers; it says " + log, server::isUp);
    } catch (AssertionError silent) {
      server.close();
      throw new AssertionError(silent.getMessage() + "\n" + Files.readString(log), silent);
    }
    return server;
  }

  private boolean isUp() {
    try {
      return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ping"))).statusCode() == 204;
    } catch (IOException e) {
      return false;
    }
  }

  void createDatabase(String name) throws IOException {
    query("", "CREATE DATABASE " + name);
  }

  /** Writes lines as telegraf does. @return empty when all were taken, else what the server says */
  String write(String database, String lines) throws IOException {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + port + "/write?precision=ns&db=" + database))
        .POST(HttpRequest.BodyPublishers.ofString(lines + "\n")));
    return answer.statusCode() == 204 ? "" : answer.statusCode() + " " + answer.body();
  }

  /** The types of a measurement's fields, by name. */
  Map<String, String> fieldTypes(String database, String measurement) throws IOException {
    Map<String, String> types = new TreeMap<>();
    rows(database, "SHOW FIELD KEYS FROM " + measurement)
        .forEach(row -> types.put(row.get("fieldKey").getAsString(), row.get("fieldType").getAsString()));
    return types;
  }

  /** The rows that a query yields, each by column. */
  List<Map<String, JsonElement>> rows(String database, String query) throws IOException {
    JsonObject result = query(database, query).getAsJsonArray("results").get(0).getAsJsonObject();
    List<Map<String, JsonElement>> rows = new ArrayList<>();
    for (JsonElement series : result.has("series") ? result.getAsJsonArray("series") : new JsonArray()) {
      JsonArray columns = series.getAsJsonObject().getAsJsonArray("columns");
      for (JsonElement values : series.getAsJsonObject().getAsJsonArray("values")) {
        Map<String, JsonElement> row = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
          row.put(columns.get(i).getAsString(), values.getAsJsonArray().get(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private JsonObject query(String database, String query) throws IOException {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/query?db=" + database + "&q="
        + URLEncoder.encode(query, StandardCharsets.UTF_8))).POST(HttpRequest.BodyPublishers.noBody()));
    if (answer.statusCode() != 200 || answer.body().contains("\"error\"")) {
      throw new AssertionError(query + ": " + answer.statusCode() + " " + answer.body());
    }
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

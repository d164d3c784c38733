package dev.wnm.managers.antctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusDocumentTest {
  @Test
  void aListingOfTodaysAntctlIsReadWhole() throws Exception {
    List<Entry> entries = StatusDocument.parse(sample());

    assertThat(entries).hasSizeGreaterThan(1);
    Entry first = entries.get(0);
    assertThat(first.service()).isEqualTo("antnode1");
    assertThat(first.number()).hasValue(1);
    assertThat(first.status()).isEqualTo("Running");
    assertThat(first.nodePort()).hasValue(55001);
    assertThat(first.metricsPort()).hasValue(13001);
    assertThat(first.rpcPort()).isPresent();
    assertThat(first.dataDir()).isEqualTo(Path.of("/home/ada/.local/share/autonomi/node/antnode1"));
    assertThat(first.logDir()).isEqualTo(Path.of("/home/ada/.local/share/autonomi/node/antnode1/logs"));
    assertThat(first.binary()).isEqualTo(Path.of("/home/ada/.local/share/autonomi/node/antnode1/antnode"));
    assertThat(first.network()).contains("evm-arbitrum-one");
    assertThat(first.peerId()).startsWith("12D3KooW");
    assertThat(first.version()).isPresent();
    assertThat(first.wallet()).startsWith("0x");
  }

  @Test
  void nothingAtAllIsAClusterWithoutNodes() throws Exception {
    assertThat(StatusDocument.parse("")).isEmpty();
    assertThat(StatusDocument.parse(" \n")).isEmpty();
    assertThat(StatusDocument.parse("{\"nodes\": [], \"daemon\": null}")).isEmpty();
  }

  @Test
  void linesOfALogAroundTheDocumentAreNotLookedAt() throws Exception {
    String log = "[2024-05-01T10:00:00Z INFO antctl] Options { debug: true }\n{ not JSON\n";
    assertThat(StatusDocument.parse(log + sample() + "\n{\"nodes\": 3}\n[DEBUG] done }\n")).isEqualTo(StatusDocument.parse(sample()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"nodes\": [", "{\"nodes\": [{\"service_name\": \"antnode1\"", "no nodes today", "[]", "null",
      "{\"nodes\": 7}", "{\"nodes\": [7]}", "{}"})
  void whatIsNoWholeListingIsNeverTakenForAnEmptyOne(String text) {
    assertThatThrownBy(() -> StatusDocument.parse(text)).isInstanceOf(OperationFailedException.class)
        .hasMessageStartingWith("not a listing of antctl: ");
  }

  @Test
  void aListingCutOffAnywhereIsNeverTakenForAShorterOne() throws Exception {
    String whole = sample().strip();
    for (int length = 1; length < whole.length(); length += 97) {
      String cut = whole.substring(0, length);
      assertThatThrownBy(() -> StatusDocument.parse(cut)).as("cut after %d", length).isInstanceOf(OperationFailedException.class);
    }
  }

  @Test
  void olderSchemasAndMissingAndFurtherFieldsAreRead() throws Exception {
    Entry entry = only("""
        {"faucet": null, "nodes": [{"service_name": "antnode12", "status": "Stopped", "data_dir_path": "/d/antnode12",
          "upnp": true, "home_network": false, "peers_args": {}, "node_port": null, "rpc_socket_addr": "127.0.0.1:30012",
          "brand_new": {"deep": [1]}}]}""");

    assertThat(entry.number()).hasValue(12);
    assertThat(entry.rpcPort()).hasValue(30012);
    assertThat(entry.nodePort()).isEmpty();
    assertThat(entry.metricsPort()).isEmpty();
    assertThat(entry.logDir()).isEqualTo(Path.of("/d/antnode12/logs"));
    assertThat(entry.binary()).isEqualTo(Path.of("/d/antnode12/antnode"));
    assertThat(entry.peerId()).isEmpty();
    assertThat(entry.version()).isEmpty();
    assertThat(entry.network()).isEmpty();
  }

  @Test
  void networksAreTextsOrObjectsAndUnknownOnesAreKeptAsTheyAre() throws Exception {
    assertThat(network("\"ArbitrumSepoliaTest\"")).isEqualTo("evm-arbitrum-sepolia-test");
    assertThat(network("\"ArbitrumSepolia\"")).isEqualTo("evm-arbitrum-sepolia-test");
    assertThat(network("{\"Custom\": {\"rpc_url_http\": \"http://localhost:8545\"}}")).isEqualTo("evm-custom");
    assertThat(network("\"Moonbase\"")).isEqualTo("Moonbase");
    assertThat(network("{\"Moonbase\": {}}")).isEqualTo("Moonbase");
    assertThat(network("null")).isEmpty();
  }

  @Test
  void aPreReleaseIsAVersionAndOtherTextIsNone() throws Exception {
    assertThat(only(node("\"version\": \"0.4.18-rc.1\"")).version()).contains(new Version("0.4.18-rc.1"));
    assertThat(only(node("\"version\": \"\"")).version()).isEmpty();
  }

  @Test
  void portsThatAreNoneAreAbsent() throws Exception {
    Entry entry = only(node("\"node_port\": 0, \"metrics_port\": 70000, \"rpc_socket_addr\": \"[::1]:30001\""));
    assertThat(entry.nodePort()).isEmpty();
    assertThat(entry.metricsPort()).isEmpty();
    assertThat(entry.rpcPort()).hasValue(30001);
  }

  @Test
  void fiveHundredNodesAreReadInTheirOrder() throws Exception {
    String nodes = IntStream.rangeClosed(1, 500)
        .mapToObj(i -> "{\"service_name\": \"antnode" + i + "\", \"data_dir_path\": \"/d/antnode" + i + "\"}")
        .collect(Collectors.joining(","));
    List<Entry> entries = StatusDocument.parse("{\"nodes\": [" + nodes + "]}");
    assertThat(entries).hasSize(500);
    assertThat(entries).extracting(entry -> entry.number().orElseThrow())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 500).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"service_name": "safenode1", "data_dir_path": "/d/1", "status": "Running", "safenode_path": "/d/1/safenode"} | entry 2 (safenode1) is a safenode, of the program that came before antctl
      {"node_id": 1, "name": "node1", "status": "running"} | entry 2 (node1) has a node_id and no service_name, as the ant daemon's listing
      {"name": "node1"}                                    | entry 2 (node1) has no service_name
      {"service_name": "antnode2", "status": "Added"}      | entry 2 (antnode2) has no data_dir_path
      {"service_name": "antnode2", "data_dir_path": "/d"}  | entry 2 (antnode2) has no status
      """)
  void anEntryThatAntctlWouldNotHaveWrittenMakesTheListingAnotherPrograms(String entry, String reason) {
    String whole = "{\"service_name\": \"antnode1\", \"data_dir_path\": \"/d/antnode1\", \"status\": \"Added\"}";
    assertThatThrownBy(() -> StatusDocument.listing("{\"nodes\": [" + whole + ", " + entry + "]}"))
        .isInstanceOf(OperationFailedException.class).hasMessage("not a listing of antctl: " + reason);
  }

  @Test
  void allEntriesThatAreNotAntctlsAreNamedAsFarAsThatHelps() {
    String nodes = IntStream.rangeClosed(1, 12).mapToObj(i -> "{\"name\": \"n" + i + "\"}").collect(Collectors.joining(","));
    assertThatThrownBy(() -> StatusDocument.listing("{\"nodes\": [" + nodes + "]}"))
        .hasMessageContaining("entry 1 (n1) has no service_name; entry 2 (n2)").hasMessageEndingWith("; and 2 more");
  }

  @Test
  void aSavedListingWithNothingInItIsNone() throws Exception {
    assertThatThrownBy(() -> StatusDocument.listing(" \n")).hasMessage("not a listing of antctl: it is empty");
    assertThat(StatusDocument.listing("{\"nodes\": []}")).isEmpty();
    assertThat(StatusDocument.listing(sample())).isEqualTo(StatusDocument.parse(sample()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\":", "{\"a\": \"", "{/*", "{#", "  {", "{\"a\": [{},", "{{{{{{{{"})
  void manyLinesThatBeginLikeADocumentTakeNoTimeThatGrowsWithTheirSquare(String line) throws Exception {
    String text = (line + "\n").repeat(200_000);
    FutureTask<List<Entry>> parsing = new FutureTask<>(() -> StatusDocument.parse(text));
    Thread thread = new Thread(parsing, "parsing");
    thread.setDaemon(true);
    thread.start();
    // Its own time, not the clock's, of which a busy machine gives it little.
    while (thread.isAlive()) {
      assertThat(ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId())).as("CPU time used so far")
          .isLessThan(Duration.ofSeconds(60).toNanos());
      thread.join(100);
    }
    assertThatThrownBy(parsing::get).hasCauseInstanceOf(OperationFailedException.class);
  }

  private static String network(String json) throws OperationFailedException {
    return only(node("\"evm_network\": " + json)).network().orElse("");
  }

  private static String node(String fields) {
    return "{\"nodes\": [{\"service_name\": \"antnode1\", \"data_dir_path\": \"/d/antnode1\", " + fields + "}]}";
  }

  private static Entry only(String text) throws OperationFailedException {
    List<Entry> entries = StatusDocument.parse(text);
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private static String sample() throws IOException {
    try (InputStream sample = StatusDocumentTest.class.getResourceAsStream("status-sample.json")) {
      return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

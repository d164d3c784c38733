package dev.wnm.managers.support.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docker inspect} tells of a container. */
class ContainerReaderTest {
  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', value = {
      "{}, false",
      "`{\"PortBindings\": null}`, false",
      "`{\"PortBindings\": {\"55001/udp\": [{\"HostIp\": \"\", \"HostPort\": \"55001\"}]}}`, false",
      "`{\"PortBindings\": {\"55001/udp\": [], \"13001/tcp\": [{\"HostIp\": \"127.0.0.1\", \"HostPort\": \"13001\"}]}}`, true"})
  void itTellsWhetherTcpPortsWereGivenToTheMachine(String hostConfig, boolean expected) {
    List<DockerContainer> read = ContainerReader.read("[{\"Name\": \"/a\", \"Id\": \"1\", \"Image\": \"sha256:1\","
        + " \"Created\": \"2026-11-01T00:00:00Z\", \"State\": {\"Running\": true, \"ExitCode\": 0}, \"Config\": {\"Image\": \"i\"},"
        + " \"NetworkSettings\": {\"Networks\": {}}, \"HostConfig\": " + hostConfig + "}]");

    assertThat(read).singleElement().extracting(DockerContainer::publishesTcp).isEqualTo(expected);
  }
}

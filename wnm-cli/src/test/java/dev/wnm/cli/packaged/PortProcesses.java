package dev.wnm.cli.packaged;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The processes of stand-in nodes whose ports are in one range, wherever their folders are.
 *
 * @param portStart the thousands of their ports
 */
record PortProcesses(int portStart) {
  Stream<ProcessHandle> stream() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().filter(command -> command.endsWith("perl")).isPresent())
        .filter(process -> {
          String port = argument(process, "--port");
          int number = port.isEmpty() ? 0 : Integer.parseInt(port) - portStart * 1_000;
          return number > 0 && number <= TestHost.PORTS; // those above may be of tests that run elsewhere at the same time
        });
  }

  /** When each began, by pid. */
  Map<Long, String> starts() {
    Map<Long, String> starts = new TreeMap<>();
    stream().forEach(process -> starts.put(process.pid(), process.info().startInstant().map(String::valueOf).orElse("")));
    return starts;
  }

  /** The services of the nodes, one entry for each process. */
  List<String> services() {
    return stream().map(process -> Path.of(argument(process, "--root-dir")).getFileName().toString()).sorted().toList();
  }

  private static String argument(ProcessHandle process, String name) {
    List<String> arguments = process.info().arguments().map(Arrays::asList).orElse(List.of());
    int at = arguments.indexOf(name);
    return at >= 0 && at + 1 < arguments.size() ? arguments.get(at + 1) : "";
  }
}

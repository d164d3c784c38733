package dev.wnm.core.host;

import dev.wnm.spi.model.ProcessFacts;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oshi.SystemInfo;
import oshi.software.os.InternetProtocolStats.IPConnection;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/** macOS and other systems, through OSHI: the process alone, since nothing wraps nodes there. */
final class OshiProcessReader implements ProcessReader {
  private final OperatingSystem system = new SystemInfo().getOperatingSystem();
  private Map<Long, Set<Integer>> udpPorts = Map.of();

  @Override
  public ProcessFacts of(long pid) {
    OSProcess process = pid > Integer.MAX_VALUE ? null : system.getProcess((int) pid);
    if (process == null) {
      return ProcessFacts.NONE;
    }
    ProcessFacts facts = ProcessFacts.NONE.withCpu(Duration.ofMillis(process.getKernelTime() + process.getUserTime()))
        .withUp(Duration.ofMillis(process.getUpTime())).withThreads(process.getThreadCount());
    facts = process.getResidentSetSize() > 0 ? facts.withMemoryBytes(process.getResidentSetSize()) : facts;
    // Of another account's process, nobody is told its files, nor which ports are its.
    return process.getOpenFiles() <= 0 ? facts
        : facts.withOpenFiles(Math.toIntExact(process.getOpenFiles())).withUdpPorts(udpPortsOf(pid));
  }

  private Set<Integer> udpPortsOf(long pid) {
    if (udpPorts.isEmpty()) {
      List<IPConnection> all = system.getInternetProtocolStats().getConnections();
      Map<Long, Set<Integer>> found = new HashMap<>();
      all.stream().filter(each -> each.getType().startsWith("udp") && each.getLocalPort() > 0)
          .forEach(each -> found.computeIfAbsent((long) each.getowningProcessId(), any -> new HashSet<>()).add(each.getLocalPort()));
      udpPorts = found;
    }
    return udpPorts.getOrDefault(pid, Set.of());
  }
}

package dev.wnm.managers.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Java itself knows of processes, for systems without {@code /proc}: enough for the processes of one's own account. */
final class PortableProcessTable implements ProcessTable {
  @Override
  public List<NodeProcess> candidates() {
    return ProcessHandle.allProcesses().flatMap(process -> describe(process).stream())
        .filter(process -> process.arguments().rootDir().isPresent()).toList();
  }

  @Override
  public Optional<NodeProcess> find(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).flatMap(PortableProcessTable::describe);
  }

  @Override
  public Map<String, String> environment(long pid) {
    return Map.of();
  }

  private static Optional<NodeProcess> describe(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    if (info.command().isEmpty() || info.startInstant().isEmpty()) {
      return Optional.empty();
    }
    Path executable = Path.of(info.command().get());
    List<String> argv = new ArrayList<>(List.of(executable.toString()));
    argv.addAll(List.of(info.arguments().orElse(new String[0])));
    return Optional.of(new NodeProcess(process.pid(), info.startInstant().get().toString(),
        executable.getFileName().toString(), Optional.of(executable), argv));
  }
}

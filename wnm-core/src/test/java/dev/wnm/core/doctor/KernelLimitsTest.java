package dev.wnm.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelLimitsTest {
  @TempDir
  private Path proc;

  private void says(String file, String text) throws IOException {
    Files.createDirectories(proc.resolve(file).getParent());
    Files.writeString(proc.resolve(file), text);
  }

  @Test
  void whatTheKernelSaysIsReadAsItIs() throws IOException {
    says("self/limits", """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             unlimited            unlimited            processes
        Max open files            1024                 524288               files
        """);
    says("sys/fs/file-max", "9223372036854775807\n");
    says("sys/kernel/pid_max", "4194304\n");
    KernelLimits limits = new KernelLimits(proc);
    assertThat(limits.openFiles()).contains("1024");
    assertThat(limits.processes()).contains("unlimited");
    assertThat(limits.openFilesOfAll()).hasValue(Long.MAX_VALUE);
    assertThat(limits.processesOfAll()).hasValue(4_194_304);
  }

  /** gVisor says 2 and 3. */
  @Test
  void whatIsMissingOrCannotBeTrueIsUnknown() throws IOException {
    says("self/limits", "");
    says("sys/fs/file-max", "2\n");
    says("sys/kernel/pid_max", "many\n");
    KernelLimits limits = new KernelLimits(proc);
    assertThat(limits.openFiles()).isEmpty();
    assertThat(limits.processes()).isEmpty();
    assertThat(limits.openFilesOfAll()).isEmpty();
    assertThat(limits.processesOfAll()).isEmpty();
    assertThat(new KernelLimits(proc.resolve("nowhere")).openFilesOfAll()).isEmpty();
  }
}

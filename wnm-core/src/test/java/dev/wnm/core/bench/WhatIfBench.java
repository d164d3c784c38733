package dev.wnm.core.bench;

import dev.wnm.core.config.Platform;
import dev.wnm.core.whatif.WhatIf;
import dev.wnm.spi.manager.OperatingSystem;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how many lines of {@code --what_if} are answered per second of processor time on one core. Run from the project's root:
 *
 * <pre>{@code
 * mvn -q -pl wnm-core -am test-compile
 * java -cp "wnm-core/target/classes:wnm-core/target/test-classes:$(cat classpath)" dev.wnm.core.bench.WhatIfBench
 * }</pre>
 */
public final class WhatIfBench {
  private static final int LINES = 200_000;
  private static final int ROUNDS = 6;

  private WhatIfBench() {}

  public static void main(String[] args) throws IOException {
    measure("short lines", line -> "{\"id\":" + line + ",\"config\":{\"cpu_less_than\":60,\"cpu_remove\":80,\"node_cap\":50},\"metrics\":"
        + "{\"total_nodes\":" + line % 60 + ",\"running_nodes\":" + line % 60 + ",\"used_cpu_percent\":" + line % 100 + ".5,"
        + "\"used_mem_percent\":" + line % 70 + ".25,\"load_average_1\":1.25}}\n");
    measure("whole machine-metrics reports", line -> "{\"config\":{\"cpu_remove\":" + (60 + line % 20) + "},\"metrics\":{\"system_start\": 1795600000,"
        + " \"total_nodes\": " + line % 60 + ", \"running_nodes\": " + line % 60 + ", \"stopped_nodes\": 0, \"restarting_nodes\": 0,"
        + " \"upgrading_nodes\": 0, \"migrating_nodes\": 0, \"removing_nodes\": 0, \"dead_nodes\": 0, \"antnode\": \"/usr/local/bin/antnode\","
        + " \"antnode_version\": \"0.4.17\", \"queen_node_version\": \"0.4.17\", \"nodes_latest_v\": 40, \"nodes_no_version\": 0,"
        + " \"nodes_to_upgrade\": 0, \"nodes_by_version\": {\"0.4.17\": 40}, \"load_average_1\": 2.37, \"load_average_5\": 2.11,"
        + " \"load_average_15\": 1.98, \"idle_cpu_percent\": 58.3, \"io_wait\": 0.7, \"used_cpu_percent\": " + line % 100 + ".7,"
        + " \"used_mem_percent\": " + line % 70 + ".3, \"free_mem_percent\": 51.7, \"used_hd_percent\": 61.2, \"total_hd_bytes\": 502468108288,"
        + " \"hdio_write_bytes\": 1822208, \"hdio_read_bytes\": 90112, \"netio_write_bytes\": 3921034, \"netio_read_bytes\": 4102933,"
        + " \"node_hd_crisis\": 14, \"boot_id\": \"4ab1cf5d-2b9e-4a19-8a31-7c2f1d7f0c11\", \"backing_off_nodes\": 0, \"waiting_nodes\": 0,"
        + " \"hung_nodes\": 0, \"disabled_nodes\": 0}}\n");
  }

  private interface Lines {
    String line(int number);
  }

  private static void measure(String what, Lines lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      text.append(lines.line(i));
    }
    String questions = text.toString();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int round = 1; round <= ROUNDS; round++) {
      WhatIf whatIf = new WhatIf(new Platform(OperatingSystem.LINUX, Path.of("/root"), "root", true, 4, Map.of(), Path.of("/")));
      long start = threads.getCurrentThreadCpuTime();
      int wrong = whatIf.answer(new StringReader(questions), Writer.nullWriter());
      double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
      System.out.printf(Locale.ROOT, "%s, round %d: %,.0f lines/s, %d wrong%n", what, round, LINES / seconds, wrong);
    }
  }
}

package dev.wnm.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.wnm.core.report.table.Screen;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ManagersReportTest {
  private static final ManagersReport.Manager SETSID = new ManagersReport.Manager("setsid+user", true, "", "/opt/wnm-cli.jar");
  private static final ManagersReport.Manager SYSTEMD = new ManagersReport.Manager("systemd+sudo", false,
      "sudo asks for a password; a line for it: op ALL=(root) NOPASSWD: /usr/bin/systemctl start antnode0001.service", "/opt/wnm-cli.jar");
  private static final Screen NARROW = new Screen(true, OptionalInt.of(60), false);

  @Test
  void aPipeGetsTwoLinesForEachAsScriptsKnowThem() {
    assertThat(ManagersReport.print(List.of(SETSID, SYSTEMD), List.of("b.jar cannot be read"), ReportFormat.TEXT, Screen.NONE)).isEqualTo("""
        setsid+user   works here
                      from /opt/wnm-cli.jar
        systemd+sudo  cannot work here: sudo asks for a password; a line for it: op ALL=(root) NOPASSWD: /usr/bin/systemctl start antnode0001.service
                      from /opt/wnm-cli.jar
        b.jar cannot be read""");
  }

  @Test
  void aTerminalGetsATableThatFitsAndLosesNothing() {
    assertThat(ManagersReport.print(List.of(SETSID, SYSTEMD), List.of(), ReportFormat.TEXT, NARROW)).isEqualTo("""
        Type          Here  Why
        setsid+user   yes
        systemd+sudo  no    sudo asks for a password; a line for it:
                            op ALL=(root) NOPASSWD:
                            /usr/bin/systemctl start
                            antnode0001.service

        from /opt/wnm-cli.jar""");
    assertThat(ManagersReport.print(List.of(SETSID, new ManagersReport.Manager("plain+user", true, "", "/p/plain.jar")), List.of(), ReportFormat.TEXT,
        NARROW)).contains("plain+user   yes   from /p/plain.jar");
  }

  @Test
  void programsGetWhatWorksAsYesOrNo() {
    assertThat(JsonParser.parseString(ManagersReport.print(List.of(SETSID), List.of("b.jar cannot be read"), ReportFormat.JSON, NARROW))).hasToString(
        "{\"managers\":[{\"type\":\"setsid+user\",\"works_here\":true,\"detail\":\"\",\"source\":\"/opt/wnm-cli.jar\"}],"
            + "\"problems\":[\"b.jar cannot be read\"]}");
  }
}

package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.testkit.Eventually;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What scripts rely on: what goes to standard output, what to standard error, and the exit code. */
class ExitCodesAndOutputIT {
  private static final List<String> NODE_REPORTS = List.of("node-status", "node-status-details");
  private static final List<String> MACHINE_REPORTS = List.of("machine-config", "machine-metrics");
  /** Of both, and without lines for a shell. */
  private static final String STATUS = "status";

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d ";

  private TestHost host;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    host = TestHost.create();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  private void init(String... words) {
    List<String> more = new ArrayList<>(TestHost.WIDE_LIMITS);
    more.addAll(TestHost.NO_DELAYS);
    more.addAll(Arrays.asList(words));
    host.done(host.initWords(more));
  }

  @Test
  void questionsAboutTheProgramAreAnsweredWithoutAnySetup() throws IOException {
    Map<String, String> before = Snapshot.of(host.home());

    assertThat(host.done("--version").out()).matches("wnm version \\d+\\.\\d+\\.\\d+\\S*( \\(commit [0-9a-f]{7,}\\))?\n");
    assertThat(host.done("--help").out()).isEqualTo(host.done("-h").out()).contains("--node_cap", "--force_action", "--init");
    assertThat(host.done("--list_managers").out()).containsPattern("setsid\\+user +works here");
    assertThat(host.done("--list_managers", "--json").out()).contains("\"type\": \"setsid+user\",\n      \"works_here\": true");
    assertThat(host.done("--report", "container-ports").out()).startsWith("Container,Metric_port_range,Node_port_range\na1,");
    assertThat(Snapshot.of(host.home())).isEqualTo(before);
  }

  @Test
  void aCheckOfWhatIsUnknownIsNotWell() {
    host.done(host.initWords(List.of()));

    WnmRun check = host.wnm().run("--check");

    assertThat(check.out()).isEqualTo("Nobody can tell whether all is well: no cycle has come to its end yet.\n");
    assertThat(check.exit()).isEqualTo(1);
    assertThat(host.done("-s").out()).as("a report has done its work").startsWith("Nobody can tell");
    assertThat(host.wnm().run("--check", "--json").out()).contains("\"verdict\": \"unknown\"");
  }

  @Test
  void initPrintsWhatItMadeAndHowLongGrowthTakesAndNothingElse() {
    WnmRun init = host.done(host.initWords(List.of()));
    assertThat(init.out().lines()).hasSize(3).element(0).asString().startsWith("initialized " + host.database());
    assertThat(init.out()).contains("with these limits 20 more nodes take about 20 min, at a cycle every minute")
        .endsWith("proposed for 2 CPUs: --delay_start 30 --delay_upgrade 60\n");
    assertThat(init.err()).isEmpty();
  }

  /** Where ufw is installed, all is well. */
  @Test
  void askingForAFirewallThatIsNotThereEndsWithExitCode3() {
    boolean isThere = Stream.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ufw")));
    String[] words = host.initWords(List.of("--firewall", "ufw", "--dry_run"));

    WnmRun init = host.wnm().without("WNM_FIREWALL_DISABLED").run(words);

    assertThat(init.exit()).as(init.toString()).isEqualTo(isThere ? 0 : 3);
    assertThat(init.err().strip()).isEqualTo(isThere ? ""
        : "wnm: --firewall ufw: there is no program 'ufw'; install it (Debian's package ufw), or choose auto or none");
    host.done(words); // switched off by its variable
  }

  @Test
  void aCyclePrintsOneLineAndLogsTheRest() {
    init();
    host.seemIdle();
    WnmRun cycle = host.done();
    assertThat(cycle.out()).matches("1 node \\(1 restarting\\): added antnode0001\\.service, in \\d+\\.\\d s\n");
    assertThat(cycle.err().lines()).isNotEmpty().allSatisfy(line -> assertThat(line).matches(TIME + "(INFO|WARNING) \\[\\w+] .*"));

    assertThat(host.done("--quiet").err()).isEmpty();
    assertThat(host.done("--loglevel", "warning").err()).isEmpty();
    assertThat(host.done("-v").err()).contains("\"node_cap\"", "\"add_new_node\"");
  }

  private Process shell(String line) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).directory(host.home().toFile());
    builder.environment().clear();
    builder.environment().putAll(host.wnm().environment());
    builder.environment().put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.environment().put("JAR", PackagedJar.path().toString());
    return builder.start();
  }

  @Test
  void everyLineOfALogFileBeginsWithTheTime() throws Exception {
    init();
    assertThat(shell("for i in 1 2; do $JAVA -jar \"$JAR\"; done >> wnm.log 2>&1").waitFor()).isZero();
    shell("$JAVA -jar \"$JAR\" --frobnicate >> wnm.log 2>&1").waitFor();
    assertThat(Files.readAllLines(host.home().resolve("wnm.log"))).hasSizeGreaterThan(4)
        .allSatisfy(line -> assertThat(line).matches(TIME + ".*")).anyMatch(line -> line.contains("wnm: unknown option"));
  }

  @Test
  void whatGoesToTheJournalHasNoTimeOfItsOwn() throws Exception {
    init();
    Path journal = Files.createFile(host.home().resolve("journal"));
    Map<String, Object> id = Files.readAttributes(journal, "unix:dev,ino");
    host.seemIdle();
    Process run = shell("JOURNAL_STREAM=" + id.get("dev") + ":" + id.get("ino") + " $JAVA -jar \"$JAR\" 2> journal");
    assertThat(run.waitFor()).isZero();
    assertThat(Files.readAllLines(journal)).isNotEmpty().allSatisfy(line -> assertThat(line).matches("[A-Z]+ \\[\\w+] .*"));
  }

  /** What {@code java -jar} says under LC_ALL=C, with o umlaut in the shell's variable o, whatever the tests' own locale is. */
  private String inAscii(int exit, String line) throws Exception {
    Process run = shell("export LC_ALL=C; o=$(printf '\\303\\266'); " + line + " 2>&1");
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor()).as(said).isEqualTo(exit);
    return said;
  }

  /** The launcher takes a better locale. */
  @Test
  void lettersThatTheLocaleCannotHoldAreRefusedInsteadOfStoredDamaged() throws Exception {
    init();
    Map<String, String> before = Snapshot.of(host.home());
    String sentence = " has letters beyond ASCII, which Java cannot read with LC_ALL=C; set LC_ALL=C.UTF-8, or start wnm by"
        + " bin/wnm of the distribution, which does so\n";
    assertThat(inAscii(2, "WNM_ENVIRONMENT=A=J${o}rg $JAVA -jar \"$JAR\" -q"))
        .isEqualTo("wnm: the environment variable WNM_ENVIRONMENT" + sentence);
    assertThat(inAscii(2, "HOME=/J${o}rg $JAVA -jar \"$JAR\" -q")).isEqualTo("wnm: the environment variable HOME" + sentence);
    assertThat(inAscii(2, "$JAVA -jar \"$JAR\" --environment A=J${o}rg")).isEqualTo("wnm: the command line" + sentence);
    assertThat(Snapshot.of(host.home())).isEqualTo(before);
    inAscii(0, "$JAVA -jar \"$JAR\" -q");
    assertThat(inAscii(2, "echo \"node_storage = /nodes/J${o}rg\" > settings; $JAVA -jar \"$JAR\" -c settings"))
        .isEqualTo("wnm: --node_storage must be a path whose letters the locale has (LC_ALL=C.UTF-8 has all), but " + host.home()
            + "/settings line 1 says '/nodes/J\u00f6rg'\n");
  }

  @Test
  void theReasonOfAnActionIsInTheLogAndInTheJournalOfOperations() throws Exception {
    init();
    host.seemIdle();
    assertThat(host.done().err()).containsPattern("added antnode0001.service \\(\\S+");
    host.done("--force_action", "stop", "--service_name", "antnode0001");
    assertThat(host.colony().rows("SELECT kind, reason FROM operation ORDER BY id"))
        .extracting(row -> row.get("reason")).allSatisfy(reason -> assertThat(reason).asString().isNotBlank())
        .last().isEqualTo("forced");
  }

  @Test
  void aCycleInWhichAnOperationFailedExits1AndSaysWhich() throws IOException {
    init("--environment", "ANTNODE_STANDIN_EXIT_AT_START=3");
    host.seemIdle();
    WnmRun cycle = host.run();
    assertThat(cycle.exit()).as(cycle.toString()).isEqualTo(1);
    assertThat(cycle.out()).contains("1 failed");
    assertThat(cycle.err()).containsPattern("ERROR .*ADD of antnode0001.service failed: .*exit code 3");
    assertThat(host.nodes()).isEmpty();
    assertThat(host.folders()).isEmpty();
  }

  @Test
  void aDryRunInEitherSpellingChangesNothingAndSaysWhatItWouldDo() throws IOException {
    init();
    for (String spelling : List.of("--dry_run", "--dry-run", "--dry_run=true")) {
      host.seemIdle();
      Map<String, String> before = Snapshot.of(host.home());
      WnmRun dry = host.done(spelling, "--node_cap", "3");
      assertThat(dry.out()).as(spelling).contains("would have added antnode0001");
      assertThat(dry.err()).contains("DRYRUN: antnode0001.service would have been added");
      assertThat(Snapshot.of(host.home())).as(spelling).isEqualTo(before);
    }
    assertThat(host.everything()).isEmpty();
  }

  @Test
  void aWalletWithAWrongChecksumIsStoredWhenItIsConfirmed() {
    init();
    WnmRun update = host.done("--force_action", "update_config", "--confirm", "--rewards_address",
        "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    assertThat(update.err()).contains("WARNING", "wrong EIP-55 checksum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    assertThat(update.out()).startsWith("Update: {\"rewards_address\":");
  }

  @Test
  void aWrongQuestionDoesNotKeepOthersFromBeingAnswered() {
    String good = "\"config\":{},\"metrics\":{\"used_cpu_percent\":1}}\n";
    WnmRun run = host.wnm().reading("{\"id\":1," + good + "nonsense\n{\"id\":\"last\"," + good).run("--what_if", "-");
    assertThat(run.exit()).isEqualTo(2);
    List<JsonObject> answers = run.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).get("id").getAsInt()).isEqualTo(1);
    assertThat(answers.get(1).get("error").getAsString()).startsWith("line 2: ");
    assertThat(answers.get(2).get("id").getAsString()).isEqualTo("last");
    assertThat(answers.get(2).getAsJsonArray("actions")).isNotEmpty();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void everyReportHasEveryFormat() {
    init();
    host.done("--force_action", "add", "--count", "2");
    for (String report : Stream.of(NODE_REPORTS, MACHINE_REPORTS, List.of(STATUS)).flatMap(List::stream).toList()) {
      for (String format : List.of("text", "json", "csv", "env", "config", "json-compat", "influx-ntracking", "influx-compat")) {
        WnmRun run = host.done("--report", report, "--report_format", format);
        assertThat(run.err()).as(run.toString()).isEmpty();
        assertThat(run.out()).as(run.toString()).isNotBlank().endsWith("\n");
        if (format.startsWith("json")) {
          JsonElement json = JsonParser.parseString(run.out());
          assertThat(json.isJsonArray()).as(run.toString()).isEqualTo(NODE_REPORTS.contains(report));
        }
      }
    }
    JsonArray nodes = JsonParser.parseString(host.done("--report", "node-status", "--json").out()).getAsJsonArray();
    assertThat(nodes).extracting(node -> node.getAsJsonObject().get("service_name").getAsString())
        .containsExactly("antnode0001.service", "antnode0002.service");
    assertThat(host.done("--report", "influx-resources").out()).isNotBlank();
  }

  @Test
  void aShellThatEvaluatesAnExportedReportRunsNothing() throws Exception {
    Path trap = host.home().resolve("trap");
    String nasty = "A='$(touch " + trap + ")' B='`touch " + trap + "`' C='\"; touch " + trap + "; \"'";
    init("--environment", nasty, "--start_args=--peer \"$(touch " + trap + ")\"");
    String script = "set -u; eval \"$(cat)\"; printf '%s' \"$ENVIRONMENT\"";
    for (String report : MACHINE_REPORTS) {
      WnmRun run = host.done("--report", report, "--report_format", "env");
      Process shell = new ProcessBuilder("sh", "-c", report.equals("machine-config") ? script : "eval \"$(cat)\"")
          .redirectInput(run.outFile().toFile()).redirectErrorStream(true).start();
      String said = new String(shell.getInputStream().readAllBytes());
      assertThat(shell.waitFor()).as(run + said).isZero();
      assertThat(said).as(run.toString()).isEqualTo(report.equals("machine-config") ? nasty : "");
      assertThat(trap).as(run.toString()).doesNotExist();
    }
  }

  @Test
  void anExportedConfigurationReadBackChangesNothing() throws IOException {
    init("--environment", "A='two words' B=1", "--no_upnp");
    Files.writeString(host.home().resolve("exported"),
        host.done("--report", "machine-config", "--report_format", "config").out());
    Map<String, String> before = Snapshot.of(host.home());
    assertThat(host.done("-c", "exported", "--force_action", "update_config").out()).isEqualTo("Update: {}\n");
    assertThat(Snapshot.of(host.home())).isEqualTo(before);
  }

  @Test
  void everyForcedActionAnswersInJsonWhenAsked() {
    init();
    assertThat(answer("add").get("status").getAsString()).isEqualTo("added-node");
    assertThat(answer("add", "--count", "2").get("added_count").getAsInt()).isEqualTo(2);
    assertThat(answer("survey").get("node_count").getAsInt()).isEqualTo(3);
    assertThat(answer("stop", "--service_name", "antnode0001").get("stopped_count").getAsInt()).isEqualTo(1);
    assertThat(answer("start", "--dry_run").get("dry_run").getAsBoolean()).isTrue();
    assertThat(answer("start").get("status").getAsString()).isEqualTo("started-node");
    assertThat(answer("upgrade", "--service_name", "antnode0002").get("upgraded_count").getAsInt()).isEqualTo(1);
    assertThat(answer("disable", "--service_name", "antnode0003").get("disabled_count").getAsInt()).isEqualTo(1);
    assertThat(answer("enable", "--service_name", "antnode0003").get("enabled_count").getAsInt()).isEqualTo(1);
    assertThat(answer("remove").get("status").getAsString()).isEqualTo("removed-node");
    assertThat(answer("teardown", "--confirm", "--dry_run").get("dry_run").getAsBoolean()).isTrue();
    assertThat(answer("teardown", "--confirm").get("removed_count").getAsInt()).isEqualTo(2);
    assertThat(host.everything()).isEmpty();

    WnmRun nothing = host.run("--force_action", "stop", "--json");
    assertThat(nothing.exit()).isEqualTo(1);
    assertThat(JsonParser.parseString(nothing.out()).getAsJsonObject().get("message").getAsString())
        .isEqualTo("No running nodes to stop");
  }

  private JsonObject answer(String action, String... more) {
    List<String> words = new ArrayList<>(List.of("--force_action", action, "--json"));
    words.addAll(Arrays.asList(more));
    WnmRun run = host.done(words.toArray(String[]::new));
    assertThat(run.err()).as("what failed").doesNotContain("ERROR");
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  @Test
  void reportsAreReadWhileAnotherWnmIsAtWork() throws IOException {
    init();
    Path lock = Path.of(host.database() + ".lock");
    try (FileChannel held = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      held.lock();
      assertThat(host.run().exit()).isEqualTo(1);
      assertThat(host.done("--report", "node-status").out()).isEqualTo("No nodes found.\n");
      assertThat(host.done("--report", "machine-metrics", "--json").out()).isNotBlank();
    }
    assertThat(host.done("--quiet").exit()).as("a lock file that is left over is no obstacle").isZero();
  }

  @Test
  void watchingGoesOnUntilASignalAndWhatThatCutsOffTheNextCycleSettles() throws Exception {
    init("--node_cap", "1");
    host.done("--force_action", "add");
    WnmRun watch = host.wnm().start("--watch", "1");
    Eventually.eventually("three cycles", () -> watch.out().lines().count() >= 3);
    assertThat(host.done("--report", "node-status").out()).as("it runs").contains("RUNNING");

    Eventually.eventually("a person comes in between two cycles",
        () -> host.run("--force_action", "update_config", "--node_cap", "0").exit() == 0);
    Eventually.eventually("the node is being stopped", () -> !host.colony()
        .rows("SELECT * FROM operation WHERE kind = 'RETIRE'").isEmpty());
    watch.process().destroy();
    watch.ended();

    assertThat(watch.exit()).as(watch.toString()).isEqualTo(128 + 15);
    host.done();
    assertThat(host.colony().rows("SELECT outcome FROM operation WHERE kind = 'RETIRE'"))
        .containsExactly(Map.of("outcome", "DONE"));
    assertThat(host.processes()).isEmpty();
  }
}

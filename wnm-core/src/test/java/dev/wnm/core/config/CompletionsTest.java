package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real shells load what is made for them, and are asked what they would complete. */
@EnabledOnOs(OS.LINUX)
class CompletionsTest {
  private static final OptionRegistry REGISTRY = OptionRegistry.ofClassPath();

  @TempDir
  Path folder;

  @Test
  void bashCompletesOptionsInBothSpellingsTheirWordsAndPaths() throws Exception {
    Path script = Files.writeString(folder.resolve("wnm.bash"), Completions.bash(REGISTRY));
    Files.writeString(folder.resolve("some file"), "");

    assertThat(bash(script, "wnm", "--report_")).containsExactly("--report_format");
    assertThat(bash(script, "wnm", "")).contains("--doctor", "--node_cap").hasSizeGreaterThanOrEqualTo(REGISTRY.all().size());
    assertThat(bash(script, "wnm", "--report", "node-status")).containsExactlyInAnyOrder("node-status", "node-status-details");
    assertThat(bash(script, "wnm", "--report", "=", "mach")).containsExactlyInAnyOrder("machine-config", "machine-metrics");
    assertThat(bash(script, "wnm", "--force-action", "=")).contains("teardown");
    assertThat(bash(script, "wnm", "--dbpath", folder + "/some")).containsExactly(folder + "/some file");
    assertThat(bash(script, "wnm", "--node_storage", folder + "/some")).containsExactly(folder + "/some file");
    assertThat(bash(script, "wnm", "--node_cap", "")).isEmpty();
    assertThat(said("bash", "-c", ". \"$1\"; complete -p wnm", "bash", script.toString())).contains("complete -F _wnm wnm");
  }

  @Test
  void fishCompletesOptionsWithWhatTheyDoAndTheirWords() throws Exception {
    Path script = Files.writeString(folder.resolve("wnm.fish"), Completions.fish(REGISTRY));

    assertThat(fish(script, "wnm --docto")).containsExactly("--doctor\tCheck machine, account, process manager, node program, ports,"
        + " database and more, and say how to mend what is wrong");
    assertThat(fish(script, "wnm --report node-status")).map(line -> line.split("\t")[0])
        .containsExactlyInAnyOrder("node-status", "node-status-details");
    assertThat(fish(script, "wnm --firewall u")).map(line -> line.split("\t")[0]).containsExactly("ufw");
  }

  @Test
  void zshCompletesOptionsAndTheirWords() throws Exception {
    Files.writeString(folder.resolve("_wnm"), Completions.zsh(REGISTRY));

    assertThat(zsh("wnm --docto", "--doctor")).contains("RAN --doctor");
    assertThat(zsh("wnm --report=node-status-", "node-status-details")).contains("RAN --report=node-status-details");
    assertThat(zsh("wnm --what_i", "--what_if")).contains("RAN --what_if");
  }

  private List<String> bash(Path script, String... words) throws Exception {
    return said("bash", "-c", """
        . "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _wnm
        [ ${#COMPREPLY[@]} = 0 ] || printf '%s\n' "${COMPREPLY[@]}"
        """, script, words).lines().toList();
  }

  private static String said(String shell, String option, String code, Path script, String... words) throws Exception {
    String[] command = new String[5 + words.length];
    System.arraycopy(new String[] {shell, option, code, shell, script.toString()}, 0, command, 0, 5);
    System.arraycopy(words, 0, command, 5, words.length);
    return said(command);
  }

  private List<String> fish(Path script, String line) throws Exception {
    return said("fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script.toString(), line).lines().toList();
  }

  /**
   * What a zsh on a terminal runs after Tab and Enter. Each is typed when what was before it has come: keys that are typed before
   * the prompt are no keys to it.
   *
   * @param line so far
   * @param completed what Tab makes of its end
   */
  private String zsh(String line, String completed) throws Exception {
    return said("timeout", "60", "zsh", "-f", "-c", """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "fpath=($1 \\$fpath); autoload -Uz compinit; compinit -u -d $1/dump; wnm() { print -r -- 'R''AN' \\"\\$@\\" }; PS1='REA''DY> '"
        zpty -r shell text '*READY> *'
        zpty -w -n shell "$2"$'\\t'
        zpty -r shell text "*$3*"
        zpty -w -n shell $'\\n'
        zpty -r shell text '*RAN *'$'\\n'
        print -r -- "$text"
        zpty -d shell
        """, "zsh", folder.toString(), line, completed);
  }

  private static String said(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", System.getProperty("java.io.tmpdir"));
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}

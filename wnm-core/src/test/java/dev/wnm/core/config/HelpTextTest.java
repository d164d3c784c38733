package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HelpTextTest {
  private final String help = HelpText.render(OptionRegistry.ofClassPath());

  @Test
  void everyOptionIsShownOnceWithItsMeaning() {
    for (Option<?> option : OptionRegistry.ofClassPath().all()) {
      assertThat(help.lines().filter(line -> line.matches("[* ] (-\\w, )?" + option + "( .*)?")))
          .as(option.toString()).hasSize(1);
      assertThat(help.replaceAll("\\s+", " ")).contains(option.help());
    }
  }

  @Test
  void itFitsAHundredColumns() {
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100).doesNotEndWith(" "));
  }

  @Test
  void aLineTellsNameValueMeaningDefaultAndUnit() {
    assertThat(help).contains("""

        * --node_cap N                    The most nodes on this machine; 0 empties it. [20]
        * --cpu_less_than N               Add nodes only while CPU use is below this; 100 is no limit.
                                          [50 %]
        """, """

          --dry_run                       Say what would be done to which node and why, and change nothing.
        """, """

          -c, --config PATH               Read this config file too, after ~/.local/share/wnm/config and
                                          ~/wnm/config.
        """, """

          --report_format FORMAT          Format of the report; csv is for those that are tables.
                                          influx-resources has the lines of NTracking (influx-ntracking says
                                          so); influx-compat and json-compat have the shapes of the Python
                                          wnm. One of text, json, csv, env, config, json-compat,
                                          influx-ntracking, influx-compat. [text]
        """, """

        * --enable_upgrade                Bring nodes to a newer antnode at --antnode_path, one first and
                                          then the others. --no_enable_upgrade leaves that to antnode, which
                                          upgrades itself; --force_action upgrade works all the same. [on]
        """);
  }

  @Test
  void itBeginsWithTheUsageAndEndsWithExamplesOfOptionsThatExist() {
    assertThat(help.lines().limit(4)).contains("Usage: wnm [OPTION]...");
    List<String> examples = help.lines().dropWhile(line -> !line.equals("Examples")).filter(line -> line.contains("wnm --"))
        .toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(4);
    assertThat(examples).flatMap(line -> Pattern.compile("--(\\w+)").matcher(line).results().map(found -> found.group(1)).toList())
        .allMatch(name -> OptionRegistry.ofClassPath().find(name).isPresent());
  }

  @Test
  void theGroupsComeInTheOrderInWhichAnOperatorMeetsThem() {
    assertThat(OptionRegistry.ofClassPath().groups()).extracting(OptionGroup::title).containsExactly(
        "What to do (one cycle when nothing is said)", "Reports and log", "The page and its API", "Telling of events", "How much of the machine the nodes may take",
        "How fast wnm goes", "What new nodes are given", "What runs the nodes", "Where things are",
        "Moving companions over from supervisord");
  }
}

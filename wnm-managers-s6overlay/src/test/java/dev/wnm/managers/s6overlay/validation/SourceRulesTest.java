package dev.wnm.managers.s6overlay.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of s6-rc-compile in Java. Debian 12 has no s6-rc; where there is an s6-rc-compile, on the PATH or named by
 * {@code WNM_S6_RC_COMPILE}, it has to agree about each tree here.
 */
class SourceRulesTest {
  private static final Set<String> OTHERS = Set.of("base");

  @TempDir
  private Path folder;

  static Optional<Path> compiler() {
    return Optional.ofNullable(System.getenv("WNM_S6_RC_COMPILE")).filter(name -> !name.isBlank()).map(Path::of)
        .or(() -> new ProcessCommandRunner().find("s6-rc-compile"));
  }

  private void agree(ServiceTree tree, List<Finding> findings) throws Exception {
    if (compiler().isPresent()) {
      List<String> refusal = new S6RcCompile(new ProcessCommandRunner(), compiler().get()).refusal(tree, OTHERS);
      assertThat(refusal.isEmpty()).as("s6-rc-compile says " + refusal).isEqualTo(findings.isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', textBlock = """
      a/type=longrun\\n a/run=x
      a/type=longrun a/run=x
      a/type=longrun\\nand_more a/run=x
      a/type=oneshot\\n a/up=
      a/type=oneshot\\n a/up=foreground_{_echo_"}"_}_echo_{_}
      a/type=oneshot\\n a/up=echo_\\{_a{b_}c
      a/type=oneshot\\n a/up=echo_a\\#_#_{_"
      a/type=oneshot\\n a/up=echo_"\\65\\0101\\0x41"
      a/type=oneshot\\n a/up=echo_"\\65
      a/type=oneshot\\n a/up=echo_\\
      a/type=bundle\\n a/contents.d/
      a/type=bundle\\n a/contents=
      a/type=bundle\\n a/contents=b\\n__#_no\\n_b\\n b/type=oneshot b/up=x
      a/type=longrun a/run=x a/dependencies=#_none\\n__base\\n
      a/type=longrun a/run=x a/dependencies.d/base a/dependencies=nobody
      a/type=longrun a/run=x a/dependencies.d/.hidden
      a/type=longrun a/run=x a/timeout-up=0 a/timeout-down=4294967295\\n\\n a/timeout-kill=10\\nms
      a/type=longrun a/run=x a/notification-fd=3\\n a/data/x/y=z a/env/A=b a/unknown=file
      a/type=longrun a/run=x a/pipeline-name=two_words
      a/type=longrun a/run=x a/producer-for=b b/type=longrun b/run=x b/consumer-for=a b/pipeline-name=p user-bundles.d/user/contents.d/p
      a/type=longrun a/run=x a/producer-for=b b/type=longrun b/run=x b/consumer-for=a\\nc c/type=longrun c/run=x c/producer-for=b
      a/type=longrun a/run=x a/producer-for=b b/type=longrun b/run=x b/consumer-for=a b/producer-for=c c/type=longrun c/run=x c/consumer-for=b c/pipeline-name=p
      a/type=longrun a/run=x b/type=bundle b/contents.d/a c/type=oneshot c/up=x c/dependencies.d/b
      user/contents.d/a a/type=oneshot a/up=x
      file=alone
      user-bundles.d/user/type=bundle user-bundles.d/user/contents.d/a a/type=oneshot a/up=x
      """)
  void whatS6RcTakesIsTaken(String files) throws Exception {
    ServiceTree tree = new TreeByHand(folder).with(files).read();

    List<Finding> findings = SourceRules.check(tree, OTHERS);

    assertThat(findings).isEmpty();
    agree(tree, findings);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', textBlock = """
      a/run=x                                      ~ s6-rc.d/a/type: is missing
      a/type=longrun_\\n a/run=x                   ~ s6-rc.d/a/type: says neither longrun nor oneshot nor bundle
      a/type=oneshots a/up=x                       ~ s6-rc.d/a/type: says neither
      a/type=bundle\\n\\n a/contents.d/            ~ s6-rc.d/a/type: says neither
      a/type=long a/run=x                          ~ s6-rc.d/a/type: says neither
      a/type=longrun                               ~ s6-rc.d/a/run: is missing
      a/type=longrun a/run/                        ~ s6-rc.d/a/run: is no file
      a/type=oneshot a/run=x                       ~ s6-rc.d/a/up: is missing
      a/type=oneshot a/up={_a                      ~ s6-rc.d/a/up: execline does not take it: it has a { without a }
      a/type=oneshot a/up=a_}                      ~ s6-rc.d/a/up: execline does not take it: it has a } without a {
      a/type=oneshot a/up={                        ~ s6-rc.d/a/up: execline does not take it
      a/type=oneshot a/up=sh_-c_"                  ~ s6-rc.d/a/up: execline does not take it: it has a quote that is not closed
      a/type=oneshot a/up="\\0"                    ~ s6-rc.d/a/up: execline does not take it: it has a quoted number
      a/type=oneshot a/up="\\256"                  ~ s6-rc.d/a/up: execline does not take it: it has a quoted number
      a/type=oneshot a/up=a\\                      ~ s6-rc.d/a/up: execline does not take it: it ends with a backslash
      a/type=oneshot a/up=x a/down="               ~ s6-rc.d/a/down: execline does not take it
      a/type=bundle                                ~ s6-rc.d/a: is a bundle without contents.d
      a/type=bundle a/contents.d/b                 ~ s6-rc.d/a/contents.d/b: there is no service or bundle b
      a/type=longrun a/run=x a/dependencies.d/b    ~ s6-rc.d/a/dependencies.d/b: there is no service or bundle b
      a/type=longrun a/run=x a/dependencies=b_     ~ s6-rc.d/a/dependencies.d/b : there is no service or bundle b
      a/type=longrun a/run=x a/dependencies.d=b    ~ s6-rc.d/a/dependencies.d: is no folder
      a/type=longrun a/run=x a/dependencies.d/a    ~ s6-rc.d/a: services go in a circle: a after a
      a/type=longrun a/run=x a/timeout-up=5s       ~ s6-rc.d/a/timeout-up: is no number
      a/type=longrun a/run=x a/timeout-up=         ~ s6-rc.d/a/timeout-up: is no number
      a/type=longrun a/run=x a/timeout-down=-1     ~ s6-rc.d/a/timeout-down: is no number
      a/type=longrun a/run=x a/timeout-kill=4294967296 ~ s6-rc.d/a/timeout-kill: is no number
      a/type=longrun a/run=x a/notification-fd=three ~ s6-rc.d/a/notification-fd: is no number
      a/type=longrun a/run=x a/notification-fd=_3  ~ s6-rc.d/a/notification-fd: is no number
      a/type=longrun a/run=x a/notification-fd=4 a/lock-fd=4\\n ~ s6-rc.d/a/lock-fd: is the same number
      a/type=longrun a/run=x a/data=file           ~ s6-rc.d/a/data: is no folder
      a/type=longrun a/run=x a/producer-for=b      ~ s6-rc.d/a/producer-for: there is no service b
      a/type=longrun a/run=x a/producer-for=b b/type=longrun b/run=x ~ s6-rc.d/a/producer-for: b does not say in consumer-for
      b/type=longrun b/run=x b/consumer-for=a a/type=longrun a/run=x ~ s6-rc.d/b/consumer-for: a does not say in producer-for
      a/type=longrun a/run=x a/producer-for=b b/type=oneshot b/up=x ~ s6-rc.d/a/producer-for: b is no longrun
      a/type=longrun a/run=x a/producer-for=b\\nc b/type=longrun b/run=x b/consumer-for=a c/type=longrun c/run=x ~ s6-rc.d/a/producer-for: holds 2 names
      a/type=longrun a/run=x a/producer-for=b b/type=longrun b/run=x b/consumer-for=a b/pipeline-name=a ~ s6-rc.d/b/pipeline-name: there is another a
      a/type=longrun a/run=x a/producer-for=b b/type=longrun b/run=x b/consumer-for=a b/dependencies.d/a ~ s6-rc.d/a: services go in a circle: a after b after a
      s6rc-a/type=oneshot s6rc-a/up=x              ~ s6-rc.d/s6rc-a: s6-rc keeps names
      a/type=oneshot a/up=x a/dependencies.d/s6-rc-x ~ s6-rc.d/a/dependencies.d: names s6-rc-x
      a/type=oneshot a/up=x user-bundles.d/a/type=bundle user-bundles.d/a/contents.d/ ~ user-bundles.d/a: has the name of s6-rc.d/a
      a/type=bundle a/contents.d/b b/type=bundle b/contents.d/a ~ s6-rc.d/a: bundles go in a circle: a holds b holds a
      a/type=oneshot a/up=x a/dependencies.d/b b/type=bundle b/contents.d/c c/type=oneshot c/up=x c/dependencies.d/a ~ s6-rc.d/a: services go in a circle: a after c after a
      """)
  void whatS6RcRefusesIsNamedWithItsFile(String files, String finding) throws Exception {
    ServiceTree tree = new TreeByHand(folder).with(files).read();

    List<Finding> findings = SourceRules.check(tree, OTHERS);

    assertThat(findings).isNotEmpty();
    assertThat(findings.get(0).toString()).startsWith(finding);
    agree(tree, findings);
  }
}

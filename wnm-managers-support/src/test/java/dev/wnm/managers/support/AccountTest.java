package dev.wnm.managers.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AccountTest {
  @Test
  void anAccountOfMacosIsReadFromItsDirectoryService() {
    assertThat(Account.parseDirectory("""
        name: ant
        password: ********
        uid: 502
        gid: 20
        dir: /Users/ant
        shell: /usr/bin/false
        gecos: Ant: the node's

        """)).contains(new Account("ant", 502, 20, Path.of("/Users/ant")));
  }

  @Test
  void anEmptyAnswerIsNoAccount() {
    assertThat(Account.parseDirectory("")).isEmpty();
    assertThat(Account.parseDirectory("name: ant\n")).isEmpty();
  }
}

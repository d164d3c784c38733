package dev.wnm.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  private static final String OLD = "old-token-of-more-than-32-characters-0";
  private static final String NEW = "new-token-of-more-than-32-characters-1";

  @TempDir
  private Path folder;
  private Path file;

  @BeforeEach
  void aPlace() {
    file = folder.resolve("tokens");
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aFileThatIsNotThereIsMadeForItsOwnerAloneWithOneTokenThatCannotBeGuessed() throws IOException {
    Tokens tokens = Tokens.in(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    String[] line = Files.readString(file).strip().split(" ");
    assertThat(line[1]).hasSizeGreaterThanOrEqualTo(43);
    assertThat(tokens.nameOf(line[1])).contains(line[0]);
    assertThat(tokens.nameOf("")).isEmpty();
    assertThat(tokens.nameOf(line[1] + "x")).isEmpty();
  }

  @Test
  void aChangedFileCountsAtOnceSoThatTokensCanBeReplaced() throws IOException {
    write("anna " + OLD + "\n# bert " + NEW + "\n");
    Tokens tokens = Tokens.in(file);
    assertThat(tokens.nameOf(OLD)).contains("anna");
    assertThat(tokens.nameOf(NEW)).isEmpty();

    write("anna " + OLD + "\nbert " + NEW + "\n");
    assertThat(tokens.nameOf(OLD)).contains("anna");
    assertThat(tokens.nameOf(NEW)).contains("bert");

    write(NEW + "\n");
    assertThat(tokens.nameOf(OLD)).isEmpty();
    assertThat(tokens.nameOf(NEW)).contains("token");
  }

  @Test
  void aFileThatOthersMayReadOrThatIsGoneLetsNobodyIn() throws IOException {
    write("anna " + OLD + "\n");
    Tokens tokens = Tokens.in(file);

    Files.delete(file);
    assertThat(tokens.nameOf(OLD)).isEmpty();
    write("anna  " + OLD + "\n");
    assertThat(tokens.nameOf(OLD)).contains("anna");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Tokens.in(file)).isInstanceOf(IOException.class)
        .hasMessage("the token file " + file + " may be used by others than its owner; chmod 600 " + file);
  }

  @Test
  void aLineThatIsNoTokenIsNamedByItsNumberAndItsTextIsNotRepeated() throws IOException {
    write("anna " + OLD + "\nbert short\n");
    assertThatThrownBy(() -> Tokens.in(file)).isInstanceOf(IOException.class).hasMessageContaining("line 2").hasMessageNotContaining("short")
        .hasMessageContaining("32 characters or more");
  }
}

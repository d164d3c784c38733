package dev.wnm.managers.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SentencesTest {
  static IOException[] failures() {
    return new IOException[] {new AccessDeniedException("/a"), new DirectoryNotEmptyException("/a"), new FileAlreadyExistsException("/a"),
        new FileSystemException("/a"), new FileSystemException("/a", null, "No space left on device"), new FileSystemLoopException("/a"),
        new NoSuchFileException("/a"), new NotDirectoryException("/a")};
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatGoesWrongWithAFileIsMoreThanItsPath(IOException failure) {
    assertThat(Sentences.of(failure)).contains("/a").contains(" ").doesNotContain("Exception").doesNotContain("null");
  }
}

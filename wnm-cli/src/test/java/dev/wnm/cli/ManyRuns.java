package dev.wnm.cli;

import dev.wnm.core.colony.OwnProcess;
import dev.wnm.core.config.Platform;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of wnm after the other in one JVM, as programs have it that embed wnm: what {@link Main} does, but for the end of the
 * JVM. On standard input come, for each run, three files (input, output, errors), the number of words, and the words; on
 * standard output goes the exit code. What a run prints otherwise goes to standard error.
 */
public final class ManyRuns {
  /** Of a log in a file that is written anew. */
  private static final Stamps STAMPS = new Stamps(true, false, false);

  private ManyRuns() {}

  public static void main(String[] none) throws IOException {
    DataInputStream requests = new DataInputStream(System.in);
    DataOutputStream answers = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
    System.setIn(InputStream.nullInputStream());
    System.setOut(System.err);
    OwnProcess.prepare();
    while (true) {
      Path input;
      try {
        input = Path.of(requests.readUTF());
      } catch (EOFException over) {
        return;
      }
      answers.writeInt(run(input, requests.readUTF(), requests.readUTF(), words(requests)));
      answers.flush();
    }
  }

  private static int run(Path input, String output, String errors, List<String> words) throws IOException {
    try (InputStream in = Files.newInputStream(input); PrintStream out = printer(output); PrintStream err = printer(errors)) {
      return new Program(Platform.here(), in, out, err, STAMPS, Terminal.NONE, GracefulStop.never()).run(words).code();
    }
  }

  private static List<String> words(DataInputStream requests) throws IOException {
    List<String> words = new ArrayList<>();
    for (int left = requests.readInt(); left > 0; left--) {
      words.add(requests.readUTF());
    }
    return words;
  }

  private static PrintStream printer(String file) throws IOException {
    return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
  }
}

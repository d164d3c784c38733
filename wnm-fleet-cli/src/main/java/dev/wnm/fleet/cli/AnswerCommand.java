package dev.wnm.fleet.cli;

import dev.wnm.fleet.host.LocalHost;
import dev.wnm.fleet.host.WnmCommand;
import dev.wnm.fleet.ssh.SshAnswer;
import dev.wnm.fleet.transport.FleetException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.commons.cli.Options;

/** A host's side of one call by ssh. */
final class AnswerCommand implements FleetCommand {
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int LONGEST = 200_000;

  @Override
  public String name() {
    return "answer";
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String help() {
    return "Answer one call of an operator's on standard input; what ssh is allowed to run here, and nothing else.";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public boolean speaksToPrograms() {
    return false;
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    LocalHost host = LocalHost.in(context.hostFolder(), new WnmCommand(context.runner(), context.launcher()), context.clock(), INTERVAL);
    host.goOn();
    context.say(SshAnswer.to(line(context), host));
    return true;
  }

  private static String line(FleetContext context) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
    StringBuilder line = new StringBuilder();
    for (int sign = in.read(); sign >= 0 && sign != '\n' && line.length() < LONGEST; sign = in.read()) {
      line.append((char) sign);
    }
    return line.toString();
  }
}

package dev.wnm.fleet.cli;

import dev.wnm.fleet.transport.FleetException;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.NearestWord;
import dev.wnm.spi.internal.Reason;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;

/** One run of {@code wnm fleet}: which command, and what it came to. */
final class FleetProgram {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int REFUSED = 2;
  private static final int WIDTH_OF_USAGE = 34;

  private final List<FleetCommand> commands;
  private final FleetContext context;

  FleetProgram(List<FleetCommand> commands, FleetContext context) {
    this.commands = List.copyOf(commands);
    this.context = context;
  }

  /** @return the exit code */
  int run(List<String> words) {
    try {
      if (words.isEmpty() || words.get(0).equals("--help") || words.get(0).equals("-h")) {
        help();
        return DONE;
      }
      FleetCommand command = command(words.get(0));
      List<String> rest = words.subList(1, words.size());
      if (rest.contains("--help")) {
        help(command);
        return DONE;
      }
      Asked asked = Asked.read(command, rest);
      return command.run(asked, context.speaking(asked.isForPrograms())) ? DONE : FAILED;
    } catch (BadInputException wrong) {
      context.warn(String.valueOf(wrong.getMessage()));
      return REFUSED;
    } catch (FleetException e) {
      context.warn(String.valueOf(e.getMessage()));
      return FAILED;
    } catch (IOException e) {
      context.warn(Reason.of(e));
      return FAILED;
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      context.warn("this is a defect of wnm, please report it: " + defect);
      return FAILED;
    }
  }

  private FleetCommand command(String word) {
    return commands.stream().filter(command -> command.name().equals(word)).findFirst().orElseThrow(() -> {
      List<String> names = commands.stream().map(FleetCommand::name).toList();
      return new BadInputException("there is no 'wnm fleet " + word + "'; " + NearestWord.to(word, names).map(near -> "did you mean " + near + "?")
          .orElse("there are " + String.join(", ", names)));
    });
  }

  private void help() {
    context.say("wnm fleet: many machines, one view. Each host decides for itself what it can bear.\n");
    commands.forEach(command -> context.say(("  " + command.name() + " " + command.usage()).stripTrailing() + "\n      " + command.help()));
    context.say("\nwnm fleet COMMAND --help tells its options. docs/fleet.md tells the rest.");
  }

  private void help(FleetCommand command) {
    context.say("wnm fleet " + command.name() + " " + command.usage() + "\n" + command.help());
    List<Option> options = List.copyOf(Asked.optionsOf(command).getOptions());
    context.say(options.stream().map(option -> String.format("  %-" + WIDTH_OF_USAGE + "s %s",
        "--" + option.getLongOpt() + (option.hasArg() ? " " + option.getArgName() : ""), option.getDescription())).collect(Collectors.joining("\n")));
  }
}

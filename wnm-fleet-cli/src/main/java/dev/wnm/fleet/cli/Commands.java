package dev.wnm.fleet.cli;

import java.util.List;

/** All of them, in the order in which a fleet comes to need them. */
final class Commands {
  private Commands() {}

  static List<FleetCommand> all() {
    return List.of(new InitCommand(), new InviteCommand(), new ImportCommand(), new JoinCommand(), new AgentCommand(), new StatusCommand(), new ServeCommand(),
        AskCommand.nodes(), AskCommand.logs(), AskCommand.explain(), new SetCommand(), HoldCommand.hold(), HoldCommand.release(), GroupsCommand.plan(), GroupsCommand.apply(), new RollOutCommand(),
        new SimulateCommand(), new RevokeCommand(), new AnswerCommand());
  }
}

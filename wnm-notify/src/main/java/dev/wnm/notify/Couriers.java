package dev.wnm.notify;

import dev.wnm.core.config.NotifyTarget;
import dev.wnm.spi.command.CommandRunner;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Those who tell.
 *
 * @param programs runs programs
 * @param webhooks sends to addresses; made when there is something to send, since Java's client takes its time
 */
record Couriers(Programs programs, Supplier<Webhooks> webhooks) {
  static Couriers ofThisMachine(CommandRunner runner) {
    return of(runner, HttpClient.newBuilder());
  }

  /** @param connections makes the client; whom it trusts is its matter */
  static Couriers of(CommandRunner runner, HttpClient.Builder connections) {
    return new Couriers(new Programs(runner), new Supplier<>() {
      @SuppressWarnings("NullAway") // made below before it is handed out
      private Webhooks made;

      @Override
      public synchronized Webhooks get() {
        if (made == null) {
          made = new Webhooks(connections);
        }
        return made;
      }
    });
  }

  /** Tells once. @throws InterruptedException when that is to end; nobody knows then whether it was told */
  Attempt tell(NotifyTarget target, Message message, Duration limit) throws InterruptedException {
    return target instanceof NotifyTarget.Program program ? programs.tell(program, message, limit)
        : webhooks.get().tell((NotifyTarget.Webhook) target, message, limit);
  }
}

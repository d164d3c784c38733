package dev.wnm.managers.antdaemon;

import java.time.Duration;

/**
 * How long the daemon may take. It holds one lock for as long as it starts a node (1 s) or stops one (up to 10 s), and all other
 * calls wait for it meanwhile, whoever made them.
 *
 * @param connect taking a connection
 * @param question a call that changes nothing
 * @param change a call that changes something
 * @param daemonStart the command that starts the daemon, and then its port
 * @param betweenStarts of a daemon that cannot be started: not every question starts it again
 * @param comeback what passes at most until a node that died is started again: the daemon waits up to 60 s before it does
 * @param restart what passes until one that upgraded itself is started again
 * @param ending what a process may take to be gone after the daemon has said so
 */
record Limits(Duration connect, Duration question, Duration change, Duration daemonStart, Duration betweenStarts,
    Duration comeback, Duration restart, Duration ending) {
  static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(45), Duration.ofMinutes(3), Duration.ofSeconds(20),
      Duration.ofSeconds(30), Duration.ofSeconds(75), Duration.ofSeconds(1), Duration.ofSeconds(5));
}

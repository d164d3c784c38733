package dev.wnm.testkit.net;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Another host, as far as this one can tell: a network namespace with a cable to this machine. What it sends comes in from
 * outside, through all rules that the machine has for that.
 */
public final class SecondHost implements AutoCloseable {
  /** Sends a word to each port and prints those that answer; resends, since UDP may lose packets. */
  private static final String PING = """
      use Socket;
      my ($address, @ports) = @ARGV;
      my %silent = map { $_ => 1 } @ports;
      socket my $s, AF_INET, SOCK_DGRAM, 0 or die $!;
      for (1 .. 20) {
        send $s, 'wnm-ping', 0, pack_sockaddr_in($_, inet_aton($address)) for sort keys %silent;
        my $until = time + 1;
        while (%silent and time <= $until) {
          my $read = '';
          vec($read, fileno $s, 1) = 1;
          select($read, undef, undef, 0.2) or next;
          my $from = recv $s, my $answer, 999, 0;
          my ($port) = unpack_sockaddr_in($from);
          print "$port\\n" if $answer =~ /^wnm-pong/ and delete $silent{$port};
        }
        last if !%silent;
      }
      """;

  private static final int NETS = 250;
  private static final int FIRST_NET = ThreadLocalRandom.current().nextInt(NETS);
  /** Two at the same time have different nets, or their answers would go to one of them. */
  private static final AtomicInteger MADE = new AtomicInteger();

  private final String name;
  private final String address;

  private SecondHost(String name, String address) {
    this.name = name;
    this.address = address;
  }

  /** Makes one and connects it. */
  public static SecondHost create() {
    String id = Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000, 0xffff));
    String net = "10.213." + (FIRST_NET + MADE.getAndIncrement()) % NETS + ".";
    SecondHost host = new SecondHost("wnm-" + id, net + "1");
    try {
      must("ip", "netns", "add", host.name);
      must("ip", "link", "add", "wnmh" + id, "type", "veth", "peer", "name", "wnmn" + id, "netns", host.name);
      must("ip", "address", "add", net + "1/30", "dev", "wnmh" + id);
      must("ip", "link", "set", "wnmh" + id, "up");
      must("ip", "netns", "exec", host.name, "ip", "address", "add", net + "2/30", "dev", "wnmn" + id);
      must("ip", "netns", "exec", host.name, "ip", "link", "set", "wnmn" + id, "up");
      must("ip", "netns", "exec", host.name, "ip", "route", "add", "default", "via", net + "1");
      return host;
    } catch (IllegalStateException e) {
      host.close();
      throw e;
    }
  }

  /** Those of these UDP ports of the machine at which a stand-in node answers it. */
  public Set<Integer> reached(Set<Integer> ports) {
    String[] words = {"ip", "netns", "exec", name, "perl", "-e", PING, address};
    String[] all = Arrays.copyOf(words, words.length + ports.size());
    int at = words.length;
    for (int port : ports) {
      all[at++] = Integer.toString(port);
    }
    return must(all).stdout().lines().map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void close() {
    attempt("ip", "netns", "del", name);
  }

  private static CommandResult must(String... words) {
    CommandResult result = attempt(words);
    if (!result.succeeded()) {
      throw new IllegalStateException(result.describe());
    }
    return result;
  }

  private static CommandResult attempt(String... words) {
    try {
      return new ProcessCommandRunner().run(Command.of(words));
    } catch (CommandFailedException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}

package dev.wnm.managers.antctl;

import java.time.Duration;

/**
 * How long antctl may take. A call is killed only when nothing can be hoped of it any more: antctl writes its registry in
 * place, and whoever ends it in that instant loses the registry.
 *
 * @param lock waiting for other calls of the same antctl
 * @param status {@code status --json}, and for each node more
 * @param perNode what each node of the cluster may add to any call, all of which look at all nodes first
 * @param add {@code add} from a file
 * @param download what fetching antnode may add
 * @param start {@code start} of one node: a pause of 3 s, then two calls to it of up to 5 tries
 * @param afterInt what a node may take to end by itself, before antctl ends it
 * @param stop {@code stop} of one node: systemd kills what does not end within 90 s
 */
record Limits(Duration lock, Duration status, Duration perNode, Duration add, Duration download, Duration start,
    Duration afterInt, Duration stop) {
  static final Limits DEFAULT = new Limits(Duration.ofMinutes(5), Duration.ofSeconds(60), Duration.ofMillis(500),
      Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(150));
}

package dev.wnm.core.decision;

import java.util.Locale;
import org.apiguardian.api.API;

/**
 * A yes-or-no fact that decisions follow from, in the order in which they are reported. Of a value that is unknown no fact
 * holds: it is neither below nor above its limit. A limit of 100 % is none.
 */
@API(status = API.Status.STABLE)
public enum Feature {
  /** CPU use is below {@code cpu_less_than}. */
  ALLOW_CPU,
  /** Memory use is below {@code mem_less_than}. */
  ALLOW_MEM,
  /** Use of the disk is below {@code hd_less_than}; of several, of that with the most room. */
  ALLOW_HD,
  /** CPU use is above {@code cpu_remove}. */
  REMOVE_CPU,
  /** Memory use is above {@code mem_remove}. */
  REMOVE_MEM,
  /** Use of the disk is above {@code hd_remove}; of several, of the fullest. */
  REMOVE_HD,
  /** Fewer nodes run than {@code node_cap}. */
  ALLOW_NODE_CAP,
  /** Network traffic is below those of its add thresholds that are set. */
  ALLOW_NETIO,
  /** Network traffic is above one of its remove thresholds that are set. */
  REMOVE_NETIO,
  /** Disk traffic is below those of its add thresholds that are set. */
  ALLOW_HDIO,
  /** Disk traffic is above one of its remove thresholds that are set. */
  REMOVE_HDIO,
  /** All three load averages are below {@code desired_load_average}. */
  LOAD_ALLOW,
  /** One of the three load averages is above {@code max_load_average_allowed}. */
  LOAD_NOT_ALLOW,
  /** Everything allows one more node, and nothing asks for fewer but another disk than those that new nodes come to. */
  ADD_NEW_NODE,
  /** Something asks for fewer running nodes: pressure on the machine, or more nodes than {@code node_cap}. */
  REMOVE,
  /** Running nodes may move to a newer antnode. */
  UPGRADE;

  private final String key = name().toLowerCase(Locale.ROOT);

  /** The name it is reported by, such as {@code allow_cpu}. */
  public String key() {
    return key;
  }
}

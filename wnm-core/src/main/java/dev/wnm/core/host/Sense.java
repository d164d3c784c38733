package dev.wnm.core.host;

import org.apiguardian.api.API;
/** What wnm sees of the machine; each can fail by itself. Its words are those that sentences about it begin with. */
@API(status = API.Status.STABLE)
public enum Sense {
  REBOOTS("whether the machine was restarted"),
  LOAD("the load average"),
  CPU("CPU use"),
  MEMORY("memory use"),
  DISK_SPACE("disk use"),
  DISK_TRAFFIC("disk traffic"),
  NETWORK_TRAFFIC("network traffic");

  private final String words;

  Sense(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}

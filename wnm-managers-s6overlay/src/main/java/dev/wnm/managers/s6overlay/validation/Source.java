package dev.wnm.managers.s6overlay.validation;

import java.util.List;
import java.util.Optional;

/**
 * What a folder of s6-rc's sources says.
 *
 * @param path from the tree on
 * @param type empty when it has none that s6-rc knows
 * @param before what it depends on; of a bundle nothing
 * @param contents of a bundle; else empty
 * @param producerFor the service that reads what it writes
 * @param consumerFor the services whose output it reads
 * @param pipelineName the bundle of it and all before it; empty unless it is the last of a pipeline
 */
record Source(
    String name, String path, Optional<Type> type, List<String> before, List<String> contents, Optional<String> producerFor,
    List<String> consumerFor, Optional<String> pipelineName) {
  enum Type {
    LONGRUN, ONESHOT, BUNDLE
  }

  Source {
    before = List.copyOf(before);
    contents = List.copyOf(contents);
    consumerFor = List.copyOf(consumerFor);
  }

  boolean is(Type other) {
    return type.filter(other::equals).isPresent();
  }
}

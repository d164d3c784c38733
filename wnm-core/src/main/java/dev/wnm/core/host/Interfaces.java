package dev.wnm.core.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells the interfaces that lead out of the machine from those within it (loopback, bridges, the ends of containers' cables,
 * tunnels), whose traffic is none or passes an outer one too and would count twice. An outer one has a {@code device} below
 * {@code /sys/class/net}; where none has, as in a container, the usual names have to do.
 */
final class Interfaces {
  private static final Pattern INNER =
      Pattern.compile("(veth|docker|br-|bridge|virbr|vnet|lxcbr|lxdbr|cni|flannel|cali|podman|tun|tap|utun|wg|dummy|ifb|awdl|llw"
          + "|gif|stf)\\S*|(lo|br|ap)[0-9]*");
  private static final Pattern NAME = Pattern.compile("[\\w!@.-]+");

  private Interfaces() {}

  /** Those of these that lead out. @param folder {@code /sys/class/net} */
  static Set<String> outer(Collection<String> names, Path folder) {
    Set<String> real = names.stream().filter(name -> NAME.matcher(name).matches())
        .filter(name -> Files.exists(folder.resolve(name).resolve("device"))).collect(Collectors.toSet());
    return real.isEmpty() ? names.stream().filter(name -> !isInnerByName(name) && !isVlanOfOneOf(name, names))
        .collect(Collectors.toSet()) : real;
  }

  private static boolean isVlanOfOneOf(String name, Collection<String> names) {
    int dot = name.indexOf('.');
    return dot > 0 && names.contains(name.substring(0, dot));
  }

  static boolean isInnerByName(String name) {
    return INNER.matcher(name).matches();
  }
}

package dev.wnm.managers.s6overlay.companion;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a service may do.
 *
 * @param user the account that it runs as, where not the one of its section
 * @param capabilities those of Linux that it keeps, without {@code CAP_} and in small letters; empty: nothing is said, and none are
 *     taken from it; a set without any: it keeps none
 * @param readOnly folders and files that it may not change
 */
public record Rights(Optional<String> user, Optional<Set<String>> capabilities, List<String> readOnly) {
  /** Nothing is said. */
  public static final Rights USUAL = new Rights(Optional.empty(), Optional.empty(), List.of());

  private static final Set<String> KNOWN = Set.of("audit_control", "audit_read", "audit_write", "block_suspend", "bpf",
      "checkpoint_restore", "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "ipc_lock", "ipc_owner", "kill", "lease",
      "linux_immutable", "mac_admin", "mac_override", "mknod", "net_admin", "net_bind_service", "net_broadcast", "net_raw", "perfmon",
      "setfcap", "setgid", "setpcap", "setuid", "sys_admin", "sys_boot", "sys_chroot", "sys_module", "sys_nice", "sys_pacct",
      "sys_ptrace", "sys_rawio", "sys_resource", "sys_time", "sys_tty_config", "syslog", "wake_alarm");

  public Rights {
    capabilities = capabilities.map(Set::copyOf);
    readOnly = List.copyOf(readOnly);
  }

  /** Reads {@code --service_user}, {@code --capabilities} and {@code --read_only}. @throws BadInputException in one sentence */
  public static Map<String, Rights> read(String users, String capabilities, String readOnly, Map<String, Set<String>> members) {
    Map<String, Rights> rights = new LinkedHashMap<>();
    NamedValues accounts = NamedValues.read("--service_user", users, "NAME=ACCOUNT");
    accounts.one(members, value -> {
      if (!value.matches("[A-Za-z_][A-Za-z0-9_.-]{0,31}|[0-9]{1,9}")) {
        throw accounts.refused(value);
      }
      return value;
    }).forEach((service, user) -> rights.merge(service, new Rights(Optional.of(user), Optional.empty(), List.of()), Rights::with));
    NamedValues kept = NamedValues.read("--capabilities", capabilities, "NAME=none or NAME=CAPABILITIES such as net_bind_service");
    kept.one(members, value -> capabilities(kept, value)).forEach((service, set) -> rights.merge(service,
        new Rights(Optional.empty(), Optional.of(set), List.of()), Rights::with));
    NamedValues paths = NamedValues.read("--read_only", readOnly, "NAME=/PATH");
    paths.several(members, value -> {
      if (!value.matches("/[^\\p{Cntrl}]*")) {
        throw paths.refused(value);
      }
      return value;
    }).forEach((service, list) -> rights.merge(service, new Rights(Optional.empty(), Optional.empty(),
        list.stream().flatMap(value -> Arrays.stream(value.split(","))).map(String::strip).toList()), Rights::with));
    return rights;
  }

  /** Whether more than the account is said. */
  public boolean areNarrowed() {
    return capabilities.isPresent() || !readOnly.isEmpty();
  }

  private static Set<String> capabilities(NamedValues kept, String text) {
    Set<String> set = new LinkedHashSet<>();
    if (text.equals("none")) {
      return set;
    }
    for (String word : text.split(",")) {
      String name = word.strip().toLowerCase(Locale.ROOT).replaceFirst("^cap_", "");
      if (!KNOWN.contains(name)) {
        throw kept.refused(word);
      }
      set.add(name);
    }
    return set;
  }

  private Rights with(Rights more) {
    return new Rights(more.user.or(() -> user), more.capabilities.or(() -> capabilities),
        more.readOnly.isEmpty() ? readOnly : more.readOnly);
  }
}

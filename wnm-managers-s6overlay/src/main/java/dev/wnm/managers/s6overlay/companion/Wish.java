package dev.wnm.managers.s6overlay.companion;

import java.util.Locale;

/** The options that say something of services beside what supervisord's file says; each as in {@code docs/options.md}. */
public enum Wish {
  DEPENDS, READY, NEEDS, NEEDS_SECONDS, ON_LOSS, HEALTH, LIMITS, SERVICE_USER, CAPABILITIES, READ_ONLY, LOG_FORMAT, LOG_GROUP, MASK,
  FORWARD, BEFORE_STOP, RELOAD_COMMAND;

  /** The option's name, without dashes. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }
}

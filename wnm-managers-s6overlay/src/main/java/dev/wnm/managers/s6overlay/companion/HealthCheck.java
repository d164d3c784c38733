package dev.wnm.managers.s6overlay.companion;

import dev.wnm.spi.config.BadInputException;
import java.util.Map;
import java.util.Set;

/**
 * A check that is repeated while a service runs. The words are those of Docker's HEALTHCHECK.
 *
 * @param check what must hold
 * @param intervalSeconds from the end of one check to the next, 1 to 86,400; 30 when not given
 * @param timeoutSeconds when a check that still runs has failed, 1 to 3,600; 5 when not given
 * @param retries how many failures in a row make the service ill, 1 to 1,000; 3 when not given
 */
public record HealthCheck(Check check, int intervalSeconds, int timeoutSeconds, int retries) {
  private static final String OPTION = "--health";
  private static final String FORM =
      "NAME=CHECK[;interval=SECONDS][;timeout=SECONDS][;retries=N], where a check is " + Check.FORM;
  private static final int USUAL_INTERVAL = 30;
  private static final int USUAL_TIMEOUT = 5;
  private static final int USUAL_RETRIES = 3;

  /** Reads {@code --health}. @throws BadInputException in one sentence */
  public static Map<String, HealthCheck> read(String text, Map<String, Set<String>> members) {
    NamedValues values = NamedValues.read(OPTION, text, FORM);
    return values.one(members, value -> of(values, value));
  }

  private static HealthCheck of(NamedValues values, String text) {
    String[] parts = text.split(";");
    HealthCheck health = new HealthCheck(Check.read(values, parts[0].strip()), USUAL_INTERVAL, USUAL_TIMEOUT, USUAL_RETRIES);
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].strip().split("=", -1);
      if (pair.length != 2 || !pair[1].matches("\\d{1,5}") || Integer.parseInt(pair[1]) < 1) {
        throw values.refused(text);
      }
      int number = Integer.parseInt(pair[1]);
      health = switch (pair[0]) {
        case "interval" -> new HealthCheck(health.check, number, health.timeoutSeconds, health.retries);
        case "timeout" -> new HealthCheck(health.check, health.intervalSeconds, number, health.retries);
        case "retries" -> new HealthCheck(health.check, health.intervalSeconds, health.timeoutSeconds, number);
        default -> throw values.refused(text);
      };
    }
    if (health.intervalSeconds > 86_400 || health.timeoutSeconds > 3_600 || health.retries > 1_000) {
      throw new BadInputException(OPTION + " " + text + ": interval is at most 86400 s, timeout 3600 s, retries 1000");
    }
    return health;
  }
}

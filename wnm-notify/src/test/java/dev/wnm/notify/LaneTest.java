package dev.wnm.notify;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.config.NotifyTarget;
import dev.wnm.core.model.Event;
import dev.wnm.core.model.Told;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.Pace;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each event is told in its order, as long as that takes, and in the end it is given up and counted. */
class LaneTest {
  private final Receiver receiver = new Receiver();
  private volatile Instant now = Samples.NOW;
  private Lane lane = lane(receiver.address(), Event.Kind.toChoose().collect(Collectors.toSet()));

  private final class Hands extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private Lane lane(String address, Set<Event.Kind> kinds) {
    return new Lane(new NotifyTarget.Webhook(URI.create(address)), Told.since("key", 0), kinds, Samples::message,
        Couriers.of(new ProcessCommandRunner(), HttpClient.newBuilder()), Pace.stretched(Duration.ofSeconds(5)), new Hands());
  }

  @AfterEach
  void nothingIsLeft() {
    lane.close();
    receiver.close();
  }

  private static List<Event> events(long... numbers) {
    return Arrays.stream(numbers).mapToObj(Samples::death).toList();
  }

  private List<String> ids() {
    return receiver.told().stream().map(json -> json.get("id").getAsString().replaceAll("wnm-[0-9a-f]+-(\\d+)-.*", "$1")).toList();
  }

  @Test
  void eventsAreToldInTheirOrderAndEachOnce() {
    lane.give(events(1, 2));
    lane.give(events(1, 2, 3));
    eventually("all are told", () -> lane.told().event() == 3);
    assertThat(ids()).containsExactly("1", "2", "3");
    assertThat(lane.told().delivered()).isEqualTo(3);
  }

  @Test
  void afterAFailureTheSameEventIsToldAgainUnderItsId() {
    receiver.answers(500, 503);
    lane.give(events(1, 2));
    eventually("it failed once", () -> lane.told().failures() == 1);
    now = lane.told().retryAt();
    eventually("it failed twice", () -> lane.told().failures() == 2);
    assertThat(lane.told().retryAt()).isAfter(now.plusSeconds(30));
    now = lane.told().retryAt();
    eventually("both are told", () -> lane.told().event() == 2);
    assertThat(ids()).containsExactly("1", "1", "1", "2");
    assertThat(lane.told().failures()).isZero();
  }

  @Test
  void whatIsRefusedDoesNotHoldUpWhatComesAfterIt() {
    receiver.answers(422);
    lane.give(events(1, 2));
    eventually("the second is told", () -> lane.told().event() == 2);
    assertThat(lane.told().lost()).isEqualTo(1);
    assertThat(lane.told().delivered()).isEqualTo(1);
  }

  @Test
  void afterADayOfFailuresItIsGivenUpAndCounted() {
    lane = lane("http://127.0.0.1:" + FreePorts.next() + "/", Event.Kind.toChoose().collect(Collectors.toSet()));
    lane.give(events(1, 2));
    eventually("it failed once", () -> lane.told().failures() == 1);
    now = Samples.NOW.plus(Lane.GIVEN_UP_AFTER);
    eventually("both are given up", () -> lane.told().lost() == 2 && lane.told().event() == 2);
  }

  @Test
  void whatNobodyWantsToKnowIsPassedOver() {
    lane = lane(receiver.address(), Set.of(Event.Kind.SOLVED));
    lane.give(events(1, 2));
    eventually("it is past them", () -> lane.told().event() == 2);
    assertThat(receiver.told()).isEmpty();
    assertThat(lane.told().delivered()).isZero();
  }

  @Test
  void oneThatHangsIsLeftWithoutDelay() throws Exception {
    receiver.fallSilent();
    lane.give(events(1));
    eventually("it is being told", () -> !receiver.told().isEmpty());
    lane.await(Duration.ofMillis(100));
    lane.close();
    assertThat(lane.told().event()).isZero();
  }

  @Test
  void whatAnotherRunHasToldIsNotToldAgain() {
    lane.stands(new Told("key", 5, 5, 0, 0, Instant.EPOCH));
    lane.give(events(4, 5, 6));
    eventually("the last is told", () -> lane.told().event() == 6);
    assertThat(ids()).containsExactly("6");
  }
}

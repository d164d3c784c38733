package dev.wnm.core.colony;

import dev.wnm.core.cycle.Forecast;
import dev.wnm.core.decision.Resource;
import dev.wnm.core.history.History;
import dev.wnm.core.history.Measure;
import dev.wnm.core.history.Moment;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.whatif.replay.CostModel;
import dev.wnm.core.whatif.replay.Fit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For about how many more nodes there is room, by what they were seen to use when their number changed; only where that is clear. */
final class RoomForNodes {
  private static final Duration LOOKED_BACK = Duration.ofDays(2);
  private static final int LEAST_SAMPLES = 60;
  /** Of less the machine does other things that hide what a node uses. */
  private static final double LEAST_EXPLAINED = 0.5;
  /** What holds for some nodes need not hold for many times as many. */
  private static final int FARTHEST = 4;
  private static final Map<String, Measure> MEASURES = Map.of("CPU", Measure.CPU, "memory", Measure.MEMORY, "disk", Measure.DISK,
      "load over 1 minute", Measure.LOAD_1, "load over 5 minutes", Measure.LOAD_5, "load over 15 minutes", Measure.LOAD_15);

  private RoomForNodes() {}

  /** By the resource's name; without those of which nobody can tell. */
  static Map<String, Integer> of(History history, Forecast forecast, Instant now) {
    List<Moment> moments = new ArrayList<>();
    history.moments(TimeRange.last(LOOKED_BACK, now), moments::add);
    Map<String, Integer> room = new HashMap<>();
    if (moments.size() < LEAST_SAMPLES) {
      return room;
    }
    CostModel costs = CostModel.of(moments);
    int most = FARTHEST * Math.max(1, forecast.nodes().size());
    for (Resource resource : forecast.outlook().resources()) {
      Measure measure = MEASURES.get(resource.name());
      if (measure != null && resource.state() == Resource.State.ROOM && resource.room().isOn() && resource.used().isPresent()) {
        Fit fit = costs.fit(measure);
        double nodes = (resource.room().value() - resource.used().getAsDouble()) / fit.perNode();
        if (fit.basis() == Fit.Basis.FITTED && fit.samples() >= LEAST_SAMPLES && fit.explained() >= LEAST_EXPLAINED && nodes <= most) {
          room.put(resource.name(), (int) nodes);
        }
      }
    }
    return room;
  }
}

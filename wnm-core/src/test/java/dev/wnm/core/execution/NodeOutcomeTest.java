package dev.wnm.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.OperationKind;
import org.junit.jupiter.api.Test;

class NodeOutcomeTest {
  @Test
  void theNodeIsNamedOnce() {
    assertThat(outcome("antnode0001.service: its disk is full").detail()).isEqualTo("its disk is full");
    assertThat(outcome("antnode0001.service has no binary").detail()).isEqualTo("antnode0001.service has no binary");
  }

  private static NodeOutcome outcome(String detail) {
    return new NodeOutcome(OperationKind.START, 1, "antnode0001.service", false, detail);
  }
}

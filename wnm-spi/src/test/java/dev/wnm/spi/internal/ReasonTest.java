package dev.wnm.spi.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void isTheMessageOfTheException() {
    assertThat(Reason.of(new IOException("no space left on device"))).isEqualTo("no space left on device");
  }

  @Test
  void isTheNameOfAnExceptionWithoutMessage() {
    assertThat(Reason.of(new ClosedChannelException())).isEqualTo("ClosedChannelException");
    assertThat(Reason.of(new IOException(" "))).isEqualTo("IOException");
  }
}

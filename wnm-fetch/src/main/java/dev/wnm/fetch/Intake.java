package dev.wnm.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes the body of an answer in as it comes, up to a limit; what is more ends the connection. */
class Intake implements BodySubscriber<Boolean> {
  private final OutputStream sink;
  private final long mostBytes;
  private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
  private volatile long heardAt = System.nanoTime();
  private Flow.@Nullable Subscription subscription;
  private volatile boolean underWay;
  private long taken;

  /** The body is larger than it may be. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The body could not be written where it was to go. */
  static final class NotWrittenException extends IOException {
    private static final long serialVersionUID = 1L;

    NotWrittenException(IOException cause) {
      super(cause);
    }
  }

  Intake(OutputStream sink, long mostBytes) {
    this.sink = sink;
    this.mostBytes = mostBytes;
  }

  /** For an answer whose body nobody wants: it is not even waited for. */
  static BodySubscriber<Boolean> ofNothing() {
    return new Intake(OutputStream.nullOutputStream(), 0) {
      @Override
      public void onSubscribe(Flow.Subscription to) {
        to.cancel();
        onComplete();
      }
    };
  }

  /** Whether its answer has begun. */
  boolean isUnderWay() {
    return underWay;
  }

  /** How long nothing has come. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardAt);
  }

  @Override
  public CompletionStage<Boolean> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    heardAt = System.nanoTime();
    subscription = to;
    underWay = true;
    to.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    heardAt = System.nanoTime();
    for (ByteBuffer part : parts) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      taken += bytes.length;
      try {
        if (taken > mostBytes) {
          throw new TooLargeException();
        }
        write(bytes);
      } catch (IOException e) {
        onError(e);
        if (subscription != null) {
          subscription.cancel();
        }
        return;
      }
    }
  }

  private void write(byte[] bytes) throws NotWrittenException {
    try {
      sink.write(bytes);
    } catch (IOException e) {
      throw new NotWrittenException(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(true);
  }
}

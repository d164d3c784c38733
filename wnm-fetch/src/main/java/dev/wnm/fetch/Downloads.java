package dev.wnm.fetch;

import dev.wnm.spi.internal.Human;
import dev.wnm.spi.internal.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Reads addresses over HTTPS, and never over anything less, wherever a server sends it on to. */
final class Downloads {
  static final int NOT_FOUND = 404;
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;
  private static final int REDIRECTS = 3;
  private static final int HUNDRED = 100;
  private static final long LOOK_MILLIS = 100;
  private static final int MOST_CAUSES = 20;

  private final HttpClient client;
  private final Proxies proxies;
  private final Limits limits;
  private final Clock clock;

  /**
   * How long it waits.
   *
   * @param answer for a connection, and then for the beginning of an answer
   * @param silence while an answer comes, for its next bytes
   */
  record Limits(Duration answer, Duration silence) {
    static final Limits USUAL = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  /** @param connections makes the client; whom it trusts is its matter */
  Downloads(HttpClient.Builder connections, Proxies proxies, Limits limits, Clock clock) {
    proxies.selector().ifPresent(connections::proxy);
    client = connections.followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(limits.answer()).build();
    this.proxies = proxies;
    this.limits = limits;
    this.clock = clock;
  }

  /** What is at an address. @param mostBytes more is refused */
  byte[] read(URI address, int mostBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    take(address, bytes, mostBytes);
    return bytes.toByteArray();
  }

  /** Writes what is at an address into a new file. @param mostBytes more is refused */
  void save(URI address, Path file, long mostBytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      take(address, out, mostBytes);
    }
  }

  /** Writes what is at an address. @param mostBytes more is refused */
  void take(URI address, OutputStream sink, long mostBytes) throws IOException {
    if (!"https".equals(address.getScheme()) || address.getHost() == null) {
      throw new FetchException(address + " is no address of HTTPS");
    }
    Intake intake = new Intake(sink, mostBytes);
    HttpRequest request = HttpRequest.newBuilder(address).header("User-Agent", "wnm")
        .header("Accept", "application/vnd.github+json, */*;q=0.5").build();
    CompletableFuture<HttpResponse<Boolean>> answer = client.sendAsync(request, head -> head.statusCode() == OK ? intake
        : Intake.ofNothing());
    try {
      requireOk(address, waitFor(answer, intake, address));
    } catch (ExecutionException e) {
      Optional<Throwable> unwritten = causes(e).filter(Intake.NotWrittenException.class::isInstance).findFirst();
      if (unwritten.isPresent()) {
        throw new FetchException(address + " cannot be written: " + Reason.of(unwritten.get().getCause()), e);
      }
      throw new DownloadException(named(address) + " cannot be read: " + why(address, e.getCause(), mostBytes), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new DownloadException(named(address) + " was not read to its end: interrupted", e);
    }
  }

  private HttpResponse<Boolean> waitFor(CompletableFuture<HttpResponse<Boolean>> answer, Intake intake, URI address)
      throws ExecutionException, InterruptedException, DownloadException {
    while (true) {
      try {
        return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        Duration limit = intake.isUnderWay() ? limits.silence() : limits.answer();
        if (intake.silence().compareTo(limit) > 0) {
          answer.cancel(true);
          throw new DownloadException(named(address) + " cannot be read: " + (intake.isUnderWay() ? "it has sent nothing for "
              : "no answer within ") + Human.time(limit), 0);
        }
      }
    }
  }

  private void requireOk(URI address, HttpResponse<?> response) throws DownloadException {
    int status = response.statusCode();
    HttpHeaders head = response.headers();
    if (status == OK) {
      return;
    }
    if (status / HUNDRED == REDIRECTS) {
      throw new DownloadException(named(address) + " sends on to " + head.firstValue("location").orElse("nowhere")
          + ", which wnm does not follow: only HTTPS, and five times at most", status);
    }
    if (status == TOO_MANY || status == FORBIDDEN && head.firstValue("x-ratelimit-remaining").filter("0"::equals).isPresent()) {
      throw new DownloadException(address.getHost() + " answers only so many questions from one address, and no more of them now"
          + head.firstValueAsLong("x-ratelimit-reset").stream().mapToObj(this::until).findFirst().orElse(""), status);
    }
    throw new DownloadException(named(address) + " answers with HTTP status " + status, status);
  }

  private String until(long epochSecond) {
    Duration wait = Duration.between(clock.instant(), Instant.ofEpochSecond(epochSecond));
    return wait.isNegative() || wait.compareTo(Duration.ofDays(1)) > 0 ? "" : " (again in " + Human.time(wait) + ")";
  }

  private String named(URI address) {
    return address + proxies.wordsFor(address);
  }

  private String why(URI address, Throwable failure, long mostBytes) {
    if (isCausedBy(failure, Intake.TooLargeException.class)) {
      return "it is larger than " + Human.bytes(mostBytes);
    }
    if (isCausedBy(failure, UnresolvedAddressException.class) || isCausedBy(failure, UnknownHostException.class)) {
      return "there is no network, or nobody who knows where " + proxies.hostFor(address) + " is";
    }
    if (isCausedBy(failure, HttpConnectTimeoutException.class)) {
      return "no answer within " + Human.time(limits.answer());
    }
    String reason = causes(failure).filter(cause -> cause.getMessage() != null).findFirst().map(Reason::of).orElse("");
    if (isCausedBy(failure, SSLException.class)) {
      return "nobody vouches that it is " + address.getHost() + ": " + reason;
    }
    return isCausedBy(failure, ConnectException.class) ? "no connection" + (reason.isEmpty() ? "" : ": " + reason)
        : reason.isEmpty() ? Reason.of(failure) : reason;
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
    return causes(failure).anyMatch(type::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MOST_CAUSES);
  }
}

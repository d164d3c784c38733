package dev.wnm.notify;

import dev.wnm.core.config.NotifyTarget;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.internal.Reason;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Tells addresses of the web, by a POST of JSON. Follows nobody who sends it on: an event is for the address that was named. */
final class Webhooks {
  private static final int HUNDRED = 100;
  private static final int GOOD = 2;
  private static final int ELSEWHERE = 3;
  /** What a receiver says of the message, not of its own state: the same message fares no better later. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);
  private static final int MOST_CAUSES = 20;

  private final HttpClient client;

  /** @param connections makes the client; whom it trusts is its matter */
  Webhooks(HttpClient.Builder connections) {
    client = connections.followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).build();
  }

  Attempt tell(NotifyTarget.Webhook target, Message message, Duration limit) throws InterruptedException {
    URI address = target.address();
    CompletableFuture<HttpResponse<Void>> answer;
    try {
      answer = client.sendAsync(request(address, message, limit), HttpResponse.BodyHandlers.discarding());
    } catch (IllegalArgumentException e) {
      return Attempt.failed("Java takes its address for none"); // whose message would show it
    }
    try {
      return judge(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Attempt.failed(silence(limit));
    } catch (ExecutionException e) {
      return Attempt.failed(why(target, e, limit));
    } finally {
      answer.cancel(true);
    }
  }

  private static HttpRequest request(URI address, Message message, Duration limit) {
    String account = Optional.ofNullable(address.getUserInfo()).orElse("");
    // Where the client is given an account in the address, it would pass over it in silence.
    URI bare = account.isEmpty() ? address : URI.create(address.toString().replaceFirst("//[^/@]*@", "//"));
    HttpRequest.Builder request = HttpRequest.newBuilder(bare).timeout(limit).header("Content-Type", "application/json; charset=utf-8")
        .header("User-Agent", "wnm").header("Idempotency-Key", message.id())
        .POST(HttpRequest.BodyPublishers.ofString(message.json(), StandardCharsets.UTF_8));
    if (!account.isEmpty()) {
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8)));
    }
    return request.build();
  }

  private static Attempt judge(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status / HUNDRED == GOOD) {
      return Attempt.TOLD;
    }
    String words = "it answers with HTTP status " + status + (status / HUNDRED == ELSEWHERE
        ? ", which sends on to another address; wnm does not follow, so name that one" : "");
    Duration pause = response.headers().firstValue("retry-after").filter(text -> text.matches("[0-9]{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text))).orElse(Duration.ZERO);
    return new Attempt(REFUSALS.contains(status) ? Attempt.End.REFUSED : Attempt.End.FAILED, words, pause);
  }

  private static String why(NotifyTarget.Webhook target, Throwable failure, Duration limit) {
    if (isCausedBy(failure, UnresolvedAddressException.class) || isCausedBy(failure, UnknownHostException.class)) {
      return "there is no network, or nobody who knows where it is";
    }
    if (isCausedBy(failure, HttpTimeoutException.class)) {
      return silence(limit);
    }
    String reason = causes(failure).filter(cause -> cause.getMessage() != null).reduce((outer, inner) -> inner).map(Reason::of).map(PlainText::of)
        .filter(words -> !words.contains("//")).orElse(""); // one with an address is not for everybody
    if (isCausedBy(failure, SSLException.class)) {
      return "nobody vouches that it is " + target.address().getHost() + (reason.isEmpty() ? "" : ": " + reason);
    }
    return isCausedBy(failure, ConnectException.class) ? "no connection" : reason.isEmpty() ? "it ended the connection" : reason;
  }

  private static String silence(Duration limit) {
    return "no answer within " + Human.time(limit);
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
    return causes(failure).anyMatch(type::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MOST_CAUSES);
  }
}

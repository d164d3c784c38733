package dev.wnm.web.http;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides who may ask. A web page of somebody else that runs in the operator's browser may reach this server, too, so it must not get
 * anywhere: not under a name of its own that it makes point here (DNS rebinding), not from its own origin, and not with an order,
 * since the token travels in a header that no other page can set.
 */
public final class Gatekeeper {
  private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+(%25[0-9a-z]+)?]");
  private static final String SCHEME = "Bearer ";

  private final boolean readingNeedsToken;
  private final Set<String> names;
  private final Tokens tokens;

  /**
   * @param readingNeedsToken whether nothing is shown without a token
   * @param names under which names, beside IP addresses and {@code localhost}, the server may be called, in small letters
   */
  public Gatekeeper(boolean readingNeedsToken, Set<String> names, Tokens tokens) {
    this.readingNeedsToken = readingNeedsToken;
    this.names = Set.copyOf(names);
    this.tokens = tokens;
  }

  /** @return whose token it came with. @throws Refusal when it is not let in */
  Optional<String> admit(Headers headers, String method, Routes.Access access) {
    String host = hostOf(headers);
    requireOwnOrigin(headers, host, method);
    Optional<String> caller = one(headers, "Authorization").map(Gatekeeper::tokenOf).map(token -> tokens.nameOf(token)
        .orElseThrow(() -> new Refusal(401, "this token is not in the token file")));
    if (caller.isEmpty() && (access == Routes.Access.ACT || readingNeedsToken && access != Routes.Access.OPEN)) {
      throw new Refusal(401, "this needs a token: a header 'Authorization: Bearer TOKEN' with one from the token file");
    }
    return caller;
  }

  private String hostOf(Headers headers) {
    String host = one(headers, "Host").orElseThrow(() -> Refusal.badRequest("a request needs a header Host")).toLowerCase(Locale.ROOT);
    String name = host.replaceFirst(":\\d{1,5}$", "");
    boolean isAddress = IPV4.matcher(name).matches() || IPV6.matcher(name).matches();
    if (!isAddress && !name.equals("localhost") && !names.contains(name)) {
      throw new Refusal(421, "this server is not called '" + name + "'; --serve_names says which names it has");
    }
    return host;
  }

  private static void requireOwnOrigin(Headers headers, String host, String method) {
    one(headers, "Origin").filter(origin -> !isOwn(origin.toLowerCase(Locale.ROOT), host)).ifPresent(origin -> {
      throw new Refusal(403, "pages of " + origin + " may not ask this server");
    });
    boolean isVisit = method.equals("GET") && one(headers, "Sec-Fetch-Mode").filter("navigate"::equals).isPresent();
    one(headers, "Sec-Fetch-Site").filter(site -> !isVisit && !Set.of("same-origin", "none").contains(site)).ifPresent(site -> {
      throw new Refusal(403, "other pages may not ask this server");
    });
  }

  private static boolean isOwn(String origin, String host) {
    return origin.equals("http://" + host) || origin.equals("https://" + host);
  }

  private static String tokenOf(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new Refusal(401, "the header Authorization must be 'Bearer TOKEN'");
    }
    return authorization.substring(SCHEME.length()).strip();
  }

  /** @throws Refusal when it comes twice: then others may have understood something else than we */
  private static Optional<String> one(Headers headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw Refusal.badRequest("the header " + name + " comes twice");
    }
    return values.stream().findFirst();
  }
}

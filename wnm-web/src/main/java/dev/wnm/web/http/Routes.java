package dev.wnm.web.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Which handler answers which path. Paths may have parts such as {@code {id}}, which match any text without a slash. */
public final class Routes {
  /** Who may ask. */
  public enum Access {
    /** Anybody who may see the page. */
    READ,
    /** Who has a token. */
    ACT,
    /** Anybody who reaches the server: for those that watch whether it is up. Says nothing of the colony. */
    OPEN
  }

  private final List<Route> routes = new ArrayList<>();

  private record Route(String method, List<String> path, Access access, Handler handler) {}

  /** A route that was found. */
  record Found(Access access, Handler handler, Map<String, String> parts) {}

  /** Answers GET. */
  public Routes get(String path, Handler handler) {
    return add("GET", path, Access.READ, handler);
  }

  /** Answers GET, also to who may see nothing else. */
  public Routes open(String path, Handler handler) {
    return add("GET", path, Access.OPEN, handler);
  }

  /** Answers POST to who has a token. */
  public Routes post(String path, Handler handler) {
    return add("POST", path, Access.ACT, handler);
  }

  private Routes add(String method, String path, Access access, Handler handler) {
    routes.add(new Route(method, segments(path), access, handler));
    return this;
  }

  /** The paths there are, such as {@code GET /api/v1/nodes/{id}}. */
  public List<String> all() {
    return routes.stream().map(route -> route.method() + " /" + String.join("/", route.path())).toList();
  }

  /** @throws Refusal when there is none, or none for this method */
  Found find(String method, String path) {
    List<String> segments = segments(path);
    TreeSet<String> others = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> parts = match(route.path(), segments);
      if (parts.isPresent() && route.method().equals(method)) {
        return new Found(route.access(), route.handler(), parts.get());
      }
      parts.ifPresent(any -> others.add(route.method()));
    }
    if (!others.isEmpty()) {
      throw new Refusal(405, path + " is for " + String.join(" and ", others) + ", not for " + method);
    }
    throw Refusal.notFound("there is no " + path);
  }

  private static List<String> segments(String path) {
    return List.of(path.replaceFirst("^/", "").split("/", -1));
  }

  private static Optional<Map<String, String>> match(List<String> path, List<String> segments) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> parts = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String wanted = path.get(i);
      if (wanted.startsWith("{")) {
        parts.put(wanted.substring(1, wanted.length() - 1), segments.get(i));
      } else if (!wanted.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parts);
  }
}

package dev.wnm.core.colony;

import org.apiguardian.api.API;

/** Makes a page of a colony, in one file. Found by {@link java.util.ServiceLoader}, and only where {@code --report html} asks for it. */
@FunctionalInterface
@API(status = API.Status.EXPERIMENTAL)
public interface PageWriter {
  /** The whole page; nothing else is needed to show it. */
  String write(Colony colony);
}

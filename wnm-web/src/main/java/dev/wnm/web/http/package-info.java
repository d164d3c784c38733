/**
 * The HTTP server under page and API: who may ask, in which form answers leave, what a slow client costs. Knows nothing of nodes.
 *
 * <p>{@link dev.wnm.web.http.WebServer} is the way in; {@link dev.wnm.web.http.Routes} say what it serves.
 */
@NullMarked
package dev.wnm.web.http;

import org.jspecify.annotations.NullMarked;
